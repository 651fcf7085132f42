export const INPUTS = [
  'context',
  'file',
  'repository',
  'tags',
  'platforms',
  'target',
  'build-args',
  'labels',
  'secret-envs',
  'secret-files',
  'cache-from',
  'cache-to',
  'push',
  'reuse',
  'provenance',
  'sbom',
  'engine',
  'builder',
  'buildkit-address',
  'registry-username',
  'registry-password'
] as const

export const OUTPUTS = ['image', 'digest', 'image-ref', 'tags', 'built', 'metadata'] as const
