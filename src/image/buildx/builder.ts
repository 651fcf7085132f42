import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { Exec, ExecResult } from '../../toolchain/exec.ts'

/** How buildx is started on this machine: by itself, or as a plugin of docker. */
export interface Buildx {
  readonly command: readonly string[]
  run(args: readonly string[], options?: Parameters<Exec>[2]): Promise<ExecResult>
}

/** The builder that a build runs on. */
export interface Builder extends AsyncDisposable {
  readonly name: string | undefined
  /** `remote`, `docker-container`, `kubernetes`; `docker` is the engine's own, which can do less. */
  readonly driver: string
  /** Variables that make buildx find it. */
  readonly env: Readonly<Record<string, string>>
}

const CANDIDATES = [['buildx'], ['docker-buildx'], ['docker', 'buildx']]

/**
 * Finds buildx on the PATH: standalone, or as a plugin of docker.
 * @throws GitOpsError when there is none
 */
export async function findBuildx(exec: Exec, env: NodeJS.ProcessEnv): Promise<Buildx> {
  for (const command of CANDIDATES) {
    const [file = '', ...prefix] = command
    const run: Buildx['run'] = (args, options = {}) =>
      exec(file, [...prefix, ...args], { ...options, env: { ...env, ...options.env } })
    const answer = await run(['version'], { allowFailure: true }).catch(() => undefined)
    if (answer?.code === 0 && /buildx/.test(answer.stdout)) return { command, run }
  }
  throw new GitOpsError(
    'buildx is not installed on this runner (looked for buildx, docker-buildx and docker buildx).',
    {
      hint: 'GitHub-hosted runners have it. Elsewhere, install the docker-buildx-plugin package or run docker/setup-buildx-action before.'
    }
  )
}

export interface BuilderOptions {
  readonly builder?: string
  readonly buildkitAddress?: string
  readonly log: Logger
  readonly temporary: string
}

/**
 * The builder to use: a temporary one for a BuildKit address, which is gone when it is disposed of; else the named
 * one, else what buildx has selected.
 * @throws GitOpsError when it does not exist or does not answer
 */
export async function openBuilder(buildx: Buildx, options: BuilderOptions): Promise<Builder> {
  const { builder, buildkitAddress } = options
  if (buildkitAddress !== undefined) return connectBuildkit(buildx, buildkitAddress, options.temporary)
  const answer = await buildx.run(['inspect', ...(builder === undefined ? [] : [builder])], { allowFailure: true })
  const driver = /^Driver:[ \t]*(\S*)/m.exec(answer.stdout)?.[1] ?? ''
  const error = /^Error:\s*(.+)$/m.exec(answer.stdout)?.[1] ?? /^ERROR:\s*(.+)$/m.exec(answer.stderr)?.[1]
  if (answer.code !== 0 || driver === '')
    throw new GitOpsError(
      `${builder === undefined ? 'The selected builder' : `Builder "${builder}"`} cannot be used: ${error ?? `exit code ${answer.code}`}.`,
      {
        hint: 'Start the Docker engine, create a builder (docker/setup-buildx-action), or give the address of a BuildKit daemon with the input "buildkit-address".'
      }
    )
  return { name: builder, driver, env: {}, async [Symbol.asyncDispose]() {} }
}

async function connectBuildkit(buildx: Buildx, address: string, temporary: string): Promise<Builder> {
  if (!/^[a-z-]+:\/\/\S+$/.test(address))
    throw new GitOpsError(`BuildKit address "${address}" is not valid.`, {
      hint: 'Use unix:///path/to/buildkitd.sock, tcp://host:port, docker-container://name or kube-pod://name.'
    })
  // A configuration of its own: the runner's builders and its selection stay as they are.
  const folder = await mkdtemp(path.join(temporary, 'buildx-'))
  const env = { BUILDX_CONFIG: folder }
  const name = 'gitops-actions'
  const dispose = () => rm(folder, { recursive: true, force: true })
  try {
    await checkListens(address)
    await buildx.run(['create', '--name', name, '--driver', 'remote', '--bootstrap', address], { env })
  } catch (error) {
    await dispose()
    throw new GitOpsError(`BuildKit at ${address} cannot be reached: ${reasonOf(error)}.`, {
      hint: 'Check the address, and that buildkitd listens there.',
      cause: error
    })
  }
  return { name, driver: 'remote', env, [Symbol.asyncDispose]: dispose }
}

/** Knocks at a socket before buildx does, which would try for 20 s and then name no reason. */
function checkListens(address: string): Promise<void> {
  const url = new URL(address)
  if (url.protocol !== 'unix:' && url.protocol !== 'tcp:') return Promise.resolve()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket =
    url.protocol === 'unix:'
      ? connect({ path: decodeURIComponent(url.pathname) })
      : connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 1234 })
  socket.setTimeout(10_000, () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
  socket.on('error', reject)
  socket.on('connect', () => resolve(void socket.destroy()))
  return promise
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such socket',
  EACCES: 'this user may not open the socket',
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known (DNS)',
  ETIMEDOUT: 'it does not answer'
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const last =
    messageOf(error)
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^ERROR: /, '') ?? ''
  return REASONS[code] ?? (last === 'context deadline exceeded' ? 'it does not answer' : last)
}

/** Where temporary files go: the runner clears its own folder even after a job that was killed. */
export function temporaryFolder(env: NodeJS.ProcessEnv): string {
  return env['RUNNER_TEMP'] || os.tmpdir()
}
