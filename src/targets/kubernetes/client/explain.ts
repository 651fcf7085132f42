import { GitOpsError } from '../../../errors.ts'
import { asString } from '../../../json.ts'
import type { ApiError } from '../cluster.ts'
import { type Need, rolesFor } from './roles.ts'

/** What stands before roles in a hint. */
export const ALLOWED_BY = 'This would allow it:'

/** What a 403 of RBAC is about. */
export interface Forbidden extends Need {
  readonly name: string | undefined
  /** A Role or ClusterRole with its binding that would allow it, as YAML. */
  readonly role: string
}

/**
 * Reads which right was missing from a 403, or undefined when it was not RBAC that refused (an admission plugin, a
 * quota, a terminating namespace).
 */
export function explainForbidden(error: ApiError): Forbidden | undefined {
  if (error.code !== 403) return undefined
  // `deployments.apps "web" is forbidden: User "ci" cannot patch resource "deployments" in API group "apps" in the namespace "shop"`
  const match =
    /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)"| at the cluster scope)?/.exec(
      error.message
    )
  if (!match) return undefined
  const [, user = '', verb = '', resource = '', group = '', namespace] = match
  const name = asString(error.details?.['name']) || undefined
  const need: Need = { user, verb, group, resource, namespace }
  return { ...need, name, role: rolesFor([need]) }
}

/**
 * An error of the API server as one for a person: what was being done, why it failed, what to do. `doing` is a
 * sentence's start such as `Applying Deployment shop/web`.
 */
export function describeApiError(error: ApiError, doing: string): GitOpsError {
  const details = error.causes.map((cause) => [cause.field, cause.message].filter(Boolean).join(': '))
  const options = { details: details.length > 1 ? details : [], cause: error }
  const forbidden = explainForbidden(error)
  if (forbidden) {
    const where = forbidden.namespace ? `in the namespace "${forbidden.namespace}"` : 'in the whole cluster'
    const what = forbidden.group === '' ? forbidden.resource : `${forbidden.resource}.${forbidden.group}`
    return new GitOpsError(`${doing}: the user "${forbidden.user}" may not ${forbidden.verb} ${what} ${where}.`, {
      hint: `${ALLOWED_BY}\n${forbidden.role}`,
      cause: error
    })
  }
  const path = /User "([^"]*)" cannot (\S+) path "([^"]*)"/.exec(error.message)
  if (path)
    return new GitOpsError(`${doing}: the user "${path[1]}" may not ${path[2]} ${path[3]}.`, {
      hint:
        path[1] === 'system:anonymous'
          ? 'The request carried no credentials: the user in the kubeconfig has none.'
          : 'Bind the user to the ClusterRole system:discovery.',
      cause: error
    })
  const namespace = /unable to create new content in namespace (\S+) because it is being terminated/.exec(error.message)
  if (namespace)
    return new GitOpsError(`${doing}: the namespace "${namespace[1]}" is being deleted.`, {
      hint: 'Wait until it is gone and run again; a finalizer may hold it (kubectl get namespace -o yaml shows which).',
      cause: error
    })
  return new GitOpsError(`${doing}: ${error.message}`, { ...options, ...hintOf(error) })
}

/**
 * Several refusals of RBAC as one error with one text of roles. `also` are the verbs that will be asked for next: else
 * each run would only tell of one more.
 */
export function describeForbidden(errors: readonly ApiError[], doing: string, also: readonly string[]): GitOpsError {
  const found = errors.flatMap((error) => explainForbidden(error) ?? [])
  const roles = rolesFor(found.flatMap((need) => [need, ...also.map((verb) => ({ ...need, verb }))]))
  const sentences = errors.map((error) => describeApiError(error, doing).message)
  const [first] = sentences
  return new GitOpsError(
    sentences.length === 1 && first !== undefined ? first : `${doing}: ${sentences.length} rights are missing.`,
    {
      details: sentences.length === 1 ? [] : sentences,
      hint:
        found.length === 0 ? 'See what the credentials may do: kubectl auth can-i --list.' : `${ALLOWED_BY}\n${roles}`,
      cause: errors[0]
    }
  )
}

function hintOf(error: ApiError): { hint?: string } {
  if (/field not declared in schema|unknown field/.test(error.message))
    return { hint: 'Check the spelling and the indentation of that field against the API reference of this kind.' }
  if (/attempting to grant RBAC permissions not currently held/.test(error.message))
    return {
      hint: 'Nobody can give away rights that they do not have: bind the deployer to a role with these rights, or allow it the verb escalate (for bindings: bind) on roles.'
    }
  if (/exceeded quota/.test(error.message))
    return { hint: 'Ask for less, or raise the ResourceQuota of the namespace.' }
  if (/failed calling webhook|failed to call webhook/.test(error.message))
    return {
      hint: 'The admission webhook is broken or not ready: look at the pods behind its Service, then run again.'
    }
  if (error.code === 413 || /request is too large|etcdserver: request is too large/.test(error.message))
    return { hint: 'An object may have about 1.5 MiB: split it, or move large content out of it.' }
  if (/field is immutable/.test(error.message))
    return { hint: 'The field cannot be changed on a live object: the object must be deleted and created again.' }
  return {}
}
