import { type KubernetesObject, objectId } from '../../render/manifest.ts'
import type { HealedPart } from '../target.ts'
import type { IgnoreRule } from './compare/index.ts'
import type { PreparedPlan } from './plan.ts'
import type { WrongContent } from './restart/index.ts'

/** A prepared plan that touches nothing but the part that is to be healed. */
export function partOf(prepared: PreparedPlan, { resources }: HealedPart): PreparedPlan {
  const isPart = (object: KubernetesObject) => resources.has(objectId(object))
  const evicted = prepared.plan.changes.filter((change) => change.action === 'restart')
  return {
    ...prepared,
    steps: new Map([...prepared.steps].filter(([id]) => resources.has(id))),
    namespaces: prepared.namespaces.filter(isPart),
    prunable: prepared.prunable.filter(({ object }) => isPart(object)),
    spared: new Set(evicted.map((change) => change.resource.id).filter((id) => !resources.has(id)))
  }
}

/** Content that a prepared plan puts right, and what an earlier one did and pods still run. */
export function wrongIn({ steps, wrongContents }: PreparedPlan): WrongContent[] {
  return wrongContents.filter(({ id, until }) => until !== undefined || steps.has(id))
}

/** Rules that leave the excepted fields of a part as they are. */
export function rulesOf({ except }: HealedPart): IgnoreRule[] {
  return except.map(({ resource, path }) => ({
    group: groupOfId(resource.id, resource.kind),
    kind: resource.kind,
    name: resource.name,
    ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
    pointers: [path]
  }))
}

/** The API group in an object id (`apps/Deployment/shop/web`); empty for the core group. */
export function groupOfId(id: string, kind: string): string {
  const [first = ''] = id.split('/')
  return first === kind ? '' : first
}
