import type {
  ChangeSetSummary,
  CreateChangeSetInput,
  DescribeChangeSetOutput,
  DescribeStackDriftDetectionStatusOutput,
  OperationEvent,
  Stack,
  StackEvent,
  StackResourceDrift,
  StackResourceSummary
} from '@aws-sdk/client-cloudformation'

/**
 * What is asked of CloudFormation. Lists are whole (all pages); what is missing is undefined; every other failure is
 * an `AwsError` that names the operation.
 */
export interface CloudFormationApi {
  readonly region: string
  /** By name: one that was not deleted. By ARN: also one that was. */
  describeStack(stack: string): Promise<Stack | undefined>
  /** The template as it was submitted; undefined where there is none yet. */
  template(stack: string): Promise<string | undefined>
  resources(stack: string): Promise<readonly StackResourceSummary[]>
  /** Newest first, up to the event `until` (which is left out) or the whole history. */
  events(stack: string, until?: string): Promise<readonly StackEvent[]>
  validateTemplate(template: { body: string } | { url: string }): Promise<void>
  createChangeSet(input: CreateChangeSetInput): Promise<{ readonly id: string; readonly stackId: string }>
  /** With all its changes and their values. */
  describeChangeSet(id: string): Promise<DescribeChangeSetOutput | undefined>
  /** What failed while a change set was made; empty where AWS does not tell. */
  changeSetProblems(id: string): Promise<readonly OperationEvent[]>
  listChangeSets(stack: string): Promise<readonly ChangeSetSummary[]>
  executeChangeSet(options: { id: string; token: string; disableRollback?: boolean }): Promise<void>
  /** No error when it is gone already. */
  deleteChangeSet(id: string): Promise<void>
  deleteStack(stackId: string): Promise<void>
  stackPolicy(stack: string): Promise<string | undefined>
  setStackPolicy(stack: string, body: string): Promise<void>
  setTerminationProtection(stack: string, on: boolean): Promise<void>
  /** Returns the detection's id. */
  detectDrift(stack: string): Promise<string>
  driftDetection(id: string): Promise<DescribeStackDriftDetectionStatusOutput>
  resourceDrifts(stack: string): Promise<readonly StackResourceDrift[]>
  /** `made` is false where the same object was there already. */
  upload(object: {
    bucket: string
    key: string
    body: string
  }): Promise<{ readonly url: string; readonly made: boolean }>
  removeUpload(object: { bucket: string; key: string }): Promise<void>
}
