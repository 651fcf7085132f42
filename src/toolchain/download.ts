import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import * as toolCache from '@actions/tool-cache'
import { GitOpsError, messageOf } from '../errors.ts'
import type { Logger } from '../log.ts'
import { type Platform, RELEASES, type Release, type ToolName } from './releases.ts'

/** A mirror to download from instead: `<base>/<host>/<path>` for every `https://<host>/<path>`. */
export const DOWNLOAD_BASE = 'GITOPS_ACTIONS_DOWNLOAD_BASE'

export interface DownloadOptions {
  readonly log: Logger
  readonly env: NodeJS.ProcessEnv
  /** Default: the pinned one. */
  readonly release?: Release
}

/**
 * The pinned release of a tool from the runner's tool cache, downloaded into it if it is not there yet. The download is
 * checked by SHA-256 before anything of it is unpacked or run.
 * @throws GitOpsError when this platform has none, the download fails, or it is not what was released
 */
export async function downloadTool(name: ToolName, options: DownloadOptions): Promise<string> {
  return downloadRelease(name, options.release ?? RELEASES[name], options)
}

/** The same for a release that is not pinned: it is checked against the file beside it. */
export async function downloadRelease(
  name: string,
  release: Release,
  { log, env }: Pick<DownloadOptions, 'log' | 'env'>
): Promise<string> {
  const platform = platformOf(name)
  await prepareCache()
  const cached = toolCache.find(name, release.version, platform)
  if (cached !== '') return path.join(cached, name)
  const url = mirrored(release.url(platform), env)
  log.info(`Downloading ${name} ${release.version} from ${url}`)
  const file = await fetchFile(name, url)
  try {
    await verify(`${name} ${release.version}`, file, url, await expectedChecksum(name, release, platform, env))
    const program = release.member ? await unpack(file, url, release.member(platform)) : file
    await chmod(program, 0o755)
    const cachedIn = await toolCache.cacheFile(program, name, name, release.version, platform)
    if (program !== file) await rm(program, { force: true })
    return path.join(cachedIn, name)
  } finally {
    await rm(file, { force: true })
  }
}

function platformOf(name: string): Platform {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string] as 'amd64' | 'arm64' | undefined
  if ((process.platform !== 'linux' && process.platform !== 'darwin') || architecture === undefined)
    throw new GitOpsError(`there is no download of ${name} for ${process.platform} ${process.arch}.`, {
      hint: `Install ${name} on the runner.`
    })
  return `${process.platform}-${architecture}`
}

/** Outside of a runner, the tool cache is the user's own. */
async function prepareCache(): Promise<void> {
  const cacheHome = process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache')
  process.env['RUNNER_TOOL_CACHE'] ||= path.join(cacheHome, 'gitops-actions', 'tools')
  process.env['RUNNER_TEMP'] ||= tmpdir()
  await mkdir(process.env['RUNNER_TOOL_CACHE'], { recursive: true })
}

function mirrored(url: string, env: NodeJS.ProcessEnv): string {
  const base = env[DOWNLOAD_BASE]?.trim()
  if (!base) return url
  if (!/^https:\/\//.test(base) && !/^http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?(?:\/|$)/.test(base))
    throw new GitOpsError(`${DOWNLOAD_BASE} is "${base}", and must be an https:// address.`)
  return `${base.replace(/\/+$/, '')}/${url.slice('https://'.length)}`
}

async function fetchFile(name: string, url: string): Promise<string> {
  try {
    return await toolCache.downloadTool(url)
  } catch (error) {
    throw new GitOpsError(`${name} could not be downloaded from ${url}: ${messageOf(error)}.`, {
      hint: `Install ${name} on the runner, make the address reachable, or name a mirror in ${DOWNLOAD_BASE}.`,
      cause: error
    })
  }
}

async function expectedChecksum(
  name: string,
  release: Release,
  platform: Platform,
  env: NodeJS.ProcessEnv
): Promise<string> {
  const pinned = release.sha256[platform]
  if (pinned !== undefined) return pinned
  const url = mirrored(release.checksumUrl(platform), env)
  const file = await fetchFile(name, url)
  const text = await readFile(file, 'utf8').finally(() => rm(file, { force: true }))
  const published = checksumIn(text, decodeURIComponent(path.posix.basename(new URL(release.url(platform)).pathname)))
  if (published === undefined)
    throw new GitOpsError(`${url} says no checksum of ${name} ${release.version} for ${platform}.`, {
      hint: `Install ${name} on the runner.`
    })
  return published
}

/** The checksum of a file in `<hash>`, or in lines of `<hash>  <file>` or `<hash> *<file>`. */
export function checksumIn(text: string, file: string): string | undefined {
  const lines = text.split('\n').map((line) => /^([0-9a-f]{64})(?:\s+\*?(?:\.\/)?(\S+))?\s*$/i.exec(line.trim()))
  const found =
    lines.find((line) => line?.[2] === file) ??
    (lines.length <= 2 && lines[0]?.[2] === undefined ? lines[0] : undefined)
  return found?.[1]?.toLowerCase()
}

async function verify(what: string, file: string, url: string, expected: string): Promise<void> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  const actual = hash.digest('hex')
  if (actual === expected) return
  throw new GitOpsError(`What ${url} gave is not ${what}: its SHA-256 is ${actual}, and should be ${expected}.`, {
    hint: 'It was damaged or replaced on its way. Nothing of it was run. Try again; if it stays, look at the mirror or proxy.'
  })
}

async function unpack(file: string, url: string, member: string): Promise<string> {
  if (new URL(url).pathname.endsWith('.zip')) {
    const { unzipMember } = await import('./unzip.ts')
    const program = `${file}-${path.basename(member)}`
    await writeFile(program, await unzipMember(file, member))
    return program
  }
  const directory = await toolCache.extractTar(file)
  return path.join(directory, member)
}
