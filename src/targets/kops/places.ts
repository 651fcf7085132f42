import { readFile } from 'node:fs/promises'
import { workspacePath } from '../../workspace.ts'
import type { KopsObject } from './manifests.ts'

/** Where a field of a declared object stands; the place of the object where its line cannot be told. */
export async function placeOfField(
  checkout: string,
  { source }: Pick<KopsObject, 'source'>,
  keys: readonly string[]
): Promise<{ file: string; line: number } | undefined> {
  if (!source) return undefined
  const text = await readFile(workspacePath(checkout, source.file), 'utf8').catch(() => '')
  return { file: source.file, line: lineOfField(text, source.line, keys) }
}

/**
 * The line of a field, each of its keys looked for below the one before it: enough for a message, and no parser keeps
 * the places of scalars.
 * @param start 1-based line of the first key of the document
 */
export function lineOfField(text: string, start: number, keys: readonly string[]): number {
  const lines = text.split('\n')
  const end = lines.findIndex((line, index) => index >= start && /^---(\s|$)/.test(line))
  let [line, column] = [start - 1, 0]
  for (const key of keys) {
    const pattern = new RegExp(`(?:^|[\\s{,-])["']?${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']?\\s*:(?:\\s|$)`)
    let found = false
    for (let next = line; next < (end < 0 ? lines.length : end); next++) {
      const rest = withoutComment(lines[next] ?? '').slice(next === line ? column : 0)
      const match = pattern.exec(rest)
      if (!match) continue
      column = (next === line ? column : 0) + match.index + match[0].length
      line = next
      found = true
      break
    }
    if (!found) return start
  }
  return line + 1
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, '$1')
}
