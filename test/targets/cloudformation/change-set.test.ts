import type { DescribeChangeSetOutput, Stack } from '@aws-sdk/client-cloudformation'
import { describe, expect, test } from 'vitest'
import type { CloudFormationApi } from '../../../src/targets/cloudformation/api.ts'
import { AwsError } from '../../../src/targets/cloudformation/aws-error.ts'
import { makeChangeSet, removeChangeSet, saysNoChanges } from '../../../src/targets/cloudformation/change-set.ts'
import { detectDrift } from '../../../src/targets/cloudformation/drift.ts'
import { settledStack } from '../../../src/targets/cloudformation/status.ts'
import { parseTemplate } from '../../../src/targets/cloudformation/template.ts'
import { Values } from '../../../src/targets/cloudformation/values.ts'
import type { Clock } from '../../../src/targets/cloudformation/waiter.ts'

const throttled = new AwsError('DescribeChangeSet', 'Throttling', 'Rate exceeded', 400)

function fakeClock(): Clock {
  let time = 0
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds
    },
    random: () => 0.5
  }
}

/** An API of which only what a test gives is there; everything else says that it was not expected. */
function api(parts: Partial<CloudFormationApi>): CloudFormationApi {
  return new Proxy(parts, {
    get: (target, name) =>
      Reflect.get(target, name) ?? (() => Promise.reject(new Error(`not expected: ${String(name)}`)))
  }) as CloudFormationApi
}

function script<T>(...answers: (T | Error)[]): () => Promise<T> {
  return async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer instanceof Error) throw answer
    return answer as T
  }
}

const log = {
  info() {},
  debug() {},
  warning() {},
  error() {},
  group: <T>(_title: string, work: () => Promise<T>) => work()
}
const input = { StackName: 'acme', ChangeSetName: 'one' }
const waiting = () => ({ clock: fakeClock(), deadline: 60_000 })
const set = (Status: DescribeChangeSetOutput['Status'], StatusReason?: string): DescribeChangeSetOutput => ({
  ChangeSetId: 'arn:aws:cloudformation:us-east-1:1:changeSet/one/1',
  Status,
  ...(StatusReason === undefined ? {} : { StatusReason })
})

describe('a change set', () => {
  test.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    'The submitted information didn’t contain changes.',
    'No updates are to be performed.',
    'No updates are to be performed'
  ])('"%s" is nothing to do, and it is removed', async (reason) => {
    const removed: string[] = []
    const made = await makeChangeSet(
      api({
        createChangeSet: async () => ({ id: 'one', stackId: 's' }),
        describeChangeSet: async () => (removed.length > 0 ? undefined : set('FAILED', reason)),
        deleteChangeSet: async (id) => void removed.push(id)
      }),
      input,
      waiting()
    )
    expect(made).toMatchObject({ executable: false, changes: [] })
    expect(removed).toEqual(['one'])
  })

  test('some say at once that there is nothing to do', async () => {
    const refused = new AwsError('CreateChangeSet', 'ValidationError', 'No updates are to be performed.', 400)
    expect(
      await makeChangeSet(api({ createChangeSet: () => Promise.reject(refused) }), input, waiting())
    ).toBeUndefined()
  })

  test('other failures are no "nothing to do"', () => {
    for (const reason of ['Template error: no changes', undefined, 'Transform AWS::Serverless failed with: Invalid'])
      expect(saysNoChanges(reason), reason).toBe(false)
  })

  test('is waited for through throttling, until it is made', async () => {
    const made = await makeChangeSet(
      api({
        createChangeSet: async () => ({ id: 'one', stackId: 's' }),
        describeChangeSet: script<DescribeChangeSetOutput | undefined>(
          set('CREATE_PENDING'),
          throttled,
          set('CREATE_IN_PROGRESS'),
          { ...set('CREATE_COMPLETE'), Changes: [] }
        )
      }),
      input,
      waiting()
    )
    expect(made).toMatchObject({ executable: true, silent: true })
  })

  test('that fails says why, also where the reason is a nested one, and is removed', async () => {
    const nested = 'arn:aws:cloudformation:us-east-1:1:changeSet/inner/2'
    const removed: string[] = []
    const work = makeChangeSet(
      api({
        createChangeSet: async () => ({ id: 'one', stackId: 's' }),
        describeChangeSet: async (id) => {
          if (id === nested) return { ...set('FAILED', 'Parameters: [Size] must have values'), ChangeSetId: nested }
          return removed.length > 0
            ? undefined
            : set('FAILED', `Nested change set ${nested} was not successfully created: Currently in FAILED.`)
        },
        changeSetProblems: async () => [],
        deleteChangeSet: async (id) => void removed.push(id)
      }),
      input,
      waiting()
    )
    await expect(work).rejects.toMatchObject({ name: 'AwsError', message: 'Parameters: [Size] must have values' })
    expect(removed).toEqual(['one'])
  })

  test('that is never finished is an error when time is up, and is removed', async () => {
    const removed: string[] = []
    const work = makeChangeSet(
      api({
        createChangeSet: async () => ({ id: 'one', stackId: 's' }),
        describeChangeSet: async () => (removed.length > 0 ? undefined : set('CREATE_IN_PROGRESS')),
        deleteChangeSet: async (id) => void removed.push(id)
      }),
      input,
      waiting()
    )
    await expect(work).rejects.toMatchObject({ message: 'AWS did not finish the change set one of acme in time.' })
    expect(removed).toEqual(['one'])
  })

  test('that cannot be removed is told', async () => {
    const stuck = api({
      deleteChangeSet: async () => {},
      describeChangeSet: script<DescribeChangeSetOutput | undefined>(
        set('DELETE_PENDING'),
        set('DELETE_FAILED', 'it is in use')
      )
    })
    await expect(removeChangeSet(stuck, 'one', fakeClock())).rejects.toThrow('it is in use')
    const slow = api({ deleteChangeSet: async () => {}, describeChangeSet: async () => set('DELETE_IN_PROGRESS') })
    await expect(removeChangeSet(slow, 'one', fakeClock())).rejects.toThrow('still there a minute')
  })
})

