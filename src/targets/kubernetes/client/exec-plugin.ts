import { GitOpsError, messageOf } from '../../../errors.ts'
import { asObject, asString, type JsonObject, parseJson, stringifyJson } from '../../../json.ts'
import { type Exec, withoutInputs } from '../../../toolchain/exec.ts'
import { type Access, type ExecSpec, readPem } from './access.ts'
import type { ClientCertificate, Credential, CredentialDependencies, Credentials } from './credentials.ts'

const PLUGIN_TIMEOUT = 60_000
/** A credential is renewed this long before it expires, so that no request is sent with one that dies on its way. */
const RENEW_BEFORE = 60_000
/** A 401 makes the plugin run again, but not more often than this: a server that refuses everything must not start it in a loop. */
const RENEW_INTERVAL = 5_000

interface Issued {
  readonly credential: Credential
  /** Milliseconds since the epoch from which on it is renewed; undefined when the plugin gave no expiry. */
  readonly renewAt: number | undefined
  readonly issuedAt: number
}

/**
 * Credentials from a client-go credential plugin (`aws eks get-token`, kubelogin, gke-gcloud-auth-plugin …): run once,
 * shared by all requests, run again shortly before what it gave expires and when the server answers 401.
 */
export function execPlugin(
  spec: ExecSpec,
  access: Access,
  certificate: ClientCertificate | undefined,
  dependencies: CredentialDependencies
): Credentials {
  if (spec.interactiveMode === 'Always')
    throw new GitOpsError(`The exec plugin ${spec.command} of user "${access.user.name}" wants a terminal.`, {
      hint: 'A job has none. Use a login that needs no person (OIDC of the runner, a service account, a role).'
    })
  let issued: Issued | undefined
  let running: Promise<Issued> | undefined

  const run = async (): Promise<Issued> => {
    const answer = await runPlugin(spec, access, dependencies)
    issued = issue(answer, spec, access, certificate, dependencies.mask)
    return issued
  }
  return {
    async current() {
      if (issued && (issued.renewAt === undefined || Date.now() < issued.renewAt)) return issued.credential
      running ??= run().finally(() => {
        running = undefined
      })
      return (await running).credential
    },
    renew(used) {
      if (issued?.credential !== used) return true // another request has already renewed it
      if (Date.now() - issued.issuedAt < RENEW_INTERVAL) return false
      issued = undefined
      return true
    }
  }
}

async function runPlugin(
  spec: ExecSpec,
  access: Access,
  { exec, env, log, signal }: CredentialDependencies
): Promise<string> {
  log.debug(`Running the exec plugin ${spec.command} for the credentials of ${access.origin}`)
  const info = stringifyJson({
    apiVersion: spec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(spec.provideClusterInfo ? { cluster: clusterInfo(spec, access) } : {}) }
  })
  const options = {
    env: { ...withoutInputs(env), ...spec.env, KUBERNETES_EXEC_INFO: info },
    timeout: PLUGIN_TIMEOUT,
    allowFailure: true,
    ...(signal ? { signal } : {})
  }
  const hint = spec.installHint?.trim() || `The kubeconfig (${access.origin}) asks for it.`
  let result: Awaited<ReturnType<Exec>>
  try {
    result = await exec(spec.command, spec.args, options)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new GitOpsError(
      `The credentials of ${access.origin} cannot be had: ${messageOf(error)}.`.replace('..', '.'),
      {
        hint,
        cause: error
      }
    )
  }
  if (result.code !== 0)
    // Only stderr is told: stdout is where a credential would be.
    throw new GitOpsError(
      `The credentials of ${access.origin} cannot be had: ${spec.command} ended with exit code ${result.code}: ${lastLines(result.stderr) || 'it said nothing'}`,
      { hint: 'Run the step that logs in to the cloud before this one, and check its role.' }
    )
  return result.stdout
}

function issue(
  answer: string,
  spec: ExecSpec,
  access: Access,
  certificate: ClientCertificate | undefined,
  mask: (secret: string) => void
): Issued {
  const bad = (what: string) =>
    new GitOpsError(`The exec plugin ${spec.command} of ${access.origin} ${what}.`, {
      hint: 'Its output must be an ExecCredential as JSON; run it by hand to see what it prints.'
    })
  let credential: JsonObject | undefined
  try {
    credential = asObject(parseJson(answer))
  } catch {
    throw bad('did not print JSON')
  }
  if (credential?.['kind'] !== 'ExecCredential') throw bad('did not print an ExecCredential')
  if (credential['apiVersion'] !== spec.apiVersion)
    throw bad(
      `answered with apiVersion "${asString(credential['apiVersion']) ?? ''}" where the kubeconfig says "${spec.apiVersion}"`
    )
  const status = asObject(credential['status'])
  const token = asString(status?.['token'])?.trim()
  const cert = asString(status?.['clientCertificateData'])
  const key = asString(status?.['clientKeyData'])
  if (!token && !(cert && key)) throw bad('gave neither a token nor a client certificate with its key')
  const expiry = asString(status?.['expirationTimestamp'])
  const expiresAt = expiry === undefined ? Number.NaN : Date.parse(expiry)
  if (expiry !== undefined && Number.isNaN(expiresAt)) throw bad('gave an expirationTimestamp that is no RFC 3339 time')
  if (token) mask(token)
  if (key) mask(key)
  const issuedAt = Date.now()
  const margin = Math.min(RENEW_BEFORE, Math.max(0, expiresAt - issuedAt) / 4) // short-lived ones: the last quarter
  return {
    credential: {
      headers: { ...access.user.impersonate, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      certificate: cert && key ? { cert, key } : certificate
    },
    // One that is given out expired is sent all the same: the server says so, and the plugin is not run per request.
    renewAt: expiry === undefined ? undefined : Math.max(expiresAt - margin, issuedAt + 1000),
    issuedAt
  }
}

function clusterInfo(spec: ExecSpec, access: Access): JsonObject {
  const ca = access.ca ? readPem(access.ca, 'certificate authority') : undefined
  return {
    server: access.server,
    ...(access.serverName ? { 'tls-server-name': access.serverName } : {}),
    ...(access.insecure ? { 'insecure-skip-tls-verify': true } : {}),
    ...(ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(ca).toString('base64') }),
    ...(access.proxyUrl ? { 'proxy-url': access.proxyUrl } : {}),
    ...(spec.config ? { config: spec.config } : {})
  }
}

function lastLines(text: string, count = 8): string {
  return text.trim().split('\n').slice(-count).join('\n')
}
