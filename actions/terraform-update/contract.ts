export const INPUTS = [
  'directory',
  'workspace',
  'engine',
  'version',
  'mode',
  'plan-digest',
  'variables',
  'var-files',
  'backend-config',
  'allow-destroy',
  'lock-timeout',
  'parallelism',
  'environment',
  'target',
  'timeout',
  'github-deployments',
  'github-token'
] as const

export const OUTPUTS = ['status', 'changed', 'plan-digest', 'report'] as const
