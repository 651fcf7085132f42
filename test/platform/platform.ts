import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { allOf } from './all-of.ts'
import { BASE_IMAGE, buildBaseImage, pushImage } from './base-image.ts'
import { type Binary, ensure } from './binaries.ts'
import { findIsolation, startBuildKit } from './buildkit.ts'
import { startControlPlane } from './control-plane.ts'
import { dockerCommand } from './docker.ts'
import { startGitHubDouble } from './github/index.ts'
import { CONTEXT } from './kubeconfig.ts'
import { startKwok } from './kwok.ts'
import { type BasicAuth, startRegistry } from './registry.ts'
import type { RunFolder } from './run-folder.ts'

const BINARIES = [
  'kube',
  'kwok',
  'registry',
  'buildkitd',
  'buildctl',
  'buildx',
  'runc',
  'busybox',
  'kubectl',
  'helm',
  'node',
  'act',
  'actionlint',
  'zizmor'
] as const satisfies readonly Binary[]

/** Programs that are put on the PATH of tests and workflows. */
const ON_PATH = ['kubectl', 'helm', 'node', 'buildx', 'buildctl', 'act', 'actionlint', 'zizmor', 'runc'] as const

/** How to reach a running platform. Plain data: it crosses process boundaries as JSON. */
export interface PlatformInfo {
  /** Administrator of the cluster, by token. */
  readonly kubeconfig: string
  /** The same, by client certificate. */
  readonly certificateKubeconfig: string
  readonly context: string
  readonly server: string
  readonly authorityFile: string
  readonly token: string
  /** `127.0.0.1:PORT`, plain HTTP, no credentials; holds the base image library/busybox:1.36. */
  readonly registry: string
  /** The same behind basic authentication. */
  readonly secureRegistry: { readonly address: string } & BasicAuth
  /** For buildx's remote driver. */
  readonly buildkit: string
  /** The double of GitHub's API. */
  readonly github: { readonly apiUrl: string; readonly token: string; readonly repository: string }
  readonly bin: Readonly<Record<(typeof ON_PATH)[number] | 'docker', string>>
  /** A PATH with these programs first. */
  readonly path: string
  /** Temp folder of the run; removed at its end. */
  readonly directory: string
  readonly pid: number
}

export interface RunningPlatform {
  readonly info: PlatformInfo
  /** Stops everything; the folder goes with `RunFolder.close()`. */
  stop(): Promise<void>
}

/**
 * Builds or fetches what is missing, then starts every component in `run`.
 * @throws SetupError or GitOpsError that says what is missing or which component failed and why
 */
export async function startPlatform(run: RunFolder): Promise<RunningPlatform> {
  const isolation = await findIsolation() // before anything is built: this may be the wrong user
  const bin = await ensure(BINARIES)
  const secureAuth: BasicAuth = { username: 'ci', password: 'registry-password' }
  const cluster = async () => {
    const plane = await startControlPlane(bin.kube, run)
    return { plane, kwok: await startKwok(bin.kwok, plane, run) }
  }
  const images = async () => {
    const directory = path.join(run.directory, 'base-image')
    await mkdir(directory)
    const [plain, secure, base] = await allOf([
      startRegistry(bin.registry, run, { name: 'registry' }),
      startRegistry(bin.registry, run, { name: 'secure-registry', auth: secureAuth }),
      buildBaseImage(bin.busybox, directory)
    ])
    await Promise.all([
      pushImage(base, { address: plain.address, ...BASE_IMAGE }),
      pushImage(base, { address: secure.address, ...BASE_IMAGE, auth: secureAuth })
    ])
    const buildkit = await startBuildKit(bin, run, { mirror: plain.address, others: [secure.address] }, isolation)
    return { plain, secure, buildkit }
  }
  const [{ plane }, { plain, secure, buildkit }, github, docker] = await allOf([
    cluster(),
    images(),
    startGitHubDouble({ directory: run.directory }),
    dockerCommand(run, bin.buildx)
  ])
  const programs = { ...bin, docker }
  const toolDirectory = await linkPrograms(run, { ...pick(programs, ON_PATH), docker })
  const info: PlatformInfo = {
    kubeconfig: plane.kubeconfig,
    certificateKubeconfig: plane.certificateKubeconfig,
    context: CONTEXT,
    server: plane.server,
    authorityFile: plane.authorityFile,
    token: plane.token,
    registry: plain.address,
    secureRegistry: { address: secure.address, ...secureAuth },
    buildkit: buildkit.address,
    github: { apiUrl: github.url, token: github.token, repository: github.repository },
    bin: { ...pick(programs, ON_PATH), docker },
    path: `${toolDirectory}${path.delimiter}${process.env['PATH'] ?? ''}`,
    directory: run.directory,
    pid: process.pid
  }
  await writeFile(path.join(run.directory, 'platform.json'), JSON.stringify(info, null, 2), { mode: 0o600 })
  return {
    info,
    async stop() {
      await Promise.all([plane.stop(), buildkit.component.stop(), github.close()])
    }
  }
}

function pick<K extends string>(from: Readonly<Record<K, string>>, names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Record<K, string>
}

async function linkPrograms(run: RunFolder, programs: Readonly<Record<string, string>>): Promise<string> {
  const directory = path.join(run.directory, 'bin')
  await mkdir(directory, { recursive: true })
  await Promise.all(Object.entries(programs).map(([name, file]) => symlink(file, path.join(directory, name))))
  return directory
}
