import type { Logger } from '../log.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { Location } from './content/content.ts'
import type { Provenance, Recipe } from './key.ts'

/** What an image is built from. Paths are relative to the workspace and stay inside it. */
export interface ImageSource {
  readonly workspace: string
  readonly context: string
  /** The Dockerfile; by default `Dockerfile` in the context. */
  readonly file?: string
  readonly target?: string
  readonly platforms?: readonly string[]
  readonly buildArgs?: Readonly<Record<string, string>>
  /** Labels of the image, beside those for source and revision, which are set anyway. */
  readonly labels?: Readonly<Record<string, string>>
  readonly secretEnvs?: readonly SecretEnv[]
  readonly secretFiles?: readonly SecretFile[]
  readonly provenance?: Provenance
  readonly sbom?: boolean
}

/** A build secret whose value is read from an environment variable: it never stands in argv. */
export interface SecretEnv {
  readonly id: string
  readonly env: string
}

export interface SecretFile {
  readonly id: string
  /** Relative to the workspace, or below `RUNNER_TEMP`. */
  readonly path: string
}

export interface KeyOptions extends ImageSource {
  /** Any commit that the clone holds; without it, the work tree as it stands. */
  readonly revision?: string
  readonly exec?: Exec
}

export interface BuildOptions extends ImageSource {
  /** `registry/owner/name`, without a tag. */
  readonly repository: string
  /** Further tags, beside the one of the content key. */
  readonly tags?: readonly string[]
  readonly cacheFrom?: readonly string[]
  readonly cacheTo?: readonly string[]
  /** Without pushing, the build is only tried: there is no digest that could be deployed. */
  readonly push?: boolean
  /** Take what the registry holds for the same content key instead of building. */
  readonly reuse?: boolean
  /** A builder that buildx knows; by default the one it has selected (`BUILDX_BUILDER`). */
  readonly builder?: string
  /** A BuildKit daemon to use instead, for example `tcp://buildkitd:1234`, for this build only. */
  readonly buildkitAddress?: string
  /** Credentials for the repository's registry; without them, those of Docker's client configuration. */
  readonly login?: { readonly username: string; readonly password: string }
  readonly log: Logger
  readonly exec?: Exec
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  /** Told every value that must not appear in the log, before it is first used. */
  readonly mask?: (secret: string) => void
  /** Told the image's names as soon as they are known, so that they are outputs even when the build fails. */
  readonly announce?: (names: ImageNames) => void
}

export interface ImageNames {
  /** `repository:tree-<key>`. */
  readonly image: string
  /** All tags as full references, that of the key first. */
  readonly tags: readonly string[]
}

export const DEFAULT_PROVENANCE: Provenance = 'min'

export function locationOf(source: ImageSource): Location {
  return { workspace: source.workspace, context: source.context, file: source.file }
}

export function recipeOf(source: ImageSource): Recipe {
  return {
    target: source.target,
    platforms: source.platforms ?? [],
    buildArgs: source.buildArgs ?? {},
    labels: source.labels ?? {},
    secrets: [...(source.secretEnvs ?? []), ...(source.secretFiles ?? [])].map(({ id }) => id),
    provenance: source.provenance ?? DEFAULT_PROVENANCE,
    sbom: source.sbom ?? false
  }
}
