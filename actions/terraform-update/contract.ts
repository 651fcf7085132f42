export const INPUTS = [
  'directory',
  'workspace',
  'engine',
  'version',
  'mode',
  'plan-digest',
  'revision',
  'heal',
  'max-changes',
  'fail-on-drift',
  'issue',
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

export const OUTPUTS = ['status', 'changed', 'plan-digest', 'drifted', 'healed', 'issue-number', 'report'] as const
