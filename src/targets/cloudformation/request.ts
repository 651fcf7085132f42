import type { CreateChangeSetInput, ResourceToImport } from '@aws-sdk/client-cloudformation'
import { parse } from 'yaml'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asList, asObject, asString, at } from '../../json.ts'
import { workspacePath } from '../../workspace.ts'
import type { Purpose } from '../plan.ts'
import type { CloudFormationTargetOptions } from './options.ts'
import { type GivenParameters, givenParameters, parametersFor } from './parameters.ts'
import type { StackState } from './status.ts'
import { MissingFile, readTemplate, readText, type Template } from './template.ts'

const MINUTE = 60_000

/** What the checkout declares, read. */
export interface Declared {
  readonly template: Template
  /** What is given, without defaults. */
  readonly parameters: ReadonlyMap<string, string>
  readonly policy: string | undefined
  readonly imports: readonly ResourceToImport[]
  /** Minutes. */
  readonly monitoringTime: number
}

/**
 * Reads all files that the declaration names.
 * @throws GitOpsError naming the file, and the commit where the checkout is that of an earlier deployment
 */
export function readDeclared(options: CloudFormationTargetOptions): Declared {
  const { revision } = options.source
  try {
    return filesOf(options)
  } catch (error) {
    // The inputs of the action name files of today, which an older commit may have elsewhere.
    if (!(error instanceof MissingFile) || options.recordedDigest === undefined || revision === undefined) throw error
    throw new GitOpsError(
      `The ${error.what} ${error.file} does not exist in commit ${revision}, which was deployed last.`,
      {
        hint: 'Drift is compared with that commit. If the file has moved since, deploy once more: then the new commit is compared with. Or compare with the checkout: revision: head.',
        cause: error
      }
    )
  }
}

function filesOf(options: CloudFormationTargetOptions): Declared {
  const { checkout, stackPolicy, importResources } = options
  const policy =
    stackPolicy === undefined
      ? undefined
      : readText(workspacePath(checkout, stackPolicy), stackPolicy, 'stack policy').trim()
  if (policy !== undefined) checkPolicy(policy, stackPolicy ?? '')
  return {
    template: readTemplate(checkout, options.template),
    parameters: givenParameters(checkout, options),
    policy,
    imports: importResources === undefined ? [] : readImports(checkout, importResources),
    monitoringTime: Math.ceil(options.rollbackConfiguration.monitoringTime / MINUTE)
  }
}

/** The request for a change set, but for the template's text. */
export function changeSetRequest(
  options: CloudFormationTargetOptions,
  declared: Declared,
  place: {
    readonly state: StackState
    readonly purpose: Purpose
    readonly name: string
    readonly description: string
    /** Logical ids that the stack has already. */
    readonly present: ReadonlySet<string>
    readonly revertDrift: boolean
  }
): { readonly input: CreateChangeSetInput; readonly parameters: GivenParameters } {
  const { state, present } = place
  const stack = state.state === 'ready' ? state.stack : undefined
  const known = new Set((stack?.Parameters ?? []).flatMap(({ ParameterKey }) => ParameterKey ?? []))
  const parameters = parametersFor(declared.template, declared.parameters, known, options.template)
  const imports = declared.imports.filter(({ LogicalResourceId }) => !present.has(LogicalResourceId ?? ''))
  const type = imports.length > 0 ? 'IMPORT' : stack ? 'UPDATE' : 'CREATE'
  const { triggers } = options.rollbackConfiguration
  return {
    parameters,
    input: {
      StackName: options.stack,
      ChangeSetName: place.name,
      ChangeSetType: type,
      Description: place.description,
      Parameters: [...parameters.list],
      Capabilities: [...options.capabilities],
      Tags: [...options.tags].map(([Key, Value]) => ({ Key, Value })),
      NotificationARNs: [...options.notificationArns],
      RollbackConfiguration: {
        RollbackTriggers: triggers.map((Arn) => ({ Arn, Type: alarmType(Arn) })),
        MonitoringTimeInMinutes: declared.monitoringTime
      },
      // Nested stacks cannot be looked into while resources are imported.
      ...(options.nestedStacks && type !== 'IMPORT' ? { IncludeNestedStacks: true } : {}),
      ...(options.roleArn === undefined ? {} : { RoleARN: options.roleArn }),
      ...(imports.length > 0 ? { ResourcesToImport: imports } : {}),
      ...(options.importExisting && type !== 'IMPORT' ? { ImportExistingResources: true } : {}),
      ...(place.revertDrift ? { DeploymentMode: 'REVERT_DRIFT' as const } : {}),
      ...onFailure(options, type)
    }
  }
}

/** Deleting is only possible for a stack that is made by this very change set. */
function onFailure(
  { onFailure: wanted }: CloudFormationTargetOptions,
  type: 'CREATE' | 'UPDATE' | 'IMPORT'
): Pick<CreateChangeSetInput, 'OnStackFailure'> {
  if (wanted === 'do-nothing') return type === 'IMPORT' ? {} : { OnStackFailure: 'DO_NOTHING' }
  return wanted === 'delete' && type === 'CREATE' ? { OnStackFailure: 'DELETE' } : {}
}

function alarmType(arn: string): string {
  return arn.includes(':composite') ? 'AWS::CloudWatch::CompositeAlarm' : 'AWS::CloudWatch::Alarm'
}

function checkPolicy(text: string, file: string): void {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new GitOpsError(`${file}: the stack policy is no JSON (${messageOf(error)}).`, { hint: POLICY_HINT })
  }
  if (!asList(at(json, 'Statement')))
    throw new GitOpsError(`${file}: the stack policy has no list "Statement".`, { hint: POLICY_HINT })
}

const POLICY_HINT =
  'Write {"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]} or narrower.'

function readImports(checkout: string, file: string): ResourceToImport[] {
  let content: unknown
  try {
    content = parse(readText(workspacePath(checkout, file), file, 'file of imports'), { logLevel: 'silent' })
  } catch (error) {
    if (error instanceof GitOpsError) throw error
    throw new GitOpsError(`${file} cannot be read: ${messageOf(error).split('\n')[0]}`, { hint: IMPORT_HINT })
  }
  const list = asList(content)
  if (!list || list.length === 0) throw new GitOpsError(`${file} lists no resources.`, { hint: IMPORT_HINT })
  return list.map((one, index) => {
    const [type, id] = [asString(at(one, 'ResourceType')), asString(at(one, 'LogicalResourceId'))]
    const identifier = asObject(at(one, 'ResourceIdentifier'))
    if (type === undefined || id === undefined || !identifier)
      throw new GitOpsError(
        `${file}: entry ${index + 1} lacks ResourceType, LogicalResourceId or ResourceIdentifier.`,
        { hint: IMPORT_HINT }
      )
    const named = Object.entries(identifier).map(([key, value]) => [key, String(value)])
    return { ResourceType: type, LogicalResourceId: id, ResourceIdentifier: Object.fromEntries(named) }
  })
}

const IMPORT_HINT =
  'Write [{"ResourceType": "AWS::SQS::Queue", "LogicalResourceId": "Queue", "ResourceIdentifier": {"QueueUrl": "…"}}], in JSON or YAML.'
