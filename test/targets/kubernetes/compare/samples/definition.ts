import type { JsonObject } from '../../../../../src/json.ts'
import type { KubernetesObject } from '../../../../../src/render/manifest.ts'

export const LIST_OF_STRINGS: JsonObject = { type: 'array', items: { type: 'string' } }

export const GROUP = 'compare.example.com'

/** A definition of a custom kind; without properties, one that takes everything. */
export function definition(
  kind: string,
  plural: string,
  properties: JsonObject | undefined,
  subresources: JsonObject = { status: {} }
): KubernetesObject {
  const schema: JsonObject = properties
    ? { type: 'object', properties: { spec: { type: 'object', properties } } }
    : { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { plural, kind },
      versions: [{ name: 'v1', served: true, storage: true, subresources, schema: { openAPIV3Schema: schema } }]
    }
  }
}
