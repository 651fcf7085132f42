import type { Provenance } from '../key.ts'
import type { SecretEnv, SecretFile } from '../options.ts'

export interface BuildxArguments {
  /** Absolute. */
  readonly context: string
  /** The Dockerfile, absolute. */
  readonly file: string
  /** Full references. */
  readonly tags: readonly string[]
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly secretEnvs: readonly SecretEnv[]
  /** Paths absolute. */
  readonly secretFiles: readonly SecretFile[]
  readonly target?: string
  readonly cacheFrom: readonly string[]
  readonly cacheTo: readonly string[]
  readonly push: boolean
  /** Undefined where the builder cannot make attestations: then none is asked for, and none refused. */
  readonly provenance?: Provenance
  readonly sbom: boolean
  readonly metadataFile: string
  readonly builder?: string
}

/** The arguments of `buildx build`. No secret value is among them: secrets are given by name of a variable or a file. */
export function buildxArguments(build: BuildxArguments): string[] {
  const each = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value])
  const pairs = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([k, v]) => `${k}=${v}`)
  return [
    'build',
    ...(build.builder === undefined ? [] : ['--builder', build.builder]),
    '--progress',
    'plain',
    '--file',
    build.file,
    ...each('--tag', build.tags),
    ...each('--platform', build.platforms.length > 0 ? [build.platforms.join(',')] : []),
    ...each('--build-arg', pairs(build.buildArgs)),
    ...each('--label', pairs(build.labels)),
    ...each(
      '--secret',
      build.secretEnvs.map(({ id, env }) => csv(['type=env', `id=${id}`, `env=${env}`]))
    ),
    ...each(
      '--secret',
      build.secretFiles.map(({ id, path }) => csv(['type=file', `id=${id}`, `src=${path}`]))
    ),
    ...(build.target === undefined ? [] : ['--target', build.target]),
    ...each('--cache-from', build.cacheFrom),
    ...each('--cache-to', build.cacheTo),
    ...(build.provenance === undefined ? [] : [`--provenance=${provenance(build.provenance)}`]),
    ...(build.sbom ? ['--sbom=true'] : []),
    ...(build.push ? ['--push'] : []),
    '--metadata-file',
    build.metadataFile,
    build.context
  ]
}

function provenance(value: Provenance): string {
  return value === 'none' ? 'false' : `mode=${value}`
}

/** A line of comma-separated values as buildx reads it (RFC 4180). */
export function csv(fields: readonly string[]): string {
  return fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')
}
