export { type Adoption, adoptionPatch, isTakenOver, LAST_APPLIED, UNRECORDED } from './adopt.ts'
export { actorOf, attribute, attributeIn, candidates, ownersOf } from './attribute.ts'
export { type Displacement, displacementPatch } from './displace.ts'
export { isApplyOf, type ManagedEntry, managedEntries, ownEntry } from './entries.ts'
export {
  asNode,
  childOf,
  children,
  childrenOf,
  coverage,
  difference,
  type Fields,
  isLeaf,
  isMember,
  members,
  NO_FIELDS,
  nodeAt,
  union
} from './fields.ts'
export { isSystemComponent, type ManagerKind, managerKind } from './managers.ts'
export {
  childValue,
  elementOf,
  type Path,
  type PathElement,
  positionOf,
  printPath,
  sameElement,
  valueAt
} from './path.ts'
