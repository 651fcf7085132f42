import { readFileSync } from 'node:fs'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../../errors.ts'
import { asList, asObject, asString, type Json, type JsonObject } from '../../../json.ts'
import { type ConfigEntry, loadKubeConfig, selectContext } from './kubeconfig.ts'

/** How to reach one API server and as whom; every file is still named, not read, so that rotated ones are read anew. */
export interface Access {
  /** URL without a trailing slash; may have a path (Rancher, Teleport). */
  readonly server: string
  /** For messages: `context "prod" of /home/me/.kube/config`. */
  readonly origin: string
  readonly namespace: string | undefined
  readonly ca: Pem | undefined
  readonly insecure: boolean
  readonly serverName: string | undefined
  readonly proxyUrl: string | undefined
  readonly compression: boolean
  readonly user: User
}

/** Text or a file that holds it. */
export type Pem = { readonly text: string } | { readonly file: string }

export interface User {
  readonly name: string
  readonly token?: string
  readonly tokenFile?: string
  readonly basic?: { readonly username: string; readonly password: string }
  readonly certificate?: Pem
  readonly key?: Pem
  readonly exec?: ExecSpec
  /** `Impersonate-*` headers. */
  readonly impersonate: Readonly<Record<string, string | string[]>>
}

/** The `exec` part of a kubeconfig user. */
export interface ExecSpec {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly installHint: string | undefined
  readonly provideClusterInfo: boolean
  readonly interactiveMode: string
  /** `config` of the cluster's `client.authentication.k8s.io/exec` extension, passed on with the cluster info. */
  readonly config: JsonObject | undefined
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * Finds out how to reach the cluster: kubeconfig (given, `KUBECONFIG`, `~/.kube/config`), else the service account of
 * the pod that the job runs in.
 * @throws GitOpsError when there is neither, or the kubeconfig or context is wrong
 */
export function findAccess(
  kubeconfig: string | undefined,
  context: string | undefined,
  env: NodeJS.ProcessEnv,
  serviceAccountDirectory = SERVICE_ACCOUNT
): Access {
  const config = loadKubeConfig(kubeconfig, env)
  const empty = config === undefined || (config.contexts.size === 0 && config.clusters.size === 0)
  const wanted = context?.trim() || undefined
  if (config && (!empty || wanted !== undefined || kubeconfig?.trim())) {
    const selected = selectContext(config, wanted)
    const origin = `context "${selected.name}" of ${config.origin}`
    return {
      ...readCluster(selected.cluster, origin),
      namespace: selected.namespace,
      user: readUser(selected.user, selected.userName, selected.cluster, origin)
    }
  }
  const inCluster = readServiceAccount(env, serviceAccountDirectory)
  if (inCluster && wanted === undefined) return inCluster
  throw new GitOpsError(
    wanted === undefined
      ? 'No cluster is configured: there is no kubeconfig.'
      : `Context "${wanted}" was asked for, but there is no kubeconfig.`,
    {
      hint: 'Give the input "kubeconfig" (a path or the content), or set KUBECONFIG in an earlier step, for example with aws eks update-kubeconfig.'
    }
  )
}

function readCluster(entry: ConfigEntry, origin: string): Omit<Access, 'namespace' | 'user'> {
  const { value, directory } = entry
  refuseOtherThanText(value, CLUSTER_TEXTS, `The cluster of ${origin}`)
  const server = asString(value['server'])?.trim()
  if (!server) throw new GitOpsError(`The cluster of ${origin} has no server.`)
  if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol))
    throw new GitOpsError(`The server of ${origin} is "${server}", which is not an http or https URL.`, {
      hint: 'Write it with its scheme, such as https://10.0.0.1:6443.'
    })
  return {
    server: server.replace(/\/+$/, ''),
    origin,
    ca: pem(value, 'certificate-authority', directory, origin),
    insecure: value['insecure-skip-tls-verify'] === true,
    serverName: asString(value['tls-server-name']) || undefined,
    proxyUrl: asString(value['proxy-url']) || undefined,
    compression: value['disable-compression'] !== true
  }
}

function readUser(entry: ConfigEntry, name: string, cluster: ConfigEntry, origin: string): User {
  const { value, directory } = entry
  const who = `User "${name}" of ${origin}`
  refuseOtherThanText(value, USER_TEXTS, who)
  const authProvider = asObject(value['auth-provider'])
  if (authProvider)
    throw new GitOpsError(
      `${who} uses the auth-provider "${asString(authProvider['name']) ?? ''}", which Kubernetes removed in 1.26.`,
      {
        hint: 'Use an exec plugin instead (gke-gcloud-auth-plugin, kubelogin, aws eks get-token), or a token or client certificate.'
      }
    )
  // Whoever keeps a token in a file or a secret easily keeps a line end with it.
  const token = asString(value['token'])?.trim()
  const tokenFile = asString(value['tokenFile'])
  const username = asString(value['username'])
  const exec = asObject(value['exec'])
  const certificate = pem(value, 'client-certificate', directory, origin)
  const key = pem(value, 'client-key', directory, origin)
  if ((certificate === undefined) !== (key === undefined))
    throw new GitOpsError(
      `${who} has a client ${certificate ? 'certificate without its key' : 'key without its certificate'}.`,
      { hint: 'client-certificate(-data) and client-key(-data) belong together.' }
    )
  return {
    name,
    ...(token ? { token } : {}),
    ...(tokenFile ? { tokenFile: path.resolve(directory, tokenFile) } : {}),
    ...(username ? { basic: { username, password: asString(value['password']) ?? '' } } : {}),
    ...(certificate && key ? { certificate, key } : {}),
    ...(exec ? { exec: readExec(exec, directory, cluster, who) } : {}),
    impersonate: impersonation(value, who)
  }
}

