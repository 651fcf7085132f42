import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asObject, asString, at, type JsonObject, parseJson } from '../../json.ts'
import type { Exec } from '../../toolchain/exec.ts'

/** What a registry is shown. `source` is where it was found, for messages; the rest stands in none. */
export type Credential =
  | { readonly type: 'password'; readonly username: string; readonly password: string; readonly source: string }
  | { readonly type: 'identity-token'; readonly token: string; readonly source: string }

export interface CredentialOptions {
  readonly env: NodeJS.ProcessEnv
  readonly exec: Exec
}

/** The folder of Docker's client configuration: `DOCKER_CONFIG`, else `~/.docker`. */
export function dockerConfigFolder(env: NodeJS.ProcessEnv): string {
  return env['DOCKER_CONFIG'] || path.join(env['HOME'] || os.homedir(), '.docker')
}

/**
 * The credentials that Docker's client configuration holds for a registry, by Docker's rules: a helper named for the
 * registry, then the general helper, then `auths`. Undefined when there are none.
 * @throws GitOpsError when the configuration cannot be read, or the helper named for this registry fails
 */
export async function findCredential(registry: string, options: CredentialOptions): Promise<Credential | undefined> {
  const file = path.join(dockerConfigFolder(options.env), 'config.json')
  const config = await readConfig(file)
  if (!config) return undefined
  const named = [serverAddress(registry), ...serverNames(registry)]
    .map((name) => asString(at(config, 'credHelpers', name)))
    .find((name) => name !== undefined)
  if (named) return askHelper(named, registry, options)
  const general = named === undefined ? asString(config['credsStore']) : undefined
  if (general) {
    const credential = await askHelper(general, registry, options)
    if (credential) return credential
  }
  return fromAuths(config, registry, file)
}

async function readConfig(file: string): Promise<JsonObject | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new GitOpsError(`${file} cannot be read: ${messageOf(error)}`, { cause: error })
  }
  if (text.trim() === '') return undefined
  try {
    return asObject(parseJson(text))
  } catch {
    // The parser's own message quotes the text, which holds passwords.
    throw new GitOpsError(`${file} is not valid JSON.`, { hint: 'Log in again, for example with docker/login-action.' })
  }
}

function fromAuths(config: JsonObject, registry: string, source: string): Credential | undefined {
  const auths = Object.entries(asObject(config['auths']) ?? {})
  const exact = auths.filter(([key]) => key === serverAddress(registry))
  for (const [key, value] of [...exact, ...auths]) {
    if (!serverNames(registry).includes(hostOf(key))) continue
    const token = asString(at(value, 'identitytoken'))
    if (token) return { type: 'identity-token', token, source }
    const [username, password] = splitAuth(asString(at(value, 'auth')) ?? '')
    const found = {
      username: username || asString(at(value, 'username')),
      password: password || asString(at(value, 'password'))
    }
    if (found.username && found.password)
      return { type: 'password', username: found.username, password: found.password, source }
  }
  return undefined
}

function splitAuth(auth: string): [string, string] {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')]
}

/** The host of a key of `auths`: keys may carry a scheme and a path. */
function hostOf(key: string): string {
  return key
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .toLowerCase()
}

/** The names under which credentials for a registry are kept: Docker Hub has three. */
function serverNames(registry: string): string[] {
  return registry === 'docker.io' ? ['index.docker.io', 'docker.io', 'registry-1.docker.io'] : [registry]
}

/** The name that is asked for and stored under: Docker Hub's is the address of its first version. */
export function serverAddress(registry: string): string {
  return registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry
}

async function askHelper(
  name: string,
  registry: string,
  { exec, env }: CredentialOptions
): Promise<Credential | undefined> {
  const program = `docker-credential-${name}`
  if (!/^[\w.-]+$/.test(name)) throw new GitOpsError(`Docker's configuration names a credential helper "${name}".`)
  const result = await exec(program, ['get'], {
    env,
    input: serverAddress(registry),
    allowFailure: true,
    timeout: 60_000
  })
  if (result.code !== 0) {
    if (/credentials not found/i.test(result.stdout + result.stderr)) return undefined
    throw new GitOpsError(`${program} gives no credentials for ${registry}: exit code ${result.code}.`, {
      hint: `Run "echo ${registry} | ${program} get" on the runner to see why.`
    })
  }
  let answer: JsonObject | undefined
  try {
    answer = asObject(parseJson(result.stdout))
  } catch {
    throw new GitOpsError(`${program} did not answer with JSON for ${registry}.`)
  }
  const username = asString(answer?.['Username']) ?? ''
  const secret = asString(answer?.['Secret'])
  if (!secret) return undefined
  if (username === '<token>') return { type: 'identity-token', token: secret, source: program }
  return { type: 'password', username, password: secret, source: program }
}
