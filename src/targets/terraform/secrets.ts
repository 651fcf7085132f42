import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { asObject, at, type Json, parseJson } from '../../json.ts'
import { texts } from './fields.ts'
import type { TerraformTargetOptions } from './options.ts'

/** Settings of a backend that are credentials. */
const CREDENTIAL = /secret|token|password|credential|access_key|sas|conn_str|encryption_key|private_key/i

/**
 * What is known to be secret before anything has run: values of variables that the root module declares `sensitive` or
 * `ephemeral`, and credentials among the settings of the backend. A plan tells the rest, but a plan that fails tells
 * nothing, and providers put what they were given into their errors.
 */
export async function givenSecrets(
  options: Pick<TerraformTargetOptions, 'variables' | 'backendConfig'>,
  directory: string,
  env: NodeJS.ProcessEnv
): Promise<string[]> {
  const names = await secretVariables(directory)
  const values = names.flatMap((name) => options.variables.get(name) ?? env[`TF_VAR_${name}`] ?? [])
  const settings = options.backendConfig.flatMap((line) => {
    const [, key = '', value = ''] = /^([\w.-]+)\s*=(.*)$/s.exec(line) ?? []
    return CREDENTIAL.test(key) ? [value.trim()] : []
  })
  return [...values.flatMap((value) => [value, ...parts(value)]), ...settings]
}

/** Names of the variables that are declared as secret in the files of a root module. */
export async function secretVariables(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((file) => /\.(?:tf|tofu)(?:\.json)?$/.test(file))
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(directory, file), 'utf8').catch(() => '')
      return file.endsWith('.json') ? inJson(text) : inHcl(text)
    })
  )
  return [...new Set(found.flat())]
}

function inHcl(text: string): string[] {
  const code = text.replace(/"(?:\\.|[^"\\\n])*"|#.*|\/\/.*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part.replace(/[{}]/g, '') : ''
  )
  return [...code.matchAll(/^[ \t]*variable\s+"?([\w-]+)"?\s*\{/gm)].flatMap((match) => {
    const name = match[1] ?? ''
    return /^[ \t{]*(?:sensitive|ephemeral)\s*=\s*true\b/m.test(block(code, match.index + match[0].length - 1))
      ? [name]
      : []
  })
}

/** From an opening brace to the one that closes it. */
function block(code: string, start: number): string {
  let depth = 0
  for (let index = start; index < code.length; index++) {
    if (code[index] === '{') depth += 1
    if (code[index] === '}') depth -= 1
    if (depth === 0) return code.slice(start, index)
  }
  return code.slice(start)
}

function inJson(text: string): string[] {
  const variables = asObject(at(parsed(text), 'variable')) ?? {}
  return Object.keys(variables).filter(
    (name) => at(variables[name], 'sensitive') === true || at(variables[name], 'ephemeral') === true
  )
}

/** The texts inside of a value that is written as JSON. */
function parts(value: string): string[] {
  return /^\s*[[{]/.test(value) ? texts(parsed(value)) : []
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
