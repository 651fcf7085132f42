import type { JsonObject } from '../../../../src/json.ts'

/** What the double keeps of a resource of a stack. */
export interface KeptResource {
  readonly type: string
  physicalId: string
  /** Made anew under another id than moto's CloudFormation knows. */
  own?: boolean
  status: string
  statusReason?: string
  /** Properties as they were deployed, functions worked out. */
  properties: JsonObject
  updated: Date
}

export interface KeptEvent {
  readonly id: string
  readonly stackId: string
  readonly stackName: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason: string | undefined
  readonly time: Date
  readonly token: string | undefined
}

export interface KeptStack {
  readonly id: string
  readonly name: string
  readonly created: Date
  updated?: Date
  status: string
  statusReason?: string
  body: string
  template: JsonObject
  parameters: Map<string, string>
  tags: Map<string, string>
  capabilities: string[]
  notificationArns: string[]
  rollback: { triggers: { Arn: string; Type: string }[]; minutes: number }
  roleArn?: string
  policy?: string
  protection: boolean
  changeSetId?: string
  parentId?: string
  readonly resources: Map<string, KeptResource>
  /** Oldest first. */
  readonly events: KeptEvent[]
  /** Whether moto holds a stack of that name. */
  inMoto: boolean
  /** How often a resource was replaced, by logical id: moto makes a new one only under a new logical id. */
  readonly generations: Map<string, number>
  /** Every parameter that moto's stack ever had: it cannot forget one. */
  readonly everDeclared: Map<string, string>
}

export interface KeptDetail {
  readonly attribute: string
  readonly name?: string
  readonly path?: string
  readonly requires: 'Always' | 'Conditionally' | 'Never'
  readonly before?: string
  readonly after?: string
  readonly evaluation: 'Static' | 'Dynamic'
  readonly source: string
  readonly cause?: string
  readonly drift?: { readonly previous: string | undefined; readonly actual: string | undefined }
}

export interface KeptChange {
  readonly action: 'Add' | 'Modify' | 'Remove'
  readonly logicalId: string
  readonly physicalId?: string
  readonly type: string
  readonly replacement?: 'True' | 'False' | 'Conditional'
  readonly policyAction?: string
  readonly details: readonly KeptDetail[]
  readonly before?: JsonObject
  readonly after?: JsonObject
  readonly driftStatus?: 'IN_SYNC' | 'MODIFIED' | 'DELETED'
  changeSetId?: string
}

export interface KeptChangeSet {
  readonly id: string
  readonly name: string
  readonly stackId: string
  readonly stackName: string
  readonly type: 'CREATE' | 'UPDATE' | 'IMPORT'
  readonly description: string | undefined
  readonly created: Date
  readonly body: string
  readonly template: JsonObject
  readonly parameters: Map<string, string>
  readonly tags: Map<string, string>
  readonly capabilities: string[]
  readonly notificationArns: string[]
  readonly rollback: KeptStack['rollback']
  readonly roleArn: string | undefined
  readonly onFailure: string | undefined
  readonly nested: boolean
  readonly revertDrift: boolean
  readonly imports: ReadonlyMap<string, string>
  readonly parentId: string | undefined
  status: string
  statusReason?: string
  execution: string
  changes: KeptChange[]
  /** Looks at it before it says what it holds: making a change set takes AWS a while. */
  looks: number
}
