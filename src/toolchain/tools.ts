import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { GitOpsError, messageOf } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Exec } from './exec.ts'
import { RELEASES, type ToolName } from './releases.ts'

export type { ToolName } from './releases.ts'

export interface FindToolOptions {
  readonly exec: Exec
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
}

const found = new Map<string, Promise<string>>()

/**
 * The absolute path of a program: the one on the PATH if it is new enough, else the pinned release, downloaded into the
 * runner's tool cache and checked. Looked up once per process.
 * @throws GitOpsError when it is neither there nor can be had
 */
export function findTool(name: ToolName, options: FindToolOptions): Promise<string> {
  const key = `${name}\n${(options.env ?? process.env)['PATH'] ?? ''}`
  const known = found.get(key)
  if (known) return known
  const search = findNow(name, options)
  found.set(key, search)
  search.catch(() => found.delete(key))
  return search
}

async function findNow(name: ToolName, options: FindToolOptions): Promise<string> {
  const release = RELEASES[name]
  const env = options.env ?? process.env
  const program = await findOnPath(name, env)
  let problem: string | undefined
  if (program !== undefined) {
    const version = await versionOf(program, name, options)
    if (version !== undefined && !isOlder(version, release.oldest)) {
      options.log.debug(`${name} ${version}: ${program}`)
      return program
    }
    problem =
      version === undefined
        ? `${program} does not say its version`
        : `${program} is ${version}, and ${release.oldest} or newer is needed`
    options.log.warning(`${problem}: taking ${name} ${release.version} instead.`)
  }
  try {
    // Loaded here, since most runs find what they need.
    const { downloadTool } = await import('./download.ts')
    return await downloadTool(name, { log: options.log, env })
  } catch (error) {
    if (!(error instanceof GitOpsError)) throw error
    const before = problem ?? `${name} is not on the PATH`
    throw new GitOpsError(`${before}, and ${error.message}`, { hint: error.hint, cause: error })
  }
}

/** Whether a program of that name is on the PATH. */
export async function isOnPath(name: ToolName, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  return (await findOnPath(name, env)) !== undefined
}

/** The first program of the right name. Docker keeps buildx among its plugins. */
async function findOnPath(name: ToolName, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const directories = (env['PATH'] ?? '').split(path.delimiter).filter((directory) => path.isAbsolute(directory))
  const places = directories.flatMap((directory) =>
    RELEASES[name].commands.map((command) => path.join(directory, command))
  )
  if (name === 'buildx') {
    const plugins = [
      path.join(env['DOCKER_CONFIG'] || path.join(env['HOME'] || homedir(), '.docker'), 'cli-plugins'),
      ...['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map(
        (base) => `${base}/docker/cli-plugins`
      )
    ]
    places.push(...plugins.map((directory) => path.join(directory, 'docker-buildx')))
  }
  for (const place of places) if (await isProgram(place)) return place
  return undefined
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

async function versionOf(program: string, name: ToolName, options: FindToolOptions): Promise<string | undefined> {
  try {
    const { stdout } = await options.exec(program, RELEASES[name].versionArguments, {
      timeout: 20_000,
      ...(options.signal ? { signal: options.signal } : {})
    })
    return /v?(\d+\.\d+(?:\.\d+)?)/.exec(
      name === 'kubectl' ? (/"gitVersion":\s*"([^"]+)"/.exec(stdout)?.[1] ?? '') : stdout
    )?.[1]
  } catch (error) {
    options.signal?.throwIfAborted()
    options.log.debug(`${program}: ${messageOf(error)}`)
    return undefined
  }
}

function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number))
  for (let part = 0; part < 3; part++) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
