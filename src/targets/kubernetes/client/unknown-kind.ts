import { GitOpsError } from '../../../errors.ts'
import { suggest } from '../../../suggest.ts'
import type { ApiResource } from '../cluster.ts'
import { apiVersionOf } from './objects.ts'

/** Groups of Kubernetes itself; every other one with a dot is of a CustomResourceDefinition or an extension API server. */
const BUILT_IN: ReadonlySet<string> = new Set(
  [
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration'
  ].map((name) => `${name}.k8s.io`)
)

/** What is missing for a kind that the server does not know: another version of it, its CRD, or a letter. */
export function unknownKind(
  wanted: { readonly apiVersion: string; readonly kind: string },
  resources: readonly ApiResource[]
): GitOpsError {
  const { apiVersion, kind } = wanted
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  const inGroup = resources.filter((resource) => resource.group === group)
  const versions = inGroup.filter((resource) => resource.kind === kind).map(apiVersionOf)
  if (versions.length > 0)
    return new GitOpsError(`The API server does not serve ${kind} of ${apiVersion}.`, {
      hint: `It serves ${kind} as ${listed(versions)}: change apiVersion.`
    })
  const message = `The API server does not know the kind ${kind} of ${apiVersion}.`
  const elsewhere = resources.filter((resource) => resource.kind === kind).map(apiVersionOf)
  const isCustom = group.includes('.') && !BUILT_IN.has(group)
  const meant = suggest(
    kind,
    inGroup.map((resource) => resource.kind)
  )
  if (meant?.toLowerCase() === kind.toLowerCase())
    return new GitOpsError(message, { hint: `Kinds are case-sensitive: it knows ${meant}.` })
  const also = [
    ...(elsewhere.length > 0 ? [`it knows ${kind} of ${listed(elsewhere)}`] : []),
    ...(meant === undefined ? [] : [`of ${group === '' ? 'v1' : group} it knows ${meant}`])
  ].join('; ')
  if (!isCustom)
    return new GitOpsError(message, {
      hint: also === '' ? 'Check the spelling of apiVersion and kind.' : `Change apiVersion or kind: ${also}.`
    })
  return new GitOpsError(message, {
    hint: `The CustomResourceDefinition of ${kind} in the group ${group} (by custom, ${pluralOf(kind)}.${group}) is neither installed nor among the manifests: add it, or install its operator before.${also === '' ? '' : ` Or change apiVersion or kind: ${also}.`}`
  })
}

function listed(versions: readonly string[]): string {
  return [...new Set(versions)].join(', ')
}

/** As code generators and most authors of definitions have it. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase()
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
