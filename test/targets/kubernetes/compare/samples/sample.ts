import type { Json, JsonObject } from '../../../../../src/json.ts'
import type { KubernetesObject } from '../../../../../src/render/manifest.ts'

/**
 * One kind for the property tests: an object, and places in it with values that the API server accepts there
 * (undefined: the field is left out). Paths are written as reports print them.
 */
export interface Sample {
  readonly object: KubernetesObject
  readonly clusterScoped?: boolean
  readonly knobs: Readonly<Record<string, readonly (Json | undefined)[]>>
}

export const META: Sample['knobs'] = {
  'metadata.labels[team]': ['a', 'b', undefined],
  'metadata.labels[example.com/tier]': ['x', undefined],
  'metadata.annotations[note]': ['one', 'two', '', undefined],
  'metadata.annotations': [{}, null, undefined, { 'example.com/a': '1' }],
  'metadata.finalizers': [
    ['example.com/hold'],
    ['example.com/hold', 'example.com/other'],
    ['example.com/other', 'example.com/hold'],
    [],
    undefined
  ]
}

export function sample(
  apiVersion: string,
  kind: string,
  body: JsonObject,
  knobs: Sample['knobs'],
  clusterScoped = false
): Sample {
  return {
    object: { apiVersion, kind, metadata: { name: 'x', labels: { app: 'x' } }, ...body },
    clusterScoped,
    knobs: { ...META, ...knobs }
  }
}
