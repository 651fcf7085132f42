import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import { isObject } from '../../json.ts'
import type { Logger } from '../../log.ts'
import { workspacePath } from '../../workspace.ts'
import { decodeText, readYaml } from '../yaml/index.ts'

export interface ValuesOptions {
  /** Files, relative to the workspace, later ones win. */
  readonly files: readonly string[]
  /** YAML text; wins over the files. */
  readonly text?: string | undefined
  /** Paths as `helm --set` writes them, with their values; win over everything else. */
  readonly set: readonly (readonly [string, string])[]
  readonly workspace: string
  /** A folder that only this user can read. */
  readonly directory: string
  readonly log: Logger
}

/**
 * The arguments that give Helm its values. Text goes through files of mode 0600, since values may be secrets and other
 * users of a machine can read arguments. What `set` gives is taken as it is: commas, braces and line ends belong to the value;
 * `true`, `false`, `null` and whole numbers are typed as by `helm --set`.
 * @throws GitOpsError when a file is missing or is no YAML mapping, or a path cannot be one
 */
export async function valuesArguments(options: ValuesOptions): Promise<string[]> {
  const args: string[] = []
  for (const file of options.files) args.push('--values', await valuesFile(file, options))
  if (options.text !== undefined && options.text.trim() !== '') {
    checkValues(options.text, 'values', options.log)
    args.push('--values', await keep(options.text, 'values.yaml', options))
  }
  let number = 0
  for (const [key, value] of new Map(options.set)) {
    checkKey(key)
    if (isTyped(value)) args.push('--set', `${key}=${value}`)
    else args.push('--set-file', `${key}=${await keep(value, `set-${number++}`, options)}`)
  }
  return args
}

async function valuesFile(file: string, options: ValuesOptions): Promise<string> {
  const absolute = workspacePath(options.workspace, file)
  const bytes = await readFile(absolute).catch((error: NodeJS.ErrnoException) => {
    throw new GitOpsError(
      error.code === 'ENOENT'
        ? `Values file "${file}" does not exist.`
        : `Values file "${file}" cannot be read: ${error.message}`,
      { hint: 'Paths are relative to the workspace.', cause: error }
    )
  })
  const text = decodeText(bytes, file)
  checkValues(text, file, options.log)
  // Helm splits the flag at commas and reads quotes in it.
  return /[,"]/.test(absolute) ? keep(text, `file-${path.basename(file).replace(/[,"]/g, '-')}`, options) : absolute
}

/** Helm's own messages about values name temporary files and no column. */
function checkValues(text: string, file: string, log: Logger): void {
  const documents = readValues(text, file, log)
  if (documents === undefined) return
  if (documents.length > 1)
    throw new GitOpsError(`${file}:${documents[1]?.line}: a second document begins here, which Helm would ignore.`, {
      hint: 'Make it one document, or give a second values file.'
    })
  const value = documents[0]?.value
  if (value !== undefined && !isObject(value))
    throw new GitOpsError(`${file}: values must be a mapping.`, { hint: 'Write them as "key: value".' })
}

function readValues(text: string, file: string, log: Logger) {
  try {
    return readYaml(text, file)
  } catch (error) {
    // Helm takes the last one, and charts in use rely on it.
    if (!(error instanceof GitOpsError) || !messageOf(error).includes('duplicate key')) throw error
    log.warning(`${error.message} Helm takes the last one.`)
    return undefined
  }
}

function checkKey(key: string): void {
  const bare = key.replace(/\\./g, '')
  if (key.trim() === '' || /[,={}\r\n]/.test(bare) || bare.startsWith('-'))
    throw new GitOpsError(`"${key}" is no path of a value.`, {
      hint: 'Write it as for helm --set, one a line: image.tag=1.2, list[0].name=x, annotations.example\\.com/a=b.'
    })
}

/** strvals.typedVal of Helm: booleans, null, and integers without a leading zero. They say too little to be secrets. */
function isTyped(value: string): boolean {
  if (/^(?:true|false|null)$/i.test(value) || value === '0') return true
  return /^[+-]?[1-9]\d*$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value)
}

async function keep(text: string, name: string, { directory }: ValuesOptions): Promise<string> {
  const file = path.join(directory, name)
  await writeFile(file, text, { mode: 0o600 })
  return file
}
