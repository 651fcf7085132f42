import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { annotation } from './hooks.ts'

export const DEPENDS_ON = 'config.kubernetes.io/depends-on'

export type DependsOnProblem =
  | { readonly type: 'invalid-reference'; readonly reference: string }
  | { readonly type: 'duplicate-dependency'; readonly reference: string }
  | { readonly type: 'external-dependency'; readonly reference: string }

/** An object as the annotation writes it: `apps/namespaces/shop/Deployment/web`, `/Namespace/shop`. */
export function referenceOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object)
  const scope = namespace === undefined ? '' : `namespaces/${namespace}/`
  return `${groupOf(object)}/${scope}${object.kind}/${object.metadata.name}`
}

/**
 * The references of an object's `config.kubernetes.io/depends-on` that are `known`, once each, and what is wrong with
 * the others (kubernetes-sigs/cli-utils, pkg/object/graph).
 */
export function dependsOn(
  object: KubernetesObject,
  known: (reference: string) => boolean
): { references: string[]; problems: DependsOnProblem[] } {
  const references: string[] = []
  const problems: DependsOnProblem[] = []
  const text = annotation(object, DEPENDS_ON)
  if (text === undefined || text.trim() === '') return { references, problems }
  for (const reference of text.split(',').map((part) => part.trim())) {
    if (!isReference(reference)) problems.push({ type: 'invalid-reference', reference })
    else if (references.includes(reference)) problems.push({ type: 'duplicate-dependency', reference })
    else if (!known(reference)) problems.push({ type: 'external-dependency', reference })
    else references.push(reference)
  }
  return { references, problems }
}

function isReference(text: string): boolean {
  const parts = text.split('/')
  if (parts.slice(1).some((part) => part === '')) return false
  return parts.length === 3 || (parts.length === 5 && parts[1] === 'namespaces')
}
