import { constants } from 'node:fs'
import { access, readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { meets } from './constraint.ts'
import { downloadEngine, releaseFor } from './download.ts'
import type { TerraformTargetOptions } from './options.ts'

/** The program that plans and applies. */
export interface Engine {
  readonly name: 'terraform' | 'opentofu'
  readonly title: 'Terraform' | 'OpenTofu'
  /** Absolute. */
  readonly file: string
  /** Without the suffix of a development build. */
  readonly version: string
}

type Name = Engine['name']

const KINDS = {
  terraform: {
    title: 'Terraform',
    command: 'terraform',
    versionFile: '.terraform-version',
    // hashicorp/setup-terraform puts a wrapper on the PATH that changes the output, and keeps the program beside it.
    unwrapped: { folder: 'TERRAFORM_CLI_PATH', program: 'terraform-bin' },
    setup: 'hashicorp/setup-terraform with terraform_version'
  },
  opentofu: {
    title: 'OpenTofu',
    command: 'tofu',
    versionFile: '.opentofu-version',
    unwrapped: { folder: 'TOFU_CLI_PATH', program: 'tofu-bin' },
    setup: 'opentofu/setup-opentofu with tofu_version'
  }
} as const

/** An engine whose version may not be known yet. */
export type Program = Omit<Engine, 'version'>

/** An engine, and the answer to whether it is one that will do. */
export interface FoundEngine extends Program {
  /** Fails when its version is too old. Any first command may run beside it: no other version was asked for. */
  readonly checked: Promise<Engine>
}

/** The first versions whose JSON says all that a plan needs (import blocks, checks). */
const OLDEST = '>= 1.5'

type Request = Pick<TerraformTargetOptions, 'engine' | 'version' | 'exec' | 'log' | 'signal'> & {
  /** Absolute. */
  readonly directory: string
  readonly checkout: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * The engine of a root module: the one that is asked for, or the one that its version file, its files or its lock file
 * speak of, or the one that is there.
 * @throws GitOpsError when it is neither on the PATH in a version that is wanted, nor can be downloaded
 */
export async function findEngine(request: Request): Promise<Engine> {
  return (await beginEngine(request)).checked
}

/** The same; where any version will do, without waiting for the program to say which one it is. */
export async function beginEngine(request: Request): Promise<FoundEngine> {
  const files = await versionFiles(request)
  const name = request.engine === 'auto' ? await chooseEngine(request, files) : request.engine
  const kind = KINDS[name]
  const wanted = request.version ?? files[name]?.version
  const because = request.version === undefined && files[name] !== undefined ? ` (${files[name].file})` : ''
  const there = await programOf(name, request.env)
  if (there !== undefined && wanted === undefined) return found(name, there, versionOf(there, request), request)
  const has = there === undefined ? undefined : await versionOf(there, request)
  const fits = has !== undefined && (wanted === undefined || meets(has, wanted))
  const problem =
    has === undefined
      ? `${kind.title}${wanted === undefined ? '' : ` ${wanted}${because}`} is not on the PATH`
      : `${kind.title} ${wanted} is wanted${because}, but ${there} is ${has}`
  const file = fits && there !== undefined ? there : await download(name, wanted, problem, request)
  return found(name, file, fits && has !== undefined ? Promise.resolve(has) : versionOf(file, request), request)
}

function found(name: Name, file: string, asked: Promise<string>, request: Request): FoundEngine {
  const { title, setup } = KINDS[name]
  const checked = asked.then((version): Engine => {
    if (!meets(version, OLDEST))
      throw new GitOpsError(`${file} is ${title} ${version}, and 1.5 or newer is needed.`, {
        hint: `Install a newer one in an earlier step (${setup}).`
      })
    request.log.debug(`${title} ${version}: ${file}`)
    return { name, title, file, version }
  })
  // Awaited beside the first command; until then its failure must not count as unhandled.
  checked.catch(() => {})
  return { name, title, file, checked }
}

/** What the PATH does not have. */
async function download(name: Name, wanted: string | undefined, problem: string, request: Request): Promise<string> {
  const { title, setup } = KINDS[name]
  const release = releaseFor(name, wanted)
  if (!release)
    throw new GitOpsError(`${problem}, and no release of ${title} is known that meets it.`, {
      hint: `Write one version, such as 1.9.8, which is then downloaded; or install one in an earlier step (${setup}).`
    })
  request.log.info(`${problem}: taking ${title} ${release.version}.`)
  try {
    return await downloadEngine(release, request)
  } catch (error) {
    if (!(error instanceof GitOpsError)) throw error
    throw new GitOpsError(`${problem}, and ${error.message}`, {
      hint: `${error.hint ?? ''} Or install it in an earlier step (${setup}).`.trim(),
      cause: error
    })
  }
}

interface VersionFile {
  readonly version: string
  /** Relative to the checkout. */
  readonly file: string
}

/**
 * What the nearest version file says of each engine, from the root module up to the top of the checkout: its own, or a
 * line of `.tool-versions` (asdf, mise).
 */
async function versionFiles(request: Request): Promise<Partial<Record<Name, VersionFile>>> {
  const found: Partial<Record<Name, VersionFile>> = {}
  for (let folder = request.directory; ; folder = path.dirname(folder)) {
    const shared = path.join(folder, TOOL_VERSIONS)
    const lines = toolVersions((await readText(shared)) ?? '')
    for (const name of ['terraform', 'opentofu'] as const) {
      const file = path.join(folder, KINDS[name].versionFile)
      const own = firstWord((await readText(file)) ?? '')
      const [version, from] = own === undefined ? [lines.get(name), shared] : [own, file]
      if (version !== undefined && !found[name]) found[name] = { version, file: path.relative(request.checkout, from) }
    }
    if (folder === request.checkout || folder === path.dirname(folder)) return found
  }
}

const TOOL_VERSIONS = '.tool-versions'

/** The first line that is neither empty nor a comment. */
function firstWord(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .find((line) => line !== '')
}

/** `opentofu 1.12.6`; only the first of several versions is taken by default, and `system` is whatever is there. */
function toolVersions(text: string): Map<string, string> {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
  return new Map(
    lines.flatMap(([tool, version]) =>
      tool && version && /^(?:v?\d|latest)/.test(version)
        ? [[tool === 'tofu' ? 'opentofu' : tool, version] as const]
        : []
    )
  )
}

async function chooseEngine(request: Request, files: Partial<Record<Name, VersionFile>>): Promise<Name> {
  if (files.opentofu && !files.terraform) return 'opentofu'
  if (files.terraform && !files.opentofu) return 'terraform'
  if ((await readdir(request.directory)).some((file) => /\.tofu(\.json)?$/.test(file))) return 'opentofu'
  // The lock file names the registry of the engine that wrote it, and so does the state.
  const lock = (await readText(path.join(request.directory, '.terraform.lock.hcl'))) ?? ''
  const there = (name: Name) => programOf(name, request.env)
  if (lock.includes('"registry.opentofu.org/')) return 'opentofu'
  if (lock.includes('"registry.terraform.io/') && (await there('terraform')) !== undefined) return 'terraform'
  if ((await there('terraform')) !== undefined) return 'terraform'
  if ((await there('opentofu')) !== undefined) return 'opentofu'
  throw new GitOpsError('Neither terraform nor tofu is on the PATH.', {
    hint: `Install one in an earlier step: ${KINDS.opentofu.setup}, or ${KINDS.terraform.setup}.`
  })
}

async function programOf(name: Name, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { command, unwrapped } = KINDS[name]
  const folder = env[unwrapped.folder]
  const places = (env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((directory) => path.isAbsolute(directory))
    .map((directory) => path.join(directory, command))
  if (folder) places.unshift(path.join(folder, unwrapped.program))
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

const versions = new Map<string, Promise<string>>()

/** Asked once for each program in a process: with many root modules, the question would cost as much as a plan. */
async function versionOf(file: string, request: Request): Promise<string> {
  const { mtimeMs, size } = await stat(file)
  const key = `${file} ${mtimeMs} ${size}`
  const known = versions.get(key)
  if (known) return known
  const asked = askVersion(file, request)
  versions.set(key, asked)
  asked.catch(() => versions.delete(key))
  return asked
}

async function askVersion(file: string, request: Request): Promise<string> {
  const { stdout } = await request.exec(file, ['version', '-json'], {
    env: { ...request.env, CHECKPOINT_DISABLE: '1' },
    timeout: 60_000,
    ...(request.signal ? { signal: request.signal } : {})
  })
  // Read as text: a warning about the CLI configuration may stand before the JSON.
  const [, version] = /"terraform_version":\s*"([^"]+)"/.exec(stdout) ?? []
  if (version !== undefined) return version.replace(/-dev$/, '')
  throw new GitOpsError(`${file} does not say its version.`, {
    hint: 'Is it Terraform or OpenTofu, and no wrapper? With hashicorp/setup-terraform, set terraform_wrapper: false.'
  })
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
