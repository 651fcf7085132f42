export const INPUTS = [
  'chart',
  'version',
  'release',
  'manifests',
  'namespace',
  'values-files',
  'values',
  'set',
  'images',
  'config-checksums',
  'kube-version',
  'api-versions',
  'include-crds',
  'output'
] as const

export const OUTPUTS = ['manifests', 'objects', 'digest', 'images'] as const
