import type { Json, JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'

interface Entry {
  readonly manager: string
  readonly operation?: 'Apply' | 'Update'
  readonly time?: string
  readonly subresource?: string
  readonly apiVersion?: string
  readonly fields: JsonObject
}

/** A live object with ownership records, for tests. */
export function liveObject(
  body: { readonly apiVersion?: string; readonly kind?: string; readonly [field: string]: Json | undefined },
  entries: readonly Entry[]
): KubernetesObject {
  const { apiVersion = 'apps/v1', kind = 'Deployment', metadata, ...rest } = body
  return {
    apiVersion,
    kind,
    metadata: {
      name: 'web',
      namespace: 'shop',
      resourceVersion: '7',
      ...(metadata as JsonObject | undefined),
      managedFields: entries.map((entry) => ({
        manager: entry.manager,
        operation: entry.operation ?? 'Update',
        apiVersion: entry.apiVersion ?? apiVersion,
        time: entry.time ?? '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: entry.fields,
        ...(entry.subresource === undefined ? {} : { subresource: entry.subresource })
      }))
    },
    ...(rest as JsonObject)
  }
}
