import { wholeCharacters } from './markdown.ts'

/** GitHub's limit of an issue, pull request or comment: characters. UTF-16 units are at least as many, so safe to count. */
export const GITHUB_BODY_LIMIT = 65_536
/** GitHub's limit of a step summary: bytes of UTF-8. */
export const STEP_SUMMARY_LIMIT = 1_048_576

/**
 * Markdown cut to `limit` UTF-16 units, `notice` (where the rest is) included. It is cut between blocks where that
 * does not lose much, else between lines, with code blocks and `<details>` closed, never inside an HTML comment.
 */
export function truncateMarkdown(text: string, limit: number, notice: string): string {
  if (text.length <= limit) return text
  const room = limit - notice.length - 2
  const cut = bestCut(text, room) ?? (room > 0 ? firstLineCut(text, room) : '')
  return wholeCharacters(cut === '' ? notice : `${cut}\n\n${notice}`, limit)
}

/** The same with a limit in bytes of UTF-8, as step summaries have. */
export function truncateMarkdownBytes(text: string, limit: number, notice: string): string {
  let result = text
  for (let units = text.length; Buffer.byteLength(result) > limit && units > 0; ) {
    // What is kept may be denser than the whole, so it can take a few rounds; each is shorter.
    units = Math.min(Math.floor((units * limit) / Buffer.byteLength(result)), units - 1)
    result = truncateMarkdown(text, units, notice)
  }
  return result
}

/** Markdown after which something else can stand: code blocks and folds that it leaves open are closed. */
export function closeBlocks(text: string): string {
  const state = new BlockState()
  for (const line of text.split('\n')) state.read(line)
  return text + (state.inComment ? ' -->' : '') + state.closers()
}

/** How far back a cut between blocks may be from the last line that fits. */
const WORTH_A_BLOCK = 0.8

function bestCut(text: string, room: number): string | undefined {
  let block: string | undefined
  let line: string | undefined
  const state = new BlockState()
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    state.read(text.slice(start, end))
    if (end > room) break
    if (!state.inComment) {
      const kept = text.slice(0, end).trimEnd() + state.closers()
      if (kept.trim() !== '' && kept.length <= room) {
        line = kept
        const next = text.slice(end + 1, end + 4)
        if (!state.inFence && (next.startsWith('\n') || next.startsWith('#') || next.startsWith('\r\n'))) block = kept
      }
    }
    start = end + 1
  }
  return block !== undefined && line !== undefined && block.length >= line.length * WORTH_A_BLOCK ? block : line
}

/** For a first line that is too long by itself: its beginning, unless that would open something. */
function firstLineCut(text: string, room: number): string {
  const line = text.slice(0, Math.max(text.indexOf('\n'), 0) || text.length)
  if (FENCE.test(line) || /<(!--|details)/i.test(line)) return ''
  return wholeCharacters(line, room - 1) === '' ? '' : `${wholeCharacters(line, room - 1)}…`
}

const FENCE = /^(\s*)(`{3,}(?=[^`]*$)|~{3,})/

/** What is open after the lines read so far, as far as it would swallow what follows a cut. */
class BlockState {
  inComment = false
  #fence: { indent: string; mark: string } | undefined
  #details = 0

  get inFence(): boolean {
    return this.#fence !== undefined
  }

  read(line: string): void {
    if (this.inComment) {
      const end = line.indexOf('-->')
      if (end < 0) return
      this.inComment = false
      this.read(line.slice(end + 3))
      return
    }
    if (this.#fence) {
      const mark = line.trim()
      if (mark.startsWith(this.#fence.mark) && mark === (mark[0] ?? '').repeat(mark.length)) this.#fence = undefined
      return
    }
    const [, indent = '', mark] = FENCE.exec(line) ?? []
    if (mark !== undefined) {
      this.#fence = { indent, mark }
      return
    }
    this.#readHtml(line)
  }

  /** Closes what is open; a fence in a list item needs the item's indent. */
  closers(): string {
    const fence = this.#fence ? `\n${this.#fence.indent}${this.#fence.mark}` : ''
    return fence + '\n\n</details>'.repeat(this.#details)
  }

  #readHtml(line: string): void {
    for (const [token] of line
      .replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '')
      .matchAll(/<!--.*?-->|<!--|<details\b|<\/details>/gi)) {
      if (token === '<!--') this.inComment = true
      else if (token.toLowerCase() === '</details>') this.#details = Math.max(this.#details - 1, 0)
      else if (!token.startsWith('<!--')) this.#details += 1
    }
  }
}
