import { X509Certificate } from 'node:crypto'
import { GitOpsError } from '../../../errors.ts'
import { asNumber, at, parseJson } from '../../../json.ts'
import type { ApiError } from '../cluster.ts'
import type { Access, User } from './access.ts'
import type { Credential } from './credentials.ts'
import { unreachable } from './unreachable.ts'

/** The connection broke after a request that must not be sent twice: nobody knows whether it was done. */
export function ambiguous(access: Access, call: { method: string; path: string }, error: Error): GitOpsError {
  const reason = unreachable(access, error)
  return new GitOpsError(
    `The connection was lost after ${call.method} ${call.path.split('?')[0]} was sent; whether it was done is not known. ${reason.message}`,
    { hint: 'Run this step again: it continues from what the cluster holds.', cause: error }
  )
}

/** `http://` where the server speaks TLS. */
export function plainHttp(access: Access, error: ApiError): GitOpsError {
  return new GitOpsError(`The server ${access.server} (${access.origin}) speaks TLS, and its URL says http.`, {
    hint: 'Write https:// in the kubeconfig.',
    cause: error
  })
}

/** A 401. The credential itself never stands in the message. */
export function unauthorized(access: Access, error: ApiError, used: Credential): GitOpsError {
  const { user, origin, server } = access
  const expired = expiryOf(used)
  const since =
    expired !== undefined && expired.getTime() < Date.now() ? `, which expired ${expired.toISOString()},` : ''
  return new GitOpsError(
    `The API server ${server} does not accept the user "${user.name}" of ${origin}: ${presented(user)}${since} is refused (401 Unauthorized).`,
    {
      hint: 'The credentials have expired, or are from another cluster: log in anew in a step before this one.',
      cause: error
    }
  )
}

function presented(user: User): string {
  if (user.token !== undefined || user.tokenFile !== undefined) return 'its token'
  if (user.basic) return 'its password'
  if (user.exec) return `what ${user.exec.command} gave`
  return user.certificate ? 'its client certificate' : 'a request without credentials'
}

/** When a token that says so (a JWT: service accounts, OIDC) or a client certificate ends. */
function expiryOf({ headers, certificate }: Credential): Date | undefined {
  try {
    const claims = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(String(headers['Authorization'] ?? ''))?.[1]
    if (claims !== undefined) {
      const seconds = asNumber(at(parseJson(Buffer.from(claims, 'base64url').toString('utf8')), 'exp'))
      return seconds === undefined ? undefined : new Date(seconds * 1000)
    }
    return certificate && headers['Authorization'] === undefined
      ? new X509Certificate(certificate.cert).validToDate
      : undefined
  } catch {
    return undefined // what cannot be read says nothing
  }
}
