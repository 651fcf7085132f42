export const INPUTS = [
  'declaration',
  'environment',
  'target',
  'command',
  'revision',
  'shard',
  'reports',
  'kubeconfig',
  'fail-on-drift',
  'issue',
  'github-deployments',
  'buildkit-address',
  'github-token'
] as const

export const OUTPUTS = ['status', 'report'] as const