describe('a stack', () => {
  const stack = (StackStatus: Stack['StackStatus']): Stack => ({
    StackName: 'acme',
    CreationTime: new Date(0),
    StackStatus
  })
  const settle = (describeStack: CloudFormationApi['describeStack']) =>
    settledStack(api({ describeStack, listChangeSets: async () => [] }), 'acme', { ...waiting(), log, prefix: 'ours' })

  test.each([
    ['CREATE_COMPLETE', 'ready'],
    ['UPDATE_COMPLETE', 'ready'],
    ['UPDATE_ROLLBACK_COMPLETE', 'ready'],
    ['IMPORT_COMPLETE', 'ready'],
    ['IMPORT_ROLLBACK_COMPLETE', 'ready'],
    ['CREATE_FAILED', 'ready'],
    ['UPDATE_FAILED', 'ready'],
    ['REVIEW_IN_PROGRESS', 'review'],
    ['DELETE_COMPLETE', 'absent']
  ] as const)('that is %s is %s', async (status, state) => {
    expect(await settle(async () => stack(status))).toMatchObject({ state })
  })

  test.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
    'IMPORT_IN_PROGRESS'
  ] as const)('that is %s is waited for', async (status) => {
    expect(await settle(script<Stack | undefined>(stack(status), throttled, stack('UPDATE_COMPLETE')))).toMatchObject({
      state: 'ready'
    })
    expect(await settle(script<Stack | undefined>(stack(status), undefined as never))).toEqual({ state: 'absent' })
    await expect(settle(async () => stack(status))).rejects.toThrow(`Stack acme is still ${status}, and time is up.`)
  })
})

describe('drift detection', () => {
  const looking = () => ({
    ...waiting(),
    values: new Values(Buffer.from('key'), []),
    template: parseTemplate('Resources: {Queue: {Type: "AWS::SQS::Queue"}}', 'stack.yaml')
  })
  const status = (DetectionStatus: 'DETECTION_IN_PROGRESS' | 'DETECTION_COMPLETE' | 'DETECTION_FAILED') => ({
    StackId: 's',
    StackDriftDetectionId: 'd',
    DetectionStatus,
    Timestamp: new Date(0)
  })
  const none = { resourceDrifts: async () => [], resources: async () => [] }

  test('waits for one of somebody else, and through throttling', async () => {
    const busy = new AwsError(
      'DetectStackDrift',
      'ValidationError',
      'Drift detection is already in progress for stack acme',
      400
    )
    const found = await detectDrift(
      api({
        ...none,
        detectDrift: script<string>(busy, busy, 'd'),
        driftDetection: script(status('DETECTION_IN_PROGRESS'), throttled, status('DETECTION_COMPLETE'))
      }),
      'acme',
      looking()
    )
    expect(found).toMatchObject({ changes: [], notes: [] })
  })

  test('that does not end is an error', async () => {
    const work = detectDrift(
      api({ ...none, detectDrift: async () => 'd', driftDetection: async () => status('DETECTION_IN_PROGRESS') }),
      'acme',
      looking()
    )
    await expect(work).rejects.toThrow('Drift detection of the stack did not end in time.')
  })

  test('that may not be begun says so', async () => {
    const denied = new AwsError('DetectStackDrift', 'AccessDenied', 'not authorized', 403)
    await expect(
      detectDrift(api({ ...none, detectDrift: () => Promise.reject(denied) }), 'acme', looking())
    ).rejects.toBe(denied)
  })
})
