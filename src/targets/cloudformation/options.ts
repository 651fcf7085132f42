import type { TargetSetup } from '../setup.ts'
import type { CloudFormationApi } from './api.ts'
import type { Clock } from './waiter.ts'

/** What becomes of an update that fails, and of a stack whose creation fails. */
export const ON_FAILURE = ['delete', 'rollback', 'do-nothing'] as const
export type OnFailure = (typeof ON_FAILURE)[number]

export const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const
export type CapabilityName = (typeof CAPABILITIES)[number]

/** A stack, as it is declared. Files are relative to the checkout. */
export interface CloudFormationDeclaration {
  /** The stack's name. */
  readonly stack: string
  /** The template's file. */
  readonly template: string
  /** Undefined: that of the environment or of the AWS configuration. */
  readonly region: string | undefined
  readonly parameters: ReadonlyMap<string, string>
  /** Files of parameters; later ones and `parameters` win. */
  readonly parameterFiles: readonly string[]
  readonly tags: ReadonlyMap<string, string>
  readonly capabilities: readonly CapabilityName[]
  /** With which CloudFormation does its work; undefined: the one the stack has, or the caller's rights. */
  readonly roleArn: string | undefined
  /** Where templates go that are too large to be sent. */
  readonly s3Bucket: string | undefined
  readonly s3Prefix: string
  /** A file; undefined: the policy is not looked after. */
  readonly stackPolicy: string | undefined
  readonly rollbackConfiguration: {
    /** ARNs of alarms that undo an update. */
    readonly triggers: readonly string[]
    /** Milliseconds for which they are watched after an update. */
    readonly monitoringTime: number
  }
  readonly notificationArns: readonly string[]
  readonly onFailure: OnFailure
  /** A file that lists resources which exist and are to be taken into the stack. */
  readonly importResources: string | undefined
  /** Take over resources that exist under the names which the template gives them. */
  readonly importExisting: boolean
  /** Whether change sets look into nested stacks. */
  readonly nestedStacks: boolean
  /** Undefined: the protection is not looked after. */
  readonly terminationProtection: boolean | undefined
  /** Beginning of the names of our change sets: what is left over of a run that was killed is known by it. */
  readonly changeSetPrefix: string
  /** Whether resources may be deleted, also to be replaced. */
  readonly allowDestroy: boolean
  /** Milliseconds for all waiting of one plan, and of one apply. */
  readonly timeout: number
}

export interface CloudFormationTargetOptions
  extends CloudFormationDeclaration,
    Omit<TargetSetup, 'exec' | 'temporary' | 'env'> {
  /** Stands in for AWS; the real one loads the SDK when it is first used. */
  readonly connect?: (place: { region?: string; signal?: AbortSignal }) => Promise<CloudFormationApi>
  readonly clock?: Clock
}