function readExec(exec: JsonObject, directory: string, cluster: ConfigEntry, who: string): ExecSpec {
  const command = asString(exec['command'])
  const apiVersion = asString(exec['apiVersion'])
  if (!command || !apiVersion) throw new GitOpsError(`${who} has an exec plugin without command or apiVersion.`)
  if (!/^client\.authentication\.k8s\.io\/(v1|v1beta1)$/.test(apiVersion))
    throw new GitOpsError(`${who} has an exec plugin of apiVersion "${apiVersion}", which is not supported.`, {
      hint: 'client.authentication.k8s.io/v1 and v1beta1 are; update the plugin and write the kubeconfig again.'
    })
  const env: Record<string, string> = {}
  for (const item of asList(exec['env']) ?? []) {
    const name = asString(asObject(item)?.['name'])
    if (name) env[name] = asString(asObject(item)?.['value']) ?? ''
  }
  const extension = (asList(cluster.value['extensions']) ?? [])
    .map(asObject)
    .find((item) => item?.['name'] === 'client.authentication.k8s.io/exec')
  return {
    apiVersion,
    // As kubectl: a bare name is searched on PATH, a relative path starts at the kubeconfig.
    command: /[/\\]/.test(command) ? path.resolve(directory, command) : command,
    args: (asList(exec['args']) ?? []).map((arg) => String(arg)),
    env,
    installHint: asString(exec['installHint']),
    provideClusterInfo: exec['provideClusterInfo'] === true,
    interactiveMode: asString(exec['interactiveMode']) ?? 'IfAvailable',
    config: asObject(extension?.['extension'])
  }
}

const CLUSTER_TEXTS = [
  'server',
  'certificate-authority',
  'certificate-authority-data',
  'tls-server-name',
  'proxy-url'
] as const
const USER_TEXTS = [
  'token',
  'tokenFile',
  'username',
  'password',
  'client-certificate',
  'client-certificate-data',
  'client-key',
  'client-key-data',
  'as',
  'as-uid'
] as const

/** A token of digits alone that was not quoted would else count as none, and the request go out as nobody's. */
function refuseOtherThanText(value: JsonObject, keys: readonly string[], who: string): void {
  const wrong = keys.find((key) => value[key] !== undefined && value[key] !== null && typeof value[key] !== 'string')
  if (wrong === undefined) return
  const kind = typeof value[wrong] === 'object' ? 'a list or a mapping' : `a ${typeof value[wrong]}`
  throw new GitOpsError(`${who} has a ${wrong} that is ${kind}, and must be text.`, {
    hint: 'Put the value in quotes.'
  })
}

function impersonation(user: JsonObject, who: string): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  const as = asString(user['as'])
  if (!as) {
    // As client-go: to go on without them would be to go on with all rights of the user itself.
    const other = ['as-uid', 'as-groups', 'as-user-extra'].find((key) => isGiven(user[key]))
    if (other === undefined) return headers
    throw new GitOpsError(`${who} has ${other} without "as": groups and the like are only taken on with a user.`, {
      hint: 'Name the user to be impersonated with "as", or remove the line.'
    })
  }
  headers['Impersonate-User'] = as
  const uid = asString(user['as-uid'])
  if (uid) headers['Impersonate-Uid'] = uid
  const groups = (asList(user['as-groups']) ?? []).map(String)
  if (groups.length > 0) headers['Impersonate-Group'] = groups
  for (const [key, values] of Object.entries(asObject(user['as-user-extra']) ?? {}))
    headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = (asList(values) ?? []).map(String)
  return headers
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && (asList(value)?.length ?? 1) > 0
}

/** `<key>-data` (base64) goes before `<key>` (a file), as with kubectl. */
function pem(value: JsonObject, key: string, directory: string, origin: string): Pem | undefined {
  const data = asString(value[`${key}-data`])
  if (data) {
    const text = Buffer.from(data, 'base64').toString('utf8')
    if (!text.includes('-----BEGIN'))
      throw new GitOpsError(`${key}-data of ${origin} is not a PEM text in base64.`, {
        hint: 'Write the kubeconfig again, or check that the secret it comes from was stored whole.'
      })
    return { text }
  }
  const file = asString(value[key])
  return file ? { file: path.resolve(directory, file) } : undefined
}

/** The text of a PEM, read from its file each time it is asked for. */
export function readPem(source: Pem, what: string): string {
  if ('text' in source) return source.text
  try {
    return readFileSync(source.file, 'utf8')
  } catch (error) {
    throw new GitOpsError(`The ${what} ${source.file} cannot be read: ${messageOf(error)}`, {
      hint: 'Relative paths in a kubeconfig start at the folder of that kubeconfig.',
      cause: error
    })
  }
}

function readServiceAccount(env: NodeJS.ProcessEnv, directory: string): Access | undefined {
  const host = env['KUBERNETES_SERVICE_HOST']
  const port = env['KUBERNETES_SERVICE_PORT']
  const tokenFile = path.join(directory, 'token')
  if (!host || !port) return undefined
  // A pod without an account: as if there were no cluster around.
  if (readIfThere(tokenFile) === undefined) return undefined
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    origin: 'the service account of this pod',
    // A token that was mounted by hand may come without it.
    namespace: readIfThere(path.join(directory, 'namespace'))?.trim() || undefined,
    ca: { file: path.join(directory, 'ca.crt') },
    insecure: false,
    serverName: undefined,
    proxyUrl: undefined,
    compression: true,
    user: { name: 'service account', tokenFile, impersonate: {} }
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
