/** One document of a stream: its text (line ends are \n) and where it starts. */
export interface Chunk {
  readonly text: string
  /** 1-based line of the first character. */
  readonly line: number
}

export interface Split {
  readonly chunks: Chunk[]
  /** 1-based line of a separator that kubectl refuses: `---` followed by more than a comment. Nothing after it is split. */
  readonly badSeparator?: number
}

/**
 * Cuts a stream where kubectl does (apimachinery `YAMLReader`): at every line that begins with `---`, whatever the
 * YAML context, before anything is parsed. A separator before which nothing stands belongs to the chunk it opens, as
 * in the original. Blank chunks are left out.
 */
export function splitDocuments(source: string): Split {
  let text = source.includes('\r\n') ? source.replaceAll('\r\n', '\n') : source
  if (!text.endsWith('\n')) text += '\n'
  const chunks: Chunk[] = []
  let start = 0
  let line = 1
  const push = (end: number): void => {
    const chunk = text.slice(start, end)
    if (chunk.trim() !== '') chunks.push({ text: chunk, line })
    // Behind the last one nothing is counted any more.
    if (end < text.length) line += countLineEnds(chunk)
  }
  for (let at = nextSeparator(text, 0); at >= 0; at = nextSeparator(text, text.indexOf('\n', at) + 1)) {
    const next = text.indexOf('\n', at) + 1
    const rest = text.slice(at + 3, next).trim()
    if (rest !== '' && !rest.startsWith('#')) {
      push(at)
      return { chunks, badSeparator: line }
    }
    if (at === start) continue
    push(at)
    start = next
    line++
  }
  push(text.length)
  return { chunks }
}

/** Offset of the next line that begins with `---`, `from` being the start of a line; -1 when there is none. */
function nextSeparator(text: string, from: number): number {
  if (text.startsWith('---', from)) return from
  const found = text.indexOf('\n---', from)
  return found < 0 ? -1 : found + 1
}

function countLineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
