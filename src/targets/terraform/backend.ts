import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where a setting of the backend comes from; without a value where only the block is known. */
export interface BackendSetting {
  readonly value?: string
  /** `backend-config`, or `infrastructure/main.tf:3`. */
  readonly where: string
}

interface Request {
  /** The root module, absolute. */
  readonly directory: string
  readonly checkout: string
  /** `key=value` or files, as given. */
  readonly backendConfig?: readonly string[]
}

/**
 * The first of some settings of the backend, for messages: what is given beside the block wins over it. Read as text,
 * since what the tool made of it lies in its own data folder. Never throws.
 */
export function backendSetting(request: Request, names: readonly string[]): BackendSetting | undefined {
  const { directory, checkout, backendConfig = [] } = request
  for (const given of backendConfig.toReversed()) {
    const [, key = '', value = ''] = /^([A-Za-z_][\w.-]*)\s*=(.*)$/s.exec(given) ?? []
    if (names.includes(key)) return { value: value.trim(), where: 'backend-config' }
    if (key !== '') continue
    const found = settingIn(textOf(path.resolve(checkout, given)), names)
    if (found) return { value: found.value, where: `${given}:${found.line}` }
  }
  for (const file of configurationFiles(directory)) {
    const text = textOf(file)
    const block = /^[ \t]*backend\s+"?[\w-]+"?\s*\{/m.exec(text)
    if (!block) continue
    const start = block.index + block[0].length
    const inside = text.slice(start, endOfBlock(text, start))
    const place = (line: number) => `${path.relative(checkout, file)}:${line}`
    const found = settingIn(inside, names)
    const first = lineAt(text, start)
    if (!found) return { where: place(first) }
    return { value: found.value, where: place(first + found.line - 1) }
  }
  return undefined
}

function settingIn(text: string, names: readonly string[]): { value: string; line: number } | undefined {
  const found = new RegExp(`^[ \\t]*(?:${names.join('|')})[ \\t]*=[ \\t]*"([^"\\n]*)"`, 'm').exec(text)
  return found ? { value: found[1] ?? '', line: lineAt(text, found.index) } : undefined
}

/** Where the block closes; braces in its strings come in pairs. */
function endOfBlock(text: string, start: number): number {
  let depth = 1
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function configurationFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => /\.(?:tf|tofu)$/.test(name))
      .sort()
      .map((name) => path.join(directory, name))
  } catch {
    return []
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
