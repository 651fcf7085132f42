import { readFileSync } from 'node:fs'
import path from 'node:path'
import { asList, asObject, asString, at, type JsonObject } from '../../../../../src/json.ts'
import type { KubernetesObject } from '../../../../../src/render/manifest.ts'
import { derived } from './derived.ts'
import type { Sample } from './sample.ts'

/** Of their own, so that nobody else's tests meet them. */
export const KUBE_PROMETHEUS_GROUP = 'monitoring.example.com'

const FOLDER = path.join(import.meta.dirname, '../../../../fixtures/kube-prometheus')

function read(file: string): JsonObject[] {
  const list: unknown = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))
  return (asList(list) ?? []).map((item) => asObject(item) ?? {})
}

const kinds = read('definitions.json')

/** The kinds of kube-prometheus' custom resources, with their real schemas. */
export const KUBE_PROMETHEUS_DEFINITIONS: readonly KubernetesObject[] = kinds.map((one) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${asString(one['plural'])}.${KUBE_PROMETHEUS_GROUP}` },
  spec: {
    group: KUBE_PROMETHEUS_GROUP,
    scope: 'Namespaced',
    names: { plural: one['plural'] ?? '', kind: one['kind'] ?? '' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: one['subresources'] ?? {},
        schema: { openAPIV3Schema: one['schema'] ?? {} }
      }
    ]
  }
}))

/** Its custom resources, by kind and name. */
export const KUBE_PROMETHEUS: Readonly<Record<string, Sample>> = Object.fromEntries(
  read('objects.json').map((object) => {
    const schema = asObject(kinds.find((one) => one['kind'] === object['kind'])?.['schema'])
    const own = { ...object, apiVersion: `${KUBE_PROMETHEUS_GROUP}/v1` } as unknown as KubernetesObject
    return [`${own.kind} ${asString(at(object, 'metadata', 'name'))}`, derived(own, schema ? { schema } : {})]
  })
)
