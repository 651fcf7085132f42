import type { StackResourceDrift, StackResourceSummary } from '@aws-sdk/client-cloudformation'
import { expect, test } from 'vitest'
import type { CloudFormationApi } from '../../../src/targets/cloudformation/api.ts'
import { detectDrift, whyUnsupported } from '../../../src/targets/cloudformation/drift.ts'
import { parseTemplate } from '../../../src/targets/cloudformation/template.ts'
import { Values } from '../../../src/targets/cloudformation/values.ts'

type Told = readonly (readonly [id: string, status: StackResourceDrift['StackResourceDriftStatus']])[]

/** CloudFormation after a detection: what it says of each resource; some of them it does not mention. */
function api(resources: readonly string[], told: Told, status: 'DETECTION_COMPLETE' | 'DETECTION_FAILED') {
  const answers: Partial<CloudFormationApi> = {
    detectDrift: async () => 'id',
    driftDetection: async () => ({
      StackId: 's',
      StackDriftDetectionId: 'id',
      DetectionStatus: status,
      Timestamp: new Date(0)
    }),
    resourceDrifts: async () =>
      told.map(
        ([LogicalResourceId, StackResourceDriftStatus]): StackResourceDrift => ({
          StackId: 's',
          LogicalResourceId,
          ResourceType: 'AWS::Some::Type',
          StackResourceDriftStatus,
          Timestamp: new Date(0)
        })
      ),
    resources: async () =>
      resources.map(
        (LogicalResourceId): StackResourceSummary => ({
          LogicalResourceId,
          ResourceType: 'AWS::Some::Type',
          ResourceStatus: 'CREATE_COMPLETE',
          LastUpdatedTimestamp: new Date(0)
        })
      )
  }
  return answers as CloudFormationApi
}

const DONE = 'DETECTION_COMPLETE'
const FAILED = 'DETECTION_FAILED'

test.each([
  [
    'all compared',
    ['a', 'b'],
    [
      ['a', 'IN_SYNC'],
      ['b', 'MODIFIED']
    ],
    DONE,
    { compared: 2, unknown: 0, unsupported: 0 }
  ],
  [
    'some unknown to it',
    ['a', 'b'],
    [
      ['a', 'IN_SYNC'],
      ['b', 'UNSUPPORTED']
    ],
    DONE,
    { compared: 1, unsupported: 1 }
  ],
  ['all unknown to it', ['a'], [['a', 'UNSUPPORTED']], DONE, { compared: 0, unsupported: 1, isUnsupported: true }],
  ['none of them mentioned', ['a', 'b'], [], DONE, { compared: 0, unsupported: 2, isUnsupported: true }],
  ['one that it may not read', ['a'], [['a', 'UNKNOWN']], FAILED, { unknown: 1, unsupported: 0 }],
  ['failed before it came to any', ['a', 'b'], [], FAILED, { unknown: 2, unsupported: 0 }],
  ['failed for no reason that is told', ['a'], [['a', 'IN_SYNC']], FAILED, { compared: 1, unknown: 1 }],
  ['nothing to compare', [], [], DONE, { compared: 0, unknown: 0, unsupported: 0 }]
] as const)('a detection of resources that are %s', async (_what, resources, told, status, expected) => {
  const found = await detectDrift(api(resources, told, status), 'stack', {
    clock: { now: () => 0, sleep: async () => {}, random: () => 0 },
    deadline: 1,
    values: new Values(Buffer.from('key'), []),
    template: parseTemplate('Resources: {Queue: {Type: "AWS::SQS::Queue"}}', 'stack.yaml')
  })
  const { isUnsupported, ...counts } = { isUnsupported: false, ...expected }
  expect(found).toMatchObject(counts)
  expect(whyUnsupported(found) !== undefined).toBe(isUnsupported)
})
