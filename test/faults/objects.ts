import { stringify } from 'yaml'
import type { JsonObject } from '../../src/json.ts'
import type { Random } from './random.ts'

/** An object as the declaration has it. */
export interface Declared extends JsonObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> }
}

/** How many of each kind make the whole of `size` objects; Deployments are few because each brings pods along. */
const SHARES: readonly (readonly [kind: string, share: number])[] = [
  ['Secret', 0.12],
  ['Service', 0.06],
  ['ServiceAccount', 0.08],
  ['Role', 0.05],
  ['RoleBinding', 0.05],
  ['Deployment', 0.04],
  ['Widget', 0.15]
]

/**
 * A declaration of about `size` objects: a CustomResourceDefinition and objects of it, workloads with what they use,
 * and two hooks. Of its next version (`previous` is given) about a third is changed, a tenth gone and a tenth new.
 */
export function declaration(
  random: Random,
  place: { namespace: string; group: string; size: number },
  previous?: readonly Declared[]
): Declared[] {
  const version = previous ? 2 : 1
  const objects: Declared[] = [
    definition(place.group),
    hook('before', 'pre-install,pre-upgrade'),
    hook('after', 'post-install,post-upgrade')
  ]
  const counts = SHARES.map(([kind, share]) => [kind, Math.round(share * place.size)] as const)
  const rest = place.size - objects.length - counts.reduce((sum, [, count]) => sum + count, 0)
  for (const [kind, count] of [...counts, ['ConfigMap', rest] as const])
    for (let index = 0; index < count; index++) {
      // Bindings follow their role, so both stay.
      const isFixed = kind === 'Role' || kind === 'RoleBinding'
      const gone = version === 2 && !isFixed && random.chance(0.1)
      const name = `${kind.toLowerCase()}-${index}${gone ? '-new' : ''}`
      const old = previous?.find((one) => one.kind === kind && one.metadata.name === name)
      objects.push(
        old && (isFixed || !random.chance(0.3)) ? old : make(kind, name, place, `${version}-${random.between(0, 1e9)}`)
      )
    }
  return objects
}

export function isHook(object: Declared): boolean {
  return object.metadata.annotations?.['helm.sh/hook'] !== undefined
}

/** One file with everything. */
export function manifestText(objects: readonly Declared[]): string {
  return objects.map((object) => stringify(object)).join('---\n')
}

function make(kind: string, name: string, place: { namespace: string; group: string }, value: string): Declared {
  const metadata = { name }
  const labels = { app: name }
  switch (kind) {
    case 'Secret':
      return { apiVersion: 'v1', kind, metadata, stringData: { value } }
    case 'Service':
      return { apiVersion: 'v1', kind, metadata, spec: { selector: { app: value }, ports: [{ port: 80 }] } }
    case 'ServiceAccount':
      return { apiVersion: 'v1', kind, metadata: { name, annotations: { value } } }
    case 'Role':
      return { apiVersion: RBAC, kind, metadata, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }
    case 'RoleBinding': {
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: name.replace('rolebinding', 'role') }
      const subjects = [{ kind: 'ServiceAccount', name: 'default', namespace: place.namespace }]
      return { apiVersion: RBAC, kind, metadata, roleRef, subjects }
    }
    case 'Deployment': {
      const container = { name: 'main', image: `example.com/web:${value}` }
      const template = { metadata: { labels }, spec: { containers: [container] } }
      return {
        apiVersion: 'apps/v1',
        kind,
        metadata,
        spec: { replicas: 1, selector: { matchLabels: labels }, template }
      }
    }
    case 'Widget':
      return { apiVersion: `${place.group}/v1`, kind, metadata, spec: { value } }
    default:
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { value } }
  }
}

const RBAC = 'rbac.authorization.k8s.io/v1'

function definition(group: string): Declared {
  const spec = { type: 'object', properties: { value: { type: 'string' } } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } }
        }
      ]
    }
  }
}

function hook(name: string, events: string): Declared {
  const containers = [{ name: 'main', image: 'busybox:1.36' }]
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `hook-${name}`, annotations: { 'helm.sh/hook': events } },
    spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers } } }
  }
}
