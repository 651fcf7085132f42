/** What a reader of the terminal sees: headings, what GitHub would show, and the table at the end. */
const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
const paint = (code: string, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)

export interface Row {
  readonly step: string
  readonly shown: string
  readonly seconds: number
}

export function heading(number: number, title: string): void {
  console.log(`\n${paint('1;36', `${number}  ${title}`)}`)
}

export function say(text: string): void {
  for (const line of text.trim().split('\n')) console.log(`   ${line}`)
}

/** Something that was checked against the API server itself. */
export function verified(text: string): void {
  console.log(`   ${paint('32', '✔')} ${text}`)
}

/** A command as a person would have typed it. */
export function typed(command: string): void {
  console.log(`   ${paint('33', '$')} ${command}`)
}

/** A page of GitHub, framed: a summary, an issue, a pull request. */
export function page(title: string, markdown: string, limit = 40): void {
  const lines = readable(markdown)
  console.log(`   ${paint('2', '┌─')} ${paint('1', title)}`)
  for (const line of lines.slice(0, limit)) console.log(`   ${paint('2', '│')} ${line}`)
  if (lines.length > limit) console.log(`   ${paint('2', '│')} … ${lines.length - limit} more lines`)
  console.log(`   ${paint('2', '└─')}`)
}

export function table(rows: readonly Row[]): void {
  const steps = Math.max(...rows.map((row) => row.step.length), 4)
  const shown = Math.max(...rows.map((row) => row.shown.length), 5)
  console.log(`\n${paint('1', `${'Step'.padEnd(steps)}  ${'Shown'.padEnd(shown)}  Seconds`)}`)
  for (const row of rows)
    console.log(`${row.step.padEnd(steps)}  ${row.shown.padEnd(shown)}  ${row.seconds.toFixed(1).padStart(7)}`)
}

/** Markdown without what only a browser shows: HTML comments and folding tags. */
function readable(markdown: string): string[] {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<br\s*\/?>/g, ' ')
    .replace(/<\/?(details|summary|sub|sup|b)\s*\/?>/g, '')
    .replaceAll('&#8203;', '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
}
