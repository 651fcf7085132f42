import type { GitOpsError } from '../../errors.ts'
import { errorAt } from '../placed.ts'
import type { DocumentError } from './tokens.ts'

/** A piece of a file: its text, and the line of the file it begins on. */
export interface Excerpt {
  readonly file: string
  readonly text: string
  readonly line: number
}

/** A document's error as a person reads it: file:line:column, what is wrong, and what is usually behind it. */
export function explain(error: DocumentError, excerpt: Excerpt): GitOpsError {
  const { line, column } = placeOf(error.offset, excerpt)
  const context = error.context ? placeOf(error.context.offset, excerpt) : undefined
  const where =
    context && error.context && context.line !== line ? ` (${error.context.words}, line ${context.line})` : ''
  return errorAt({ file: excerpt.file, line, column }, `${error.message}${where}.`, {
    hint: hintFor(error.message, excerpt.text, error.offset),
    cause: error
  })
}

function placeOf(offset: number, { text, line }: Excerpt): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: line + before.split('\n').length - 1, column: offset - lineStart + 1 }
}

function hintFor(problem: string, text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(lineStart).split('\n', 1)[0] ?? ''
  const character = text.charAt(offset)
  if (line.includes('{{'))
    return 'This looks like a template. Give its chart to Helm, or keep it out of the directory of manifests.'
  if (/^ *\t/.test(line) || character === '\t') return 'YAML is indented by spaces: replace the tab.'
  if (problem.startsWith('found character')) return `A value that begins with ${character} must stand in quotes.`
  if (problem.startsWith('mapping values'))
    return 'Quote the value if the colon belongs to it; otherwise check the indentation of this line and the one before.'
  if (problem.startsWith('did not find expected key') || problem.startsWith("did not find expected '-'"))
    return 'Check the indentation of this line and of the lines before it.'
  if (problem.startsWith('the document ends'))
    return character === ':'
      ? 'A colon needs a space behind it.'
      : 'Check the indentation: all keys of the outermost level begin in the same column. Documents are separated by ---.'
  if (problem.startsWith('could not find expected')) return 'Every line of a mapping needs a key, a colon and a space.'
  if (problem.startsWith('found unexpected end')) return 'The quote that begins here is never closed.'
  return undefined
}
