import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { withoutInputs } from '../../toolchain/exec.ts'
import { workspacePath } from '../../workspace.ts'
import type { TerraformTargetOptions } from './options.ts'

/** What the tool is run with: its folder of its own, its environment, its arguments. */
export interface Surroundings {
  /** Holds the plan file and TF_DATA_DIR; for the owner alone, removed when the process ends. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly initArguments: readonly string[]
  readonly planArguments: readonly string[]
}

/**
 * Prepares what a root module is run with. Values never stand in an argument list, where every process of the machine
 * could read them: variables go through the environment, backend settings through a file.
 * @throws GitOpsError for a file that is not there, a name that is none
 */
export async function prepare(options: TerraformTargetOptions): Promise<Surroundings> {
  const base = path.join(options.temporary, 'gitops-actions')
  const providers = path.join(base, 'providers')
  await mkdir(providers, { recursive: true })
  const folder = await mkdtemp(path.join(base, 'terraform-'))
  removeAtExit(folder)
  const backend = await backendFiles(options, folder)
  return {
    folder,
    env: await environment(options, { folder, providers }),
    initArguments: backend.map((file) => `-backend-config=${file}`),
    planArguments: [
      ...options.varFiles.map((file) => `-var-file=${fileOf(options, file, 'var-files')}`),
      ...(options.parallelism === undefined ? [] : [`-parallelism=${options.parallelism}`])
    ]
  }
}

/** The same with a folder of its own for providers. */
export async function ownProviders(surroundings: Surroundings): Promise<Surroundings> {
  const folder = path.join(surroundings.folder, 'providers')
  await mkdir(folder)
  return { ...surroundings, env: { ...surroundings.env, TF_PLUGIN_CACHE_DIR: folder } }
}

async function environment(
  options: TerraformTargetOptions,
  { folder, providers }: { folder: string; providers: string }
): Promise<Record<string, string | undefined>> {
  const given = inherited(options)
  const variables: Record<string, string> = {}
  const flags: string[] = []
  for (const [name, value] of options.variables) {
    if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
      throw new GitOpsError(`"${name}" is no name of a variable of Terraform.`, {
        hint: 'Write variables as name=value, one a line.'
      })
    // For init and apply, which need variables only now and then (OpenTofu's early evaluation, ephemeral variables) …
    variables[`TF_VAR_${name}`] = value
    // … and so that they win over terraform.tfvars, as -var does.
    flags.push(`-var ${shellQuoted(`${name}=${value}`)}`)
  }
  // Without a lock file there is nothing to break, and every root module would download its providers anew.
  const locked = existsSync(path.join(workspacePath(options.checkout, options.directory), '.terraform.lock.hcl'))
  const planFlags = [given['TF_CLI_ARGS_plan'] ?? '', ...flags].filter((flag) => flag !== '').join(' ')
  refuseTooLong(planFlags, options.variables)
  return {
    ...given,
    ...variables,
    ...(planFlags === '' ? {} : { TF_CLI_ARGS_plan: planFlags }),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    TF_DATA_DIR: path.join(folder, 'data'),
    TF_PLUGIN_CACHE_DIR: given['TF_PLUGIN_CACHE_DIR'] || providers,
    ...(locked ? {} : { TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' }),
    ...(options.workspace === undefined ? {} : { TF_WORKSPACE: options.workspace }),
    ...(await cliConfig(given, folder))
  }
}

/** What Linux takes as one variable of the environment, in bytes, with room for its name. */
const LONGEST = 131_000

/** @throws GitOpsError for variables with which no program could be started */
function refuseTooLong(flags: string, variables: ReadonlyMap<string, string>): void {
  if (Buffer.byteLength(flags) <= LONGEST) return
  const [largest = ''] = [...variables].sort(([, one], [, other]) => other.length - one.length)[0] ?? []
  throw new GitOpsError(
    `The values of the variables have ${Buffer.byteLength(flags).toLocaleString('en')} bytes, most of them in "${largest}"; ${LONGEST.toLocaleString('en')} can be handed over.`,
    {
      hint: 'Nothing was written. Give large values as a file of variables, or let the configuration read them (file).'
    }
  )
}

/** The environment that is passed on. Inputs of an action hold its credentials: no program is given those unasked. */
export function inherited(options: Pick<TerraformTargetOptions, 'env'>): NodeJS.ProcessEnv {
  return withoutInputs(options.env ?? process.env)
}

/** A preset that names a missing file puts a warning into every output. */
async function cliConfig(given: NodeJS.ProcessEnv, folder: string): Promise<Record<string, string>> {
  const preset = given['TF_CLI_CONFIG_FILE']
  if (!preset || existsSync(preset)) return {}
  const file = path.join(folder, 'cli.tfrc')
  await writeFile(file, 'disable_checkpoint = true\n')
  return { TF_CLI_CONFIG_FILE: file }
}

/** Files as they are; the `key=value` lines together as one more file. */
async function backendFiles(options: TerraformTargetOptions, folder: string): Promise<string[]> {
  const files: string[] = []
  const lines: string[] = []
  for (const one of options.backendConfig) {
    const [, key, value = ''] = /^([A-Za-z_][\w.-]*)\s*=(.*)$/s.exec(one) ?? []
    if (key === undefined) files.push(fileOf(options, one, 'backend-config'))
    else lines.push(`${key} = ${hclString(value.trim())}\n`)
  }
  if (lines.length === 0) return files
  const file = path.join(folder, 'settings.tfbackend')
  await writeFile(file, lines.join(''), { mode: 0o600 })
  return [...files, file]
}

function fileOf(options: TerraformTargetOptions, file: string, input: string): string {
  const absolute = workspacePath(options.checkout, file)
  if (existsSync(absolute)) return absolute
  throw new GitOpsError(`${file} (${input}) does not exist.`, {
    hint: 'Paths are relative to the workspace, not to the root module.'
  })
}

/** A string of HCL: JSON's escapes are its own, and what would start a template is doubled. */
function hclString(text: string): string {
  return JSON.stringify(text).replace(/[$%]\{/g, (start) => `${start[0]}${start}`)
}

/** One word of TF_CLI_ARGS, which is read like a line of a shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

const folders = new Set<string>()

/** Plan files hold secrets: they do not outlive the process. */
function removeAtExit(folder: string): void {
  if (folders.size === 0)
    process.once('exit', () => {
      for (const one of folders) rmSync(one, { recursive: true, force: true })
    })
  folders.add(folder)
}
