import { GitOpsError } from '../errors.ts'

/** A repository of a registry, as people write it and as its registry is asked for it. */
export interface Repository {
  /** As written: `ghcr.io/acme/web`, `acme/web`. */
  readonly name: string
  /** Registry as images name it: `ghcr.io`, `docker.io`, `127.0.0.1:5000`. */
  readonly registry: string
  /** Path inside the registry: `acme/web`, `library/busybox`. */
  readonly path: string
}

export interface Reference {
  readonly repository: Repository
  readonly tag?: string
  readonly digest?: string
}

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/

/**
 * Reads the name of a repository by the rules of the distribution specification; a first part that is no host name
 * means Docker Hub.
 * @throws GitOpsError that says which part is not allowed
 */
export function parseRepository(name: string): Repository {
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const hasHost = /[.:[]/.test(first) || first === 'localhost'
  const host = hasHost ? first : 'docker.io'
  const path = hasHost ? name.slice(slash + 1) : name
  const invalid = (why: string, hint: string) => new GitOpsError(`Repository "${name}" is not valid: ${why}.`, { hint })
  if (/^\w+:\/\//.test(name))
    throw invalid('it starts with a scheme', `Write it without: ${name.replace(/^\w+:\/\//, '')}`)
  if (/[A-Z]/.test(path))
    throw invalid('registries allow no capital letters', `Use "${hasHost ? `${first}/` : ''}${path.toLowerCase()}".`)
  if (/[:@]/.test(path))
    throw invalid('it carries a tag or a digest', 'Give the name alone; tags have an input of their own.')
  if (!HOST.test(host)) throw invalid(`"${host}" is no host name`, 'Use the form registry.example/owner/name.')
  if (!PATH.test(path) || path.length > 255)
    throw invalid(
      `"${path}" is no name of a repository`,
      'Use lower-case letters, digits and single . _ - between them, parts separated by /.'
    )
  if (host === 'docker.io' || host === 'index.docker.io' || host === 'registry-1.docker.io')
    return { name, registry: 'docker.io', path: path.includes('/') ? path : `library/${path}` }
  return { name, registry: host.toLowerCase(), path }
}

/** `repository[:tag][@sha256:…]`. */
export function parseReference(text: string): Reference {
  const [beforeDigest = '', digest] = text.split('@', 2)
  if (digest !== undefined && !DIGEST.test(digest))
    throw new GitOpsError(`Image "${text}" has a malformed digest.`, {
      hint: 'A digest is sha256: and 64 hexadecimal digits.'
    })
  const colon = beforeDigest.lastIndexOf(':')
  const hasTag = colon > beforeDigest.lastIndexOf('/')
  const repository = parseRepository(hasTag ? beforeDigest.slice(0, colon) : beforeDigest)
  return { repository, tag: hasTag ? checkTag(beforeDigest.slice(colon + 1)) : undefined, digest }
}

/** @throws GitOpsError for what cannot be a tag */
export function checkTag(tag: string): string {
  if (TAG.test(tag)) return tag
  throw new GitOpsError(`Tag "${tag}" is not valid.`, {
    hint: /[:/@]/.test(tag)
      ? 'Give the tag alone, without the repository.'
      : 'Use up to 128 letters, digits and . _ -, not starting with . or -.'
  })
}

/** True for `sha256:` and 64 lower-case hexadecimal digits. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text)
}

/** Where the registry's API answers: plain HTTP on loopback, as BuildKit and Docker do, HTTPS everywhere else. */
export function apiOf(registry: string): URL {
  if (registry === 'docker.io') return new URL('https://registry-1.docker.io')
  return new URL(`${isLoopback(registry) ? 'http' : 'https'}://${registry}`)
}

/** `localhost`, 127.0.0.0/8 and [::1], with or without a port. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '')
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name)
}
