import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { drop, extra, into, type Kind, set } from './change.ts'

const GROUP = 'truth.example.com'

/** A custom kind that is served in two versions; declared in the old one, stored (and written by kubectl) in the new one. */
export const TWO_VERSIONS: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `gadgets.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { plural: 'gadgets', kind: 'Gadget' },
    versions: [version('v1', false), version('v2', true)]
  }
}

export const GADGET: { readonly apiVersion: string; readonly body: JsonObject } = {
  apiVersion: `${GROUP}/v1`,
  body: { spec: { size: 'a', parts: [{ name: 'p', weight: 1 }, { name: 'q' }], tags: ['one', 'two'] } }
}

export const GADGET_CHANGES: Partial<Kind> = {
  set: [set('spec.size', 'changed'), set('spec.parts[name=p].weight', 2)],
  drop: [drop('spec.size'), drop('spec.parts[name=p].weight')],
  extra: [extra('spec.more', 'x'), extra('spec.parts[name=q].weight', 3)],
  add: [extra('spec.parts[name=r]', { name: 'r' }), into('spec.tags', ['one', 'two', 'three'])],
  take: [drop('spec.parts[name=q]')]
}

/** Makes the API server serve it. */
export async function serveTwoVersions(cluster: Cluster): Promise<void> {
  await cluster.apply(TWO_VERSIONS, { force: true })
  for (let attempt = 0; attempt < 100; attempt++) {
    cluster.refreshDiscovery()
    if (await cluster.resourceFor(GADGET.apiVersion, 'Gadget')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('Gadget is not served after 10 s')
}

function version(name: string, storage: boolean): JsonObject {
  const text = { type: 'string' }
  const part = { type: 'object', required: ['name'], properties: { name: text, weight: { type: 'integer' } } }
  const properties = {
    size: text,
    more: text,
    tags: { type: 'array', items: text },
    parts: { type: 'array', items: part, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] }
  }
  return {
    name,
    served: true,
    storage,
    schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } }
  }
}
