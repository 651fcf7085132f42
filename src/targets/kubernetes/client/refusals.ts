import { GitOpsError } from '../../../errors.ts'
import type { ApiError } from '../cluster.ts'
import type { Access, User } from './access.ts'
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
export function unauthorized(access: Access, error: ApiError): GitOpsError {
  const { user, origin, server } = access
  return new GitOpsError(
    `The API server ${server} does not accept the user "${user.name}" of ${origin}: ${presented(user)} is refused (401 Unauthorized).`,
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
