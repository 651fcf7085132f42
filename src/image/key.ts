import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import path from 'node:path'
import { GitOpsError } from '../errors.ts'
import { canonicalJson } from '../json.ts'
import type { Exec } from '../toolchain/exec.ts'
import { readCommit, readCommitOf } from './content/commit.ts'
import type { BuildContent, Location } from './content/content.ts'
import type { Checkout } from './content/git.ts'
import { readWorktree } from './content/worktree.ts'

/** Everything beside the files that decides what a build gives. */
export interface Recipe {
  readonly target?: string
  /** `os/architecture[/variant]`; empty means that of this machine. */
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  /** Names of the secrets the build may read. Their values are in no key: a hash of them would be a hint at them. */
  readonly secrets: readonly string[]
  readonly provenance: Provenance
  readonly sbom: boolean
}

/** The attestation about how an image was built that goes with it: none, or as much as the word says. */
export type Provenance = 'none' | 'min' | 'max'

export interface ContentKeyOptions {
  readonly location: Location
  readonly recipe: Recipe
  /** Any commit that the clone holds; without it, the work tree as it stands. */
  readonly revision?: string
  readonly exec: Exec
}

export interface Content {
  /** 40 lower-case hexadecimal digits. */
  readonly key: string
  readonly content: BuildContent
  /** Paths in which the work tree differs from its commit, so that no commit gives this key. Sorted. */
  readonly uncommitted: readonly string[]
}

/**
 * The content key of an image: equal for equal files of the context (ignored ones left out), Dockerfile and recipe,
 * wherever they lie and whenever they were checked out. Git alone decides, so that it can be computed for any commit.
 * Not covered: what the build fetches from elsewhere by a name that can change (`floatingSources`).
 * @returns 40 lower-case hexadecimal digits
 */
export async function contentKey(options: ContentKeyOptions): Promise<string> {
  return (await readContent(options)).key
}

/** The content key with what it was made of. */
export async function readContent(options: ContentKeyOptions): Promise<Content> {
  const { exec, location, recipe, revision } = options
  if (revision !== undefined) {
    const content = await readCommit(exec, location, revision)
    return { key: keyOf(content, recipe), content, uncommitted: [] }
  }
  const { checkout, ...content } = await readWorktree(exec, location)
  const uncommitted = checkout ? await differences(checkout, location, content) : []
  return { key: keyOf(content, recipe), content, uncommitted }
}

/** The tag under which an image of this content is found in its repository. */
export function tagOf(key: string): string {
  return `tree-${key}`
}

function keyOf(content: BuildContent, recipe: Recipe): string {
  const text = canonicalJson({
    version: 1,
    dockerfile: content.dockerfile.id,
    entries: content.entries.map((entry) => [entry.mode, entry.id, entry.path]),
    target: recipe.target ?? '',
    platforms: normalizePlatforms(recipe.platforms),
    buildArgs: { ...recipe.buildArgs },
    labels: { ...recipe.labels },
    secrets: [...recipe.secrets].sort(),
    provenance: recipe.provenance,
    sbom: recipe.sbom
  })
  // 160 bits, as Git's own names of things; the tag stays readable.
  return createHash('sha256').update(text).digest('hex').slice(0, 40)
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', x86_64: 'amd64', aarch64: 'arm64', ia32: '386' }

/**
 * Sorted, each once, in the words of Go. None given means this machine's: an image for another architecture must not
 * be found under the same key.
 */
export function normalizePlatforms(platforms: readonly string[]): string[] {
  const given = platforms.length > 0 ? platforms : [`linux/${process.arch}`]
  const normal = given.map((platform) => {
    const [os = '', architecture = '', variant] = platform.toLowerCase().split('/')
    const known = ARCHITECTURES[architecture] ?? architecture
    const isDefaultVariant = variant === undefined || (known === 'arm64' && variant === 'v8')
    return isDefaultVariant ? `${os}/${known}` : `${os}/${known}/${variant}`
  })
  return [...new Set(normal)].sort()
}

async function differences(checkout: Checkout, location: Location, content: BuildContent): Promise<string[]> {
  const dockerfile = path.resolve(realpathSync(location.workspace), content.dockerfile.path)
  // A Dockerfile of another repository is in no commit of this one.
  if (!dockerfile.startsWith(`${checkout.topLevel}/`)) return [content.dockerfile.path]
  const committed = await committedContent(checkout, location)
  const before = new Map(committed?.entries.map(({ path: name, mode, id }) => [name, `${mode} ${id}`]))
  const after = new Map(content.entries.map(({ path: name, mode, id }) => [name, `${mode} ${id}`]))
  const paths = [...before.keys(), ...after.keys()].filter((name) => before.get(name) !== after.get(name))
  if (committed?.dockerfile.id !== content.dockerfile.id) paths.push(content.dockerfile.path)
  return [...new Set(paths)].sort()
}

async function committedContent(checkout: Checkout, location: Location): Promise<BuildContent | undefined> {
  if (checkout.head === undefined) return undefined
  try {
    return await readCommitOf(checkout, location, checkout.head)
  } catch (error) {
    // The context or the Dockerfile is not committed yet: then nothing of it is.
    if (error instanceof GitOpsError) return undefined
    throw error
  }
}
