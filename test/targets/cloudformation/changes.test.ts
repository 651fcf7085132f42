import type { ResourceChange, StackEvent } from '@aws-sdk/client-cloudformation'
import { describe, expect, test } from 'vitest'
import { isAutomatic, readChange } from '../../../src/targets/cloudformation/changes.ts'
import { failedResources, firstFailure, nameOf } from '../../../src/targets/cloudformation/events.ts'
import { parseTemplate, sameTemplate, secretPaths } from '../../../src/targets/cloudformation/template.ts'
import { Values } from '../../../src/targets/cloudformation/values.ts'

const template = parseTemplate(
  `Parameters: {Password: {Type: String, NoEcho: true}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !Ref Password
      Url: !Join ['', ['https://', !Sub '\${Password}@db']]
      Token: '{{resolve:secretsmanager:token}}'
      Size: 20
`,
  'db.yaml'
)
const values = new Values(Buffer.from('key'), ['hunter2-hunter2'])
const reading = { purpose: 'deploy', values, template, path: [] } as const
const change = (more: Partial<ResourceChange>): ResourceChange => ({
  Action: 'Modify',
  LogicalResourceId: 'Db',
  ResourceType: 'AWS::RDS::DBInstance',
  Replacement: 'False',
  ...more
})
const read = (more: Partial<ResourceChange>) => readChange(change(more), reading)

describe('a change of a change set', () => {
  test.each<[Partial<ResourceChange>, string, boolean, RegExp | undefined]>([
    [{ Action: 'Add' }, 'create', false, undefined],
    [{ Action: 'Remove', PolicyAction: 'Delete' }, 'delete', true, undefined],
    [{ Action: 'Remove', PolicyAction: 'Snapshot' }, 'delete', true, /A snapshot is made/],
    [{ Action: 'Remove', PolicyAction: 'Retain' }, 'update', false, /the resource stays/],
    [{ Replacement: 'True' }, 'replace', true, /cannot be changed in place/],
    [{ Replacement: 'True', PolicyAction: 'ReplaceAndRetain' }, 'replace', false, /The old one stays/],
    [{ Replacement: 'Conditional' }, 'update', true, /may have to be replaced/],
    [{ Action: 'Dynamic', Replacement: 'Conditional' }, 'update', true, /cannot say/],
    [{ Action: 'Import', PhysicalResourceId: 'db-1' }, 'update', false, /^Imported \(db-1\)\.$/],
    [{ Action: 'SyncWithActual' }, 'update', false, /takes note/],
    [{ ResourceDriftStatus: 'DELETED' }, 'create', false, /Deleted outside/],
    [{ ResourceDriftStatus: 'MODIFIED' }, 'update', false, /Changed outside/]
  ])('%j', (more, action, destroys, reason) => {
    const found = read(more)
    expect(found).toMatchObject({ destroys, change: { action, source: { file: 'db.yaml', line: 3 } } })
    if (reason) expect(found?.change.reason).toMatch(reason)
    else expect(found?.change.reason).toBeUndefined()
  })

  test('a property that is listed for two causes is one field, with its values', () => {
    const target = { Attribute: 'Properties', Name: 'Size', RequiresRecreation: 'Never' } as const
    const found = read({
      Details: [
        { Target: { ...target, Path: '/Properties/Size', BeforeValue: '20', AfterValue: '40' }, Evaluation: 'Static' },
        { Target: target, Evaluation: 'Dynamic', ChangeSource: 'ParameterReference' }
      ]
    })
    expect(found?.change.fields).toEqual([
      { path: 'Size', before: { type: 'value', value: '20' }, after: { type: 'value', value: '40' } }
    ])
  })

  test('values that are not known yet, structures and places in lists are shown as a person writes them', () => {
    const found = read({
      Details: [
        {
          Target: {
            Attribute: 'Properties',
            Path: '/Properties/Arn',
            BeforeValue: 'a',
            AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}'
          }
        },
        { Target: { Attribute: 'Tags', Path: '/Properties/Tags/0/Value', BeforeValue: '{"a":1}', AfterValue: '[1]' } }
      ]
    })
    expect(found?.change.fields).toMatchObject([
      { path: 'Arn', after: { value: 'known after apply' } },
      { path: 'Tags[0].Value', before: { value: { a: 1 } }, after: { value: [1] } }
    ])
  })

  test('secrets are hidden by their place, by their value and where AWS itself hides them', () => {
    expect(secretPaths(template, 'Db')).toEqual([
      '/Properties/MasterUserPassword',
      '/Properties/Url',
      '/Properties/Token'
    ])
    const detail = (path: string, value: string) => ({
      Target: { Attribute: 'Properties', Path: path, BeforeValue: 'old', AfterValue: value } as const
    })
    const found = read({
      Details: [
        detail('/Properties/MasterUserPassword', 'new'),
        detail('/Properties/Other', 'has hunter2-hunter2 in it'),
        detail('/Properties/Echo', '****')
      ]
    })
    expect(found?.change.fields.map((field) => field.after.type)).toEqual(['secret', 'secret', 'secret'])
  })

  test('a nested stack that only might have changed is told from one that does', () => {
    const nested = { ResourceType: 'AWS::CloudFormation::Stack' }
    expect(isAutomatic(change({ ...nested, Details: [{ ChangeSource: 'Automatic', Evaluation: 'Dynamic' }] }))).toBe(
      true
    )
    const direct = {
      ChangeSource: 'DirectModification',
      Evaluation: 'Static',
      Target: { Attribute: 'Properties', BeforeValue: 'a', AfterValue: 'b' }
    } as const
    expect(isAutomatic(change({ ...nested, Details: [direct] }))).toBe(false)
  })

  test('templates are compared by what they say', () => {
    const json = JSON.stringify(template.json)
    expect(sameTemplate(template, json)).toBe(true)
    expect(sameTemplate(template, json.replace('20', '21'))).toBe(false)
    expect(sameTemplate(template, 'no template')).toBe(false)
  })
})

