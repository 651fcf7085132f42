import type { CloudFormationDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { cloudformationEngine } from '../loop/engines/cloudformation.ts'
import { CAPABILITIES, type CapabilityName, ON_FAILURE } from '../targets/cloudformation/options.ts'
import {
  type InfrastructureInput,
  type InfrastructureRequest,
  label,
  readInfrastructure,
  slug
} from './infrastructure-inputs.ts'
import type { Inputs } from './inputs.ts'

type Name =
  | InfrastructureInput
  | 'stack'
  | 'template'
  | 'region'
  | 'parameters'
  | 'parameter-files'
  | 'tags'
  | 'capabilities'
  | 'role-arn'
  | 's3-bucket'
  | 's3-prefix'
  | 'stack-policy'
  | 'termination-protection'
  | 'rollback-triggers'
  | 'rollback-monitoring-time'
  | 'notification-arns'
  | 'on-failure'
  | 'import-resources'
  | 'import-existing'
  | 'include-nested-stacks'
  | 'change-set-prefix'
  | 'allow-destroy'
  | 'target'
  | 'timeout'

const MINUTE = 60_000
/** Minutes: CloudFormation watches no longer. */
const LONGEST_WATCH = 180

/**
 * What the inputs of the action `cloudformation-update` ask for.
 * @throws GitOpsError naming the input
 */
export function readCloudFormation(inputs: Inputs<Name>): InfrastructureRequest {
  const cloudformation = readDeclaration(inputs)
  const id = label('target', inputs.optional('target') ?? slug(cloudformation.stack))
  return readInfrastructure(
    inputs,
    new Map([[id, { kind: 'cloudformation', dependsOn: [], cloudformation }]]),
    'cloudformation',
    { cloudformation: cloudformationEngine }
  )
}

function readDeclaration(inputs: Inputs<Name>): CloudFormationDeclaration {
  return {
    stack: stackName(inputs.required('stack')),
    template: inputs.required('template'),
    region: inputs.optional('region'),
    parameters: unique('parameters', inputs.pairs('parameters')),
    parameterFiles: inputs.lines('parameter-files'),
    tags: unique('tags', inputs.pairs('tags')),
    capabilities: inputs.lines('capabilities').map(capability),
    roleArn: arn('role-arn', inputs.optional('role-arn')),
    s3Bucket: inputs.optional('s3-bucket'),
    s3Prefix: inputs.optional('s3-prefix') ?? 'gitops-actions',
    stackPolicy: inputs.optional('stack-policy'),
    rollbackConfiguration: {
      triggers: inputs.lines('rollback-triggers').map((one) => arn('rollback-triggers', one) ?? ''),
      monitoringTime: monitoringTime(inputs)
    },
    notificationArns: inputs.lines('notification-arns').map((one) => arn('notification-arns', one) ?? ''),
    onFailure: inputs.choice('on-failure', ON_FAILURE, 'delete'),
    importResources: inputs.optional('import-resources'),
    importExisting: inputs.boolean('import-existing', false),
    nestedStacks: inputs.boolean('include-nested-stacks', true),
    terminationProtection:
      inputs.optional('termination-protection') === undefined
        ? undefined
        : inputs.boolean('termination-protection', false),
    changeSetPrefix: prefix(inputs.optional('change-set-prefix') ?? 'gitops-actions'),
    allowDestroy: inputs.boolean('allow-destroy', false),
    timeout: inputs.duration('timeout', '1h')
  }
}

function stackName(value: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(value)) return value
  throw new GitOpsError(`Input "stack" is "${value}", which is no name of a stack.`, {
    hint: 'Letters, digits and dashes, a letter first, 128 at most. It is the name, not the ARN.'
  })
}

/** Our change sets are called so, with a dash and 16 digits behind it; 128 characters are the most. */
function prefix(value: string): string {
  if (/^[A-Za-z][A-Za-z0-9-]{0,99}$/.test(value)) return value
  throw new GitOpsError(`Input "change-set-prefix" is "${value}", with which no change set can begin.`, {
    hint: 'Letters, digits and dashes, a letter first, 100 at most.'
  })
}

function capability(value: string): CapabilityName {
  const known = CAPABILITIES.find((one) => one === value)
  if (known) return known
  throw new GitOpsError(`Input "capabilities": "${value}" is unknown.`, { hint: `Use ${CAPABILITIES.join(', ')}.` })
}

function arn(name: Name, value: string | undefined): string | undefined {
  if (value === undefined || /^arn:[\w-]+:[\w-]+:/.test(value)) return value
  throw new GitOpsError(`Input "${name}" is "${value}", which is no ARN.`, {
    hint: 'An ARN looks like arn:aws:iam::123456789012:role/deploy.'
  })
}

function monitoringTime(inputs: Inputs<'rollback-monitoring-time'>): number {
  const time = inputs.duration('rollback-monitoring-time', '0m')
  if (time % MINUTE === 0 && time <= LONGEST_WATCH * MINUTE) return time
  throw new GitOpsError(
    `Input "rollback-monitoring-time" is "${inputs.optional('rollback-monitoring-time')}", which CloudFormation cannot do.`,
    { hint: `Whole minutes, ${LONGEST_WATCH} at most: 10m, 1h30m.` }
  )
}

function unique(name: Name, pairs: readonly [string, string][]): Map<string, string> {
  const values = new Map<string, string>()
  for (const [key, value] of pairs) {
    if (values.has(key)) throw new GitOpsError(`Input "${name}" names "${key}" twice.`)
    values.set(key, value)
  }
  return values
}
