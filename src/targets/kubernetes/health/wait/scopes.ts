import type { ApiResource, ListOptions, ObjectRef } from '../../cluster.ts'

/** From so many namespaces on, one list over all of them is cheaper than one each. */
const MANY_NAMESPACES = 8

export interface Scope {
  readonly resource: ApiResource
  readonly options: ListOptions
  readonly refs: readonly ObjectRef[]
}

/**
 * How to list the objects of one resource type with few requests and little data: a single object by its name, several
 * by their namespace, those of many namespaces all at once.
 */
export function scopesOf(resource: ApiResource, refs: readonly ObjectRef[]): Scope[] {
  const groups = Map.groupBy(refs, (ref) => (resource.namespaced ? (ref.namespace ?? '') : ''))
  if (groups.size > MANY_NAMESPACES) return [{ resource, options: {}, refs }]
  return [...groups].map(([namespace, members]) => ({
    resource,
    options: { ...(namespace === '' ? {} : { namespace }), ...(single(members) ?? {}) },
    refs: members
  }))
}

/** The same scope, namespace by namespace: for credentials that may not list across them. */
export function narrowed(scope: Scope): Scope[] {
  return [...Map.groupBy(scope.refs, (ref) => ref.namespace ?? '')].map(([namespace, members]) => ({
    resource: scope.resource,
    options: { namespace, ...(single(members) ?? {}) },
    refs: members
  }))
}

function single(refs: readonly ObjectRef[]): ListOptions | undefined {
  const [only] = refs
  return refs.length === 1 && only ? { fieldSelector: `metadata.name=${only.name}` } : undefined
}
