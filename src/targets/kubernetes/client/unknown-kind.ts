import { GitOpsError } from '../../../errors.ts'
import type { ApiResource } from '../cluster.ts'
import { apiVersionOf } from './objects.ts'

/** What is missing for a kind that the server does not know: another version of it, or its CRD. */
export function unknownKind(
  wanted: { readonly apiVersion: string; readonly kind: string },
  resources: readonly ApiResource[]
): GitOpsError {
  const { apiVersion, kind } = wanted
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  const versions = resources.filter((resource) => resource.group === group && resource.kind === kind).map(apiVersionOf)
  if (versions.length > 0)
    return new GitOpsError(`The API server does not serve ${kind} of ${apiVersion}.`, {
      hint: `It serves ${kind} as ${versions.join(', ')}: change apiVersion.`
    })
  const elsewhere = resources.filter((resource) => resource.kind === kind).map(apiVersionOf)
  if (elsewhere.length > 0)
    return new GitOpsError(`The API server does not know the kind ${kind} of ${apiVersion}.`, {
      hint: `It knows ${kind} of ${elsewhere.join(', ')}. Change apiVersion, or install the CustomResourceDefinition of ${kind}.${group}.`
    })
  const inGroup = resources.filter((resource) => resource.group === group)
  const misspelt = inGroup.find((resource) => resource.kind.toLowerCase() === kind.toLowerCase())
  if (misspelt)
    return new GitOpsError(`The API server does not know the kind ${kind} of ${apiVersion}.`, {
      hint: `Kinds are case-sensitive: it knows ${misspelt.kind}.`
    })
  return new GitOpsError(`The API server does not know the kind ${kind} of ${apiVersion}.`, {
    hint:
      group === '' || /^[a-z]+$/.test(group)
        ? 'Check the spelling of apiVersion and kind.'
        : `The CustomResourceDefinition that defines ${kind} in the group ${group} is not installed: add it to the manifests, or install its operator before.`
  })
}
