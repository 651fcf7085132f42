export { findKops } from './find.ts'
export { readManifests } from './manifests.ts'
export type { Access, KopsTargetOptions, RollingUpdate, UpdatePolicy, Validation } from './options.ts'
export { kopsTarget, readDeployment } from './target.ts'
