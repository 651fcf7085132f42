import { describe, expect, test } from 'vitest'
import { INPUTS } from '../../actions/cloudformation-update/contract.ts'
import { readCloudFormation } from '../../src/action/cloudformation-inputs.ts'
import { Inputs } from '../../src/action/inputs.ts'

function read(inputs: Record<string, string>) {
  const given = { stack: 'acme-queues', template: 'stack.yaml', ...inputs }
  const env = Object.fromEntries(Object.entries(given).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]))
  return readCloudFormation(new Inputs(INPUTS, env))
}

describe('the inputs of cloudformation-update', () => {
  test('become one target, named after its stack', () => {
    const { job } = read({ parameters: 'Size=a=b\nOther=', tags: 'team=shop', 'rollback-monitoring-time': '1h30m' })
    const target = job.run.declared.targets.get('acme-queues')
    expect(target).toMatchObject({
      kind: 'cloudformation',
      cloudformation: {
        parameters: new Map([
          ['Size', 'a=b'],
          ['Other', '']
        ]),
        tags: new Map([['team', 'shop']]),
        rollbackConfiguration: { triggers: [], monitoringTime: 5_400_000 },
        onFailure: 'delete',
        nestedStacks: true,
        terminationProtection: undefined,
        allowDestroy: false,
        timeout: 3_600_000
      }
    })
  })

  test.each([
    [{ stack: '' }, 'Input "stack" is required'],
    [{ template: '' }, 'Input "template" is required'],
    [{ stack: 'no_name' }, 'Input "stack" is "no_name"'],
    [{ target: 'No Label' }, 'Input "target" is "No Label"'],
    [{ capabilities: 'CAPABILITY_FLY' }, 'Input "capabilities": "CAPABILITY_FLY" is unknown'],
    [{ 'role-arn': 'deploy' }, 'Input "role-arn" is "deploy", which is no ARN'],
    [{ 'notification-arns': 'topic' }, 'Input "notification-arns" is "topic", which is no ARN'],
    [{ 'rollback-monitoring-time': '90s' }, 'Input "rollback-monitoring-time" is "90s"'],
    [{ 'rollback-monitoring-time': '4h' }, 'Input "rollback-monitoring-time" is "4h"'],
    [{ 'change-set-prefix': '1x' }, 'Input "change-set-prefix" is "1x"'],
    [{ parameters: 'Size=1\nSize=2' }, 'Input "parameters" names "Size" twice'],
    [{ 'on-failure': 'cry' }, 'Input "on-failure" is "cry"'],
    [{ 'termination-protection': 'perhaps' }, 'Input "termination-protection" is "perhaps"']
  ])('%j is refused by the name of the input', (inputs, message) => {
    expect(() => read(inputs)).toThrow(message)
  })
})
