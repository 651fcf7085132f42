import { readFile } from 'node:fs/promises'
import { GitOpsError, messageOf } from '../../../errors.ts'
import type { Logger } from '../../../log.ts'
import type { Exec } from '../../../toolchain/exec.ts'
import { type Access, readPem } from './access.ts'
import { execPlugin } from './exec-plugin.ts'

/** What goes with a request. Two equal `certificate` objects mean the same TLS identity. */
export interface Credential {
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly certificate: ClientCertificate | undefined
}

export interface ClientCertificate {
  readonly cert: string
  readonly key: string
}

/** Where credentials come from; asked before every request. */
export interface Credentials {
  current(): Promise<Credential>
  /** Called after a 401 to a request that carried `used`. False when asking again would give the same. */
  renew(used: Credential): boolean
}

/** A token file is read again after this time, as client-go does: bound service account tokens rotate. */
const TOKEN_FILE_SECONDS = 60

export interface CredentialDependencies {
  /** Runs exec plugins. */
  readonly exec: Exec
  readonly env: NodeJS.ProcessEnv
  readonly log: Logger
  readonly signal?: AbortSignal
  /** Told every secret before it is used for the first time, so that it can be hidden in logs. */
  readonly mask: (secret: string) => void
}

/** The credentials that a kubeconfig user (or service account) describes. A token goes before an exec plugin. */
export function credentialsOf(access: Access, dependencies: CredentialDependencies): Credentials {
  const { user } = access
  const { mask } = dependencies
  const certificate =
    user.certificate && user.key
      ? { cert: readPem(user.certificate, 'client certificate'), key: readPem(user.key, 'client key') }
      : undefined
  if (certificate) mask(certificate.key)
  if (user.token) mask(user.token)
  if (user.basic?.password) mask(user.basic.password)
  const fixed = (authorization?: string): Credentials => {
    const credential = {
      headers: { ...user.impersonate, ...(authorization === undefined ? {} : { Authorization: authorization }) },
      certificate
    }
    return { current: async () => credential, renew: () => false }
  }
  if (user.tokenFile !== undefined) return tokenFile(user.tokenFile, user.impersonate, certificate, mask)
  if (user.token !== undefined) return fixed(`Bearer ${user.token}`)
  if (user.basic) {
    const pair = Buffer.from(`${user.basic.username}:${user.basic.password}`).toString('base64')
    return fixed(`Basic ${pair}`)
  }
  if (user.exec) return execPlugin(user.exec, access, certificate, dependencies)
  return fixed()
}

function tokenFile(
  file: string,
  impersonate: Credential['headers'],
  certificate: ClientCertificate | undefined,
  mask: (secret: string) => void
): Credentials {
  let cached: { credential: Credential; readAt: number } | undefined
  return {
    async current() {
      if (cached && performance.now() - cached.readAt < TOKEN_FILE_SECONDS * 1000) return cached.credential
      let token: string
      try {
        token = (await readFile(file, 'utf8')).trim()
      } catch (error) {
        throw new GitOpsError(`The token file ${file} cannot be read: ${messageOf(error)}`, { cause: error })
      }
      if (token === '')
        throw new GitOpsError(`The token file ${file} is empty.`, { hint: 'Write the token before this step.' })
      mask(token)
      const credential = { headers: { ...impersonate, Authorization: `Bearer ${token}` }, certificate }
      cached = { credential, readAt: performance.now() }
      return credential
    },
    renew(used) {
      if (cached?.credential === used) cached = undefined
      return true
    }
  }
}
