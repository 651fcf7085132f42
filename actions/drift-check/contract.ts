export const INPUTS = [
  'manifests',
  'target',
  'environment',
  'namespace',
  'revision',
  'heal',
  'max-changes',
  'foreign-fields',
  'unmanaged',
  'fail-on-drift',
  'issue',
  'images',
  'prune',
  'max-prune',
  'wait',
  'timeout',
  'replace',
  'ignore-differences',
  'health-checks',
  'config-checksums',
  'kubeconfig',
  'context',
  'github-deployments',
  'github-token'
] as const

export const OUTPUTS = ['status', 'drifted', 'missing', 'unmanaged', 'healed', 'issue-number', 'report'] as const
