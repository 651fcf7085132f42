import { asString, at } from '../../json.ts'
import type { KopsObject } from './manifests.ts'
import type { InstanceGroupRole } from './options.ts'

/** The role of an instance group, as kops' flags call it. */
export function roleOf(group: KopsObject): InstanceGroupRole {
  return ROLES.get(asString(at(group.object, 'spec', 'role')) ?? '') ?? 'node'
}

const ROLES: ReadonlyMap<string, InstanceGroupRole> = new Map([
  ['Master', 'control-plane'],
  ['ControlPlane', 'control-plane'],
  ['APIServer', 'apiserver'],
  ['Bastion', 'bastion']
])

/** The roles that kops 1.36 takes in manifests. Both of the first mean the same. */
export const ROLE_NAMES: readonly string[] = ['ControlPlane', 'Master', 'Node', 'APIServer', 'Bastion']

/** What is updated and replaced before the rest, and deleted by people only. */
export const CONTROL_PLANE_ROLES: readonly InstanceGroupRole[] = ['control-plane', 'apiserver']

export function isControlPlane(group: KopsObject): boolean {
  return CONTROL_PLANE_ROLES.includes(roleOf(group))
}

/** Names and roles that an operation is limited to; none: no limit. */
export interface Limit {
  readonly instanceGroups: readonly string[]
  readonly instanceGroupRoles?: readonly InstanceGroupRole[]
}

export function isWithin(limit: Limit, group: KopsObject): boolean {
  const { instanceGroups, instanceGroupRoles = [] } = limit
  return (
    (instanceGroups.length === 0 || instanceGroups.includes(group.name)) &&
    (instanceGroupRoles.length === 0 || instanceGroupRoles.includes(roleOf(group)))
  )
}

export function isLimited(limit: Limit): boolean {
  return limit.instanceGroups.length > 0 || (limit.instanceGroupRoles ?? []).length > 0
}
