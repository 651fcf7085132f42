export { findKops } from './find.ts'
export { readManifests } from './manifests.ts'
export type {
  Access,
  InstanceGroupRole,
  KopsTargetOptions,
  RollingUpdate,
  UpdatePolicy,
  Validation
} from './options.ts'
export { INSTANCE_GROUP_ROLES } from './options.ts'
export { kopsTarget, readDeployment } from './target.ts'
