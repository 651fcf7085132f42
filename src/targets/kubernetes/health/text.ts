/** Longest line of a log or an event in a report. */
const LONGEST_LINE = 300

/** What terminals interpret: CSI, OSC and other escape sequences (ECMA-48). */
const ESCAPES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[@-Z\\-_])|\u009b[0-?]*[ -/]*[@-~]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Untrusted text as lines that are safe to print: escape sequences, control and direction characters removed, long
 * lines cut, known secret values masked. Empty lines at the end are dropped.
 */
export function safeLines(text: string, redact: readonly string[] = []): string[] {
  return masked(text.replaceAll(ESCAPES, ''), redact)
    .split(/\r\n|\n|\r/)
    .map((line) => line.replaceAll(CONTROLS, '').replaceAll('\t', '  ').trimEnd())
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line))
    .filter((line, index, lines) => line !== '' || lines.slice(index).some((later) => later !== ''))
}

/** Untrusted text as one safe line. */
export function safeLine(text: string, redact: readonly string[] = []): string {
  return masked(text.replaceAll(ESCAPES, ''), redact).replaceAll(/\s+/g, ' ').replaceAll(CONTROLS, '').trim()
}

/** Every known secret value by `***`. Longest first, so that no rest of a longer one stays. */
function masked(text: string, redact: readonly string[]): string {
  let result = text
  // Very short values would mask half of every word and hide nothing.
  for (const value of redact.toSorted((a, b) => b.length - a.length))
    if (value.trim().length >= 4) result = result.replaceAll(value, '***')
  return result
}
