import { GitOpsError } from '../../errors.ts'
import { asNumber, asString, at, parseJson } from '../../json.ts'
import { isLoopback, type Repository } from '../reference.ts'
import { type Credential, type CredentialOptions, dockerConfigFolder, findCredential } from './credentials.ts'
import type { Http, HttpRequest, HttpResponse } from './http.ts'

export type Access = 'pull' | 'pull,push'

/**
 * Answers a registry's challenges: basic, or bearer tokens of the token server it names. Credentials go nowhere
 * before they are asked for, and tokens are kept as long as they are valid.
 */
export class Authorizer {
  readonly #http: Http
  readonly #options: CredentialOptions
  readonly #headers = new Map<string, { header: string; until: number }>()
  readonly #credentials = new Map<string, Promise<Credential | undefined>>()

  constructor(http: Http, options: CredentialOptions) {
    this.#http = http
    this.#options = options
  }

  /**
   * Sends a request for a repository with what the registry asks for.
   * @throws GitOpsError when the registry denies access; other answers are returned
   */
  async send(request: HttpRequest, repository: Repository, access: Access): Promise<HttpResponse> {
    const key = `${repository.registry} ${repository.path} ${access}`
    const known = this.#headers.get(key)
    const usable = known && known.until > Date.now() ? known.header : undefined
    let response = await this.#http(withAuthorization(request, usable))
    if (response.status === 401) {
      response.drain()
      const header = await this.#answer(challengesOf(response), repository, access, key)
      response = await this.#http(withAuthorization(request, header))
    }
    if (response.status === 401 || response.status === 403) {
      response.drain()
      throw await this.#denied(response.status, repository, access)
    }
    return response
  }

  async #answer(
    challenges: readonly Challenge[],
    repository: Repository,
    access: Access,
    key: string
  ): Promise<string | undefined> {
    const bearer = challenges.find((challenge) => challenge.scheme === 'bearer')
    const credential = await this.#credential(repository.registry)
    if (bearer) {
      const token = await this.#token(bearer, credential, repository, access)
      this.#headers.set(key, { header: `Bearer ${token.value}`, until: Date.now() + (token.seconds - 10) * 1000 })
      return `Bearer ${token.value}`
    }
    const asksBasic = challenges.some((challenge) => challenge.scheme === 'basic')
    if (!asksBasic || credential?.type !== 'password') throw await this.#denied(401, repository, access)
    const header = basic(credential)
    this.#headers.set(key, { header, until: Number.POSITIVE_INFINITY })
    return header
  }

  async #token(
    challenge: Challenge,
    credential: Credential | undefined,
    repository: Repository,
    access: Access
  ): Promise<{ value: string; seconds: number }> {
    const { registry } = repository
    const realm = challenge.parameters.get('realm') ?? ''
    if (!URL.canParse(realm)) throw new GitOpsError(`Registry ${registry} names no token server ("${realm}").`)
    const url = new URL(realm)
    // A registry in plain text on loopback may have its token server there, too; nothing else gets a password unencrypted.
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.host)))
      throw new GitOpsError(
        `Registry ${registry} names a token server without encryption (${url.host}); that is refused.`
      )
    const parameters = new URLSearchParams({ scope: `repository:${repository.path}:${access}` })
    const service = challenge.parameters.get('service')
    if (service) parameters.set('service', service)
    const response = await this.#http(tokenRequest(url, parameters, credential))
    if (response.status === 401 || response.status === 403 || response.status === 400) {
      response.drain()
      throw await this.#denied(response.status, repository, access)
    }
    const text = (await response.read(1 << 20)).toString('utf8')
    const value = response.status === 200 ? tokenOf(text) : undefined
    if (!value)
      throw new GitOpsError(
        `The token server ${url.host} of registry ${registry} gave no token (HTTP ${response.status}).`
      )
    return value
  }

  #credential(registry: string): Promise<Credential | undefined> {
    let credential = this.#credentials.get(registry)
    if (!credential) {
      credential = findCredential(registry, this.#options)
      this.#credentials.set(registry, credential)
    }
    return credential
  }

  async #denied(status: number, repository: Repository, access: Access): Promise<GitOpsError> {
    const { name, registry } = repository
    const credential = await this.#credential(registry)
    const verb = access === 'pull' ? 'reading' : 'pushing to'
    if (!credential)
      return new GitOpsError(
        `Registry ${registry} asks for credentials for ${verb} ${name}, and none are configured (looked in ${dockerConfigFolder(this.#options.env)}/config.json).`,
        { hint: `Give the inputs registry-username and registry-password, or log in to ${registry} in a step before.` }
      )
    if (status === 403)
      return new GitOpsError(
        `Registry ${registry} does not allow ${verb} ${name} with the credentials from ${credential.source}.`,
        {
          hint: 'Check the name of the repository and the rights of the account (ghcr.io with github.token: "permissions: packages: write").'
        }
      )
    return new GitOpsError(
      `Registry ${registry} refuses the credentials from ${credential.source} for ${verb} ${name}.`,
      {
        hint: 'Check user name and password: they may be wrong or expired, or lack the right for this repository (ghcr.io with github.token: "permissions: packages: write").'
      }
    )
  }
}

function withAuthorization(request: HttpRequest, authorization: string | undefined): HttpRequest {
  return authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } }
}

function basic(credential: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`
}

/** https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/ for identity tokens. */
function tokenRequest(url: URL, parameters: URLSearchParams, credential: Credential | undefined): HttpRequest {
  if (credential?.type === 'identity-token') {
    parameters.set('grant_type', 'refresh_token')
    parameters.set('client_id', 'gitops-actions')
    parameters.set('refresh_token', credential.token)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { method: 'POST', url, headers, body: Buffer.from(parameters.toString()) }
  }
  const address = new URL(url)
  for (const [name, value] of parameters) address.searchParams.set(name, value)
  return { method: 'GET', url: address, headers: credential ? { authorization: basic(credential) } : {} }
}

function tokenOf(text: string): { value: string; seconds: number } | undefined {
  try {
    const answer = parseJson(text)
    const value = asString(at(answer, 'token')) || asString(at(answer, 'access_token'))
    return value ? { value, seconds: asNumber(at(answer, 'expires_in')) ?? 60 } : undefined
  } catch {
    return undefined
  }
}

interface Challenge {
  readonly scheme: string
  readonly parameters: ReadonlyMap<string, string>
}

/** The challenges of a `WWW-Authenticate` header (RFC 9110 §11.6.1), as registries write them. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  for (const [, name, quoted, bare, scheme] of header.matchAll(
    /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][\w-]*)(?=\s|,|$)/g
  )) {
    if (scheme) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() })
    else if (name) challenges.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '')
  }
  return challenges
}

function challengesOf(response: HttpResponse): Challenge[] {
  return parseChallenges(response.headers['www-authenticate'] ?? '')
}
