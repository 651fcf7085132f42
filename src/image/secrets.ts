import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../errors.ts'
import { workspacePath } from '../workspace.ts'
import type { BuildOptions, SecretEnv, SecretFile } from './options.ts'

/** The secrets of a build, checked: every variable is set, every file exists. */
export interface Secrets {
  /** Paths absolute. */
  readonly files: readonly SecretFile[]
  /** All values and, of those with several lines, each line: for masking, never for argv. */
  readonly values: readonly string[]
}

/** @throws GitOpsError for a variable that is not set or a file that does not exist */
export async function readSecrets(options: BuildOptions): Promise<Secrets> {
  const env = options.env ?? process.env
  const fromEnv = (options.secretEnvs ?? []).map((secret) => variable(secret, env))
  const files = await Promise.all((options.secretFiles ?? []).map((secret) => locate(secret, options.workspace, env)))
  const contents = await Promise.all(files.map((file) => readFile(file.path, 'utf8')))
  const values = [...fromEnv, ...contents, ...(options.login ? [options.login.password] : [])]
  return { files, values: values.flatMap(maskable) }
}

function variable({ id, env: name }: SecretEnv, env: NodeJS.ProcessEnv): string {
  const value = env[name]
  if (value) return value
  throw new GitOpsError(
    `Build secret "${id}" is empty: the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}.`,
    { hint: `Set it under "env:" of the step, from a secret. Runs for pull requests from forks are given no secrets.` }
  )
}

async function locate({ id, path: name }: SecretFile, workspace: string, env: NodeJS.ProcessEnv): Promise<SecretFile> {
  const temporary = env['RUNNER_TEMP']
  const isTemporary =
    path.isAbsolute(name) && temporary !== undefined && path.resolve(name).startsWith(`${path.resolve(temporary)}/`)
  const file = isTemporary ? await realpath(name).catch(() => name) : workspacePath(workspace, name)
  if ((await stat(file).catch(() => undefined))?.isFile()) return { id, path: file }
  throw new GitOpsError(`Build secret "${id}": the file ${name} does not exist.`, {
    hint: "Write it in a step before, best below the runner's temporary folder, which no build context sends to the builder."
  })
}

/**
 * What is to be hidden of a secret: all of it, and each line, because logs are made of lines. Shorter than four
 * characters is left: hiding it would blot out half the log, and tell what it is.
 */
function maskable(secret: string): string[] {
  const parts = new Set([secret, ...secret.split(/\r?\n/)].map((part) => part.trim()))
  return [...parts].filter((part) => part.length >= 4).sort((a, b) => b.length - a.length)
}

/** A function that blots out secret values: a build may print what it was given. */
export function redactor(values: readonly string[]): (text: string) => string {
  const known = [...values].sort((a, b) => b.length - a.length)
  return (text) => known.reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
}
