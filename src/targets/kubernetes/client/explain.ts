import { GitOpsError } from '../../../errors.ts'
import { asString } from '../../../json.ts'
import type { ApiError } from '../cluster.ts'

/** What a 403 of RBAC is about. */
export interface Forbidden {
  readonly user: string
  readonly verb: string
  readonly group: string
  /** Plural, with a subresource: `deployments`, `pods/log`. */
  readonly resource: string
  readonly namespace: string | undefined
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
  return { user, verb, group, resource, namespace, name, role: roleFor({ user, verb, group, resource, namespace }) }
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
      hint: `This would allow it:\n${forbidden.role}`,
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

function hintOf(error: ApiError): { hint?: string } {
  if (/field not declared in schema|unknown field/.test(error.message))
    return { hint: 'Check the spelling and the indentation of that field against the API reference of this kind.' }
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

function roleFor(need: {
  user: string
  verb: string
  group: string
  resource: string
  namespace: string | undefined
}): string {
  const { user, verb, group, resource, namespace } = need
  const kind = namespace ? 'Role' : 'ClusterRole'
  const scope = namespace ? `, namespace: ${namespace}` : ''
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user)
  const subject = account
    ? `{kind: ServiceAccount, name: ${account[2]}, namespace: ${account[1]}}`
    : `{kind: User, name: ${JSON.stringify(user)}, apiGroup: rbac.authorization.k8s.io}`
  // What an apply needs is always these three together: the object is read, created or patched.
  const verbs = verb === 'patch' || verb === 'create' ? ['get', 'create', 'patch'] : [verb]
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${kind}`,
    `metadata: {name: gitops-actions${scope}}`,
    'rules:',
    `- {apiGroups: [${JSON.stringify(group)}], resources: [${JSON.stringify(resource)}], verbs: [${verbs.join(', ')}]}`,
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${kind}Binding`,
    `metadata: {name: gitops-actions${scope}}`,
    `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: gitops-actions}`,
    `subjects: [${subject}]`
  ].join('\n')
}
