export const INPUTS = [
  'manifests',
  'target',
  'environment',
  'namespace',
  'images',
  'mode',
  'plan-digest',
  'prune',
  'max-prune',
  'wait',
  'timeout',
  'on-failure',
  'field-conflicts',
  'replace',
  'adopt',
  'ignore-differences',
  'health-checks',
  'config-checksums',
  'kubeconfig',
  'context',
  'github-deployments',
  'github-token'
] as const

export const OUTPUTS = [
  'status',
  'plan-digest',
  'created',
  'updated',
  'unchanged',
  'pruned',
  'failed',
  'revision',
  'report'
] as const