describe('the first failure', () => {
  const event = (id: string, status: StackEvent['ResourceStatus'], reason?: string, type = 'AWS::SQS::Queue') => ({
    path: [],
    event: {
      StackId: 's',
      EventId: `${id}-${status}`,
      StackName: 'acme',
      Timestamp: new Date(0),
      LogicalResourceId: id,
      ResourceType: type,
      ...(status === undefined ? {} : { ResourceStatus: status }),
      ...(reason === undefined ? {} : { ResourceStatusReason: reason })
    }
  })

  test('is the resource that failed by itself, not what was stopped because of it, nor the stack', () => {
    const events = [
      event('A', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('B', 'CREATE_FAILED', 'Quota exceeded'),
      event('C', 'CREATE_FAILED', 'Something else'),
      event(
        'acme',
        'ROLLBACK_IN_PROGRESS',
        'The following resource(s) failed to create: [B, A].',
        'AWS::CloudFormation::Stack'
      )
    ]
    expect(firstFailure(events)?.event.LogicalResourceId).toBe('B')
    expect(failedResources(events).map(nameOf)).toEqual(['B', 'C'])
  })

  test('may be the stack itself, where no resource failed', () => {
    const own = event(
      'acme',
      'UPDATE_FAILED',
      'Export x cannot be deleted as it is in use',
      'AWS::CloudFormation::Stack'
    )
    expect(firstFailure([own])).toBe(own)
    expect(firstFailure([])).toBeUndefined()
  })

  test('may be a hook that fails the resource; a hook that only warns is none', () => {
    const hook = (mode: 'FAIL' | 'WARN') => {
      const one = event('A', 'CREATE_IN_PROGRESS')
      return { ...one, event: { ...one.event, HookStatus: 'HOOK_COMPLETE_FAILED', HookFailureMode: mode } as const }
    }
    expect(firstFailure([hook('WARN')])).toBeUndefined()
    expect(firstFailure([hook('FAIL')])).toBeDefined()
  })
})
