import { GitOpsError } from '../../../errors.ts'
import type { ApiResource } from '../cluster.ts'

/** The path of a resource type, in one namespace or in all of them: `/apis/apps/v1/namespaces/shop/deployments`. */
export function collectionPath(resource: ApiResource, namespace?: string): string {
  const { group, version, plural } = resource
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${scope}/${plural}`
}

/** The path of one object. @throws GitOpsError when it must have a namespace and has none */
export function objectPath(resource: ApiResource, name: string, namespace: string | undefined): string {
  requireNamespace(resource, name, namespace)
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`
}

/** @throws GitOpsError when the kind is namespaced and `namespace` is undefined: a guess could hit a stranger's object */
export function requireNamespace(resource: ApiResource, name: string, namespace: string | undefined): void {
  if (resource.namespaced && namespace === undefined)
    throw new GitOpsError(`${resource.kind} "${name}" has no namespace, and a ${resource.kind} must have one.`, {
      hint: 'Set metadata.namespace, or the input "namespace" for all that name none.'
    })
}

/** `?a=1&b=2` of the values that are there, or the empty string. */
export function query(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const parts = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== '' && value !== false)
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}
