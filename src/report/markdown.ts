/**
 * Markdown as GitHub renders it, written from untrusted text (names and values of a cluster, log lines, messages of
 * programs). Whatever goes into a report goes through one of these: `codeSpan` for names and values, `codeBlock` for
 * several lines, `escapeMarkdown` for words in a sentence.
 */

/**
 * Text as words: shown as it is, on one line, with no meaning to Markdown, HTML or GitHub: no `@mention`, no `#12`
 * reference (both notify people, and backslashes do not stop them), no link, emoji, formula or table cell.
 */
export function escapeMarkdown(text: string): string {
  return visible(oneLine(text).trim())
    .replace(
      SPECIAL,
      (found) => REPLACEMENTS[found] ?? (/^[@#:]$|^GH-$|^www$/i.test(found) ? found + BREAK : `\\${found}`)
    )
    .replace(/^(\d+)(?=[.)])/, `$1${BREAK}`)
    .replace(/^[-+=#]/, '\\$&')
}

/** What Markdown, HTML or GitHub would take for more than text. `:x:` is an emoji, `$x$` a formula, `GH-1` an issue. */
const SPECIAL = /[&<>|\\`*_[\](){}!~$@]|#(?=\w)|GH-(?=\d)|:(?=\/\/|[\w+-]+:)|www(?=\.)/gi
/** Zero width: breaks what GitHub would recognise, seen by nobody. An entity, so that the source shows it. */
const BREAK = '&#8203;'
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  $: '<span>$</span>'
}

/** Words that may end in YAML to paste (from its first `apiVersion:` on): the words as words, the YAML as a code block. */
export function wordsAndYaml(text: string): string {
  const yaml = text.search(/^apiVersion: /m)
  if (yaml < 0) return escapeMarkdown(text)
  const words = text.slice(0, yaml).trim()
  const block = codeBlock(text.slice(yaml), 'yaml')
  return words === '' ? block : `${escapeMarkdown(words)}\n\n${block}`
}

/** Text as inline code on one line: what it says can be copied, and nothing in it has a meaning. */
export function codeSpan(text: string): string {
  const content = visible(oneLine(text))
  if (content === '') return '` `'
  const fence = '`'.repeat(longestRun(content, '`') + 1)
  // One space inside each end is dropped by Markdown, and needed beside a backtick.
  const pad = /^`|`$|^ .* $/.test(content) && content.trim() !== '' ? ' ' : ''
  return fence + pad + content + pad + fence
}

/** Text of any number of lines as a code block. `language` colours it; languages that GitHub draws as pictures are refused. */
export function codeBlock(text: string, language = ''): string {
  const content = visible(text.replace(/\r\n?/g, '\n')).replace(/\n+$/, '')
  const fence = '`'.repeat(Math.max(longestRun(content, '`') + 1, 3))
  const colour = /^[\w+-]+$/.test(language) && !DRAWN.has(language.toLowerCase()) ? language : ''
  return `${fence}${colour}\n${content}\n${fence}`
}

/** A link; only the text of it when the address is not http(s). Both may be untrusted. */
export function link(text: string, url: string): string {
  const label = escapeMarkdown(text)
  const parsed = URL.parse(url)
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return label
  return `[${label}](${parsed.href.replace(/[()<>|\\\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`)})`
}

/** A part that a reader can fold. `summary` is untrusted text, `body` finished Markdown. */
export function details(summary: string, body: string, options: { open?: boolean } = {}): string {
  return `<details${options.open ? ' open' : ''}><summary>${escapeHtml(summary)}</summary>\n\n${body}\n\n</details>`
}

/** Text inside an HTML block: Markdown has no meaning there (its backslashes would be seen), but GitHub finds mentions. */
function escapeHtml(text: string): string {
  return visible(oneLine(text).trim()).replace(
    /[&<>@]|#(?=\w)|GH-(?=\d)|:(?=[\w+-]+:)/gi,
    (found) => REPLACEMENTS[found] ?? found + BREAK
  )
}

/** A table; cells are finished Markdown of one line (code spans, links, escaped text). */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** At most `length` characters of a text; what is cut off is said. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${wholeCharacters(text, Math.max(length - 1, 0))}…`
}

/** The first `length` UTF-16 units of a text, never half a character. */
export function wholeCharacters(text: string, length: number): string {
  const cut = text.slice(0, length)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}

const DRAWN = new Set(['mermaid', 'math', 'geojson', 'topojson', 'stl'])

/** In a table a bar ends the cell even inside inline code, and only a backslash keeps it; one before it would be taken for that. */
function cell(markdown: string): string {
  return oneLine(markdown)
    .replace(/\\(?=\|)/g, '\\\u200b')
    .replaceAll('|', '\\|')
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
}

/**
 * Terminal colours removed; what would be invisible or reorder the text (control characters, right-to-left marks, zero
 * width) written out; lone surrogates, which are no text, replaced.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(ANSI, '')
    .replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const ANSI = /\u001b\[[0-9;?]*[ -/]*[@-~]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g

function longestRun(text: string, character: string): number {
  let longest = 0
  let run = 0
  for (const one of text) {
    run = one === character ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}
