import { asObject, asString, at } from '../../../../src/json.ts'
import { evaluate, holds, type Scope } from './evaluate.ts'
import type { Answer } from './protocol.ts'
import type { KeptChange, KeptChangeSet, KeptEvent, KeptStack } from './world.ts'

/** What is secret is shown like this, whoever asks. */
const HIDDEN = '****'

export function outputsOf(stack: KeptStack, scope: Scope): { key: string; value: string; export?: string }[] {
  return Object.entries(asObject(stack.template['Outputs']) ?? {}).flatMap(([key, one]) => {
    const condition = asString(at(one, 'Condition'))
    if (condition !== undefined && !holds(condition, scope)) return []
    const name = at(one, 'Export', 'Name')
    return [
      {
        key,
        value: String(evaluate(at(one, 'Value') ?? '', scope)),
        ...(name === undefined ? {} : { export: String(evaluate(name, scope)) })
      }
    ]
  })
}

export function presentStack(stack: KeptStack, scope: Scope, drift: Answer): Answer {
  const whole = !/^(?:REVIEW_IN_PROGRESS|CREATE_IN_PROGRESS|DELETE_COMPLETE|ROLLBACK_COMPLETE)$/.test(stack.status)
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Parameters: presentParameters(stack),
    CreationTime: stack.created,
    LastUpdatedTime: stack.updated,
    RollbackConfiguration: presentRollback(stack.rollback),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    NotificationARNs: stack.notificationArns,
    Capabilities: stack.capabilities,
    Outputs: whole
      ? outputsOf(stack, scope).map(({ key, value, export: name }) => ({
          OutputKey: key,
          OutputValue: value,
          ExportName: name
        }))
      : undefined,
    RoleARN: stack.roleArn,
    Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
    EnableTerminationProtection: stack.protection,
    ParentId: stack.parentId,
    DriftInformation: drift
  }
}

function presentParameters(owner: Pick<KeptStack, 'parameters' | 'template'>): Answer {
  return [...owner.parameters].map(([name, value]) => ({
    ParameterKey: name,
    ParameterValue: isHidden(owner.template, name) ? HIDDEN : value
  }))
}

export function isHidden(template: KeptStack['template'], name: string): boolean {
  return String(at(template, 'Parameters', name, 'NoEcho') ?? false).toLowerCase() === 'true'
}

function presentRollback({ triggers, minutes }: KeptStack['rollback']): Answer {
  return { RollbackTriggers: triggers.map((one) => ({ ...one })), MonitoringTimeInMinutes: minutes }
}

export function presentChangeSet(
  one: KeptChangeSet,
  page: { readonly changes: readonly KeptChange[]; readonly next: string | undefined; readonly values: boolean }
): Answer {
  return {
    ChangeSetName: one.name,
    ChangeSetId: one.id,
    StackId: one.stackId,
    StackName: one.stackName,
    Description: one.description,
    Parameters: presentParameters(one),
    CreationTime: one.created,
    ExecutionStatus: one.execution,
    Status: one.status,
    StatusReason: one.statusReason,
    NotificationARNs: one.notificationArns,
    RollbackConfiguration: presentRollback(one.rollback),
    Capabilities: one.capabilities,
    Tags: [...one.tags].map(([Key, Value]) => ({ Key, Value })),
    Changes: page.changes.map((change) => ({
      Type: 'Resource',
      ResourceChange: presentChange(change, one, page.values)
    })),
    NextToken: page.next,
    IncludeNestedStacks: one.nested,
    ParentChangeSetId: one.parentId,
    OnStackFailure: one.onFailure,
    DeploymentMode: one.revertDrift ? 'REVERT_DRIFT' : undefined
  }
}

function presentChange(change: KeptChange, set: KeptChangeSet, values: boolean): Answer {
  const imported = set.imports.has(change.logicalId)
  return {
    PolicyAction: change.policyAction,
    Action: imported ? 'Import' : change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: change.action === 'Modify' ? [...new Set(change.details.map((one) => one.attribute))] : [],
    ResourceDriftStatus: set.revertDrift ? change.driftStatus : undefined,
    ChangeSetId: change.changeSetId,
    BeforeContext: values && change.before ? JSON.stringify({ Properties: change.before }) : undefined,
    AfterContext: values && change.after ? JSON.stringify({ Properties: change.after }) : undefined,
    Details: change.details.map((one) => ({
      Target: {
        Attribute: one.attribute,
        Name: one.name,
        RequiresRecreation: one.requires,
        Path: values ? one.path : undefined,
        BeforeValue: values ? one.before : undefined,
        AfterValue: values ? one.after : undefined,
        AttributeChangeType: one.before === undefined ? 'Add' : one.after === undefined ? 'Remove' : 'Modify',
        BeforeValueFrom: set.revertDrift ? (one.drift ? 'ACTUAL_STATE' : 'PREVIOUS_DEPLOYMENT_STATE') : undefined,
        AfterValueFrom: set.revertDrift ? 'TEMPLATE' : undefined,
        Drift: one.drift ? { PreviousValue: one.drift.previous, ActualValue: one.drift.actual } : undefined
      },
      Evaluation: one.evaluation,
      ChangeSource: one.source,
      CausingEntity: one.cause
    }))
  }
}

export function presentSummary(one: KeptChangeSet): Answer {
  return {
    StackId: one.stackId,
    StackName: one.stackName,
    ChangeSetId: one.id,
    ChangeSetName: one.name,
    ExecutionStatus: one.execution,
    Status: one.status,
    StatusReason: one.statusReason,
    CreationTime: one.created,
    Description: one.description,
    IncludeNestedStacks: one.nested,
    ParentChangeSetId: one.parentId
  }
}

export function presentEvent(one: KeptEvent): Answer {
  return {
    StackId: one.stackId,
    EventId: one.id,
    StackName: one.stackName,
    LogicalResourceId: one.logicalId,
    PhysicalResourceId: one.physicalId,
    ResourceType: one.type,
    Timestamp: one.time,
    ResourceStatus: one.status,
    ResourceStatusReason: one.reason,
    ClientRequestToken: one.token
  }
}
