import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { GitOpsError } from '../../errors.ts'
import { asList, asString, at, parseJson } from '../../json.ts'
import type { Logger } from '../../log.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { apiOf, isDigest, type Repository } from '../reference.ts'
import { type Access, Authorizer } from './auth.ts'
import { createHttp, type Http, type HttpRequest, type HttpResponse } from './http.ts'

/** A manifest or index as its registry holds it, byte for byte. */
export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly body: Buffer
}

export interface RegistryOptions {
  readonly exec: Exec
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  readonly http?: Http
}

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json'
].join(', ')

/**
 * What the suite needs of the OCI distribution API. Errors are `GitOpsError`s that name registry and repository and
 * never hold a credential; "not there" is no error but `undefined`.
 */
export class Registry {
  readonly #authorizer: Authorizer

  constructor(options: RegistryOptions) {
    const env = options.env ?? process.env
    const http = options.http ?? createHttp({ log: options.log, env })
    this.#authorizer = new Authorizer(http, { env, exec: options.exec })
  }

  /** The digest that a tag, or a digest, stands for; that of the index where there are several platforms. */
  async digestOf(repository: Repository, reference: string): Promise<string | undefined> {
    const response = await this.#manifestRequest('HEAD', repository, reference, 'pull')
    response.drain()
    if (response.status === 404) return undefined
    const digest = response.headers['docker-content-digest']
    // 405 and a missing header: registries that know no HEAD, or leave the digest to the client.
    if (response.status === 200 && typeof digest === 'string' && isDigest(digest)) return digest
    return (await this.manifest(repository, reference))?.digest
  }

  async manifest(repository: Repository, reference: string): Promise<Manifest | undefined> {
    const response = await this.#manifestRequest('GET', repository, reference, 'pull')
    const body = await response.read()
    if (response.status === 404) return undefined
    if (response.status !== 200) throw unexpected(response, repository, 'reading', body)
    const digest = sha256(body)
    if (isDigest(reference) && digest !== reference)
      throw new GitOpsError(
        `Registry ${repository.registry} answers ${reference} of ${repository.name} with other content (${digest}).`
      )
    const mediaType = asString(at(json(body), 'mediaType')) ?? response.headers['content-type'] ?? ''
    return { digest, mediaType, body }
  }

  /** Puts a tag on a manifest that the repository holds already. */
  async tag(repository: Repository, tag: string, manifest: Manifest): Promise<void> {
    const request = {
      method: 'PUT' as const,
      url: endpoint(repository, `manifests/${tag}`),
      headers: { 'content-type': manifest.mediaType },
      body: manifest.body
    }
    const response = await this.#authorizer.send(request, repository, 'pull,push')
    const body = await response.read()
    if (response.status !== 201 && response.status !== 200)
      throw unexpected(response, repository, `tagging ${tag} in`, body)
  }

  /**
   * Asks whether pushing is allowed, by starting an upload and dropping it: a build of minutes should not end in
   * "denied".
   * @throws GitOpsError when it is not
   */
  async checkPush(repository: Repository): Promise<void> {
    const request = { method: 'POST' as const, url: endpoint(repository, 'blobs/uploads/') }
    const response = await this.#authorizer.send(request, repository, 'pull,push')
    const body = await response.read()
    // Some registries make the repository only when the first image is pushed by a client that asked for it: 404 says nothing.
    if (response.status >= 400 && response.status !== 404) throw unexpected(response, repository, 'pushing to', body)
    const location = response.headers.location
    if (response.status !== 202 || location === undefined) return
    const url = new URL(location, response.url)
    if (url.origin !== response.url.origin) return
    const dropped = await this.#authorizer
      .send({ method: 'DELETE', url }, repository, 'pull,push')
      .catch(() => undefined)
    dropped?.drain()
  }

  /** The content of a layer or configuration as it arrives; the caller checks it against the digest. */
  async blob(repository: Repository, digest: string): Promise<Readable> {
    const response = await this.#authorizer.send(
      { method: 'GET', url: endpoint(repository, `blobs/${digest}`) },
      repository,
      'pull'
    )
    if (response.status === 200) return response.stream
    throw unexpected(response, repository, `reading ${digest} of`, await response.read())
  }

  #manifestRequest(
    method: 'GET' | 'HEAD',
    repository: Repository,
    reference: string,
    access: Access
  ): Promise<HttpResponse> {
    const request: HttpRequest = {
      method,
      url: endpoint(repository, `manifests/${reference}`),
      headers: { accept: MANIFESTS }
    }
    return this.#authorizer.send(request, repository, access)
  }
}

/** `sha256:…` of some bytes. */
export function sha256(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

function endpoint(repository: Repository, rest: string): URL {
  return new URL(`/v2/${repository.path}/${rest}`, apiOf(repository.registry))
}

function json(body: Buffer): unknown {
  try {
    return parseJson(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The registry's own words, bounded: they are untrusted text. */
function unexpected(response: HttpResponse, repository: Repository, verb: string, body: Buffer): GitOpsError {
  const first = asList(at(json(body), 'errors'))?.[0]
  const reason = [asString(at(first, 'code')), asString(at(first, 'message'))].filter(Boolean).join(': ').slice(0, 300)
  return new GitOpsError(
    `Registry ${repository.registry} answered HTTP ${response.status} to ${verb} ${repository.name}${reason ? ` (${reason})` : ''}.`,
    response.status === 429
      ? { hint: 'The registry limits requests: log in for a higher limit, or try again later.' }
      : {}
  )
}
