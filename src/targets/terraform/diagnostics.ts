import { asNumber, asString, at, isObject, type Json, parseJson } from '../../json.ts'

/** Something that Terraform or OpenTofu complains about. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly detail: string
  /** Of the resource it is about. */
  readonly address?: string
  /** Relative to the root module. */
  readonly range?: { readonly file: string; readonly line: number; readonly column?: number }
}

/** A line of the output of `plan -json` or `apply -json`; undefined for what is no message of theirs. */
export function parseMessage(line: string): Json | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const message = parseJson(line)
    return asString(at(message, '@level')) === undefined ? undefined : message
  } catch {
    return undefined
  }
}

/** The complaint of a message, if it is one. */
export function diagnosticOf(message: Json): Diagnostic | undefined {
  const given = at(message, 'diagnostic')
  if (!isObject(given)) return undefined
  const file = asString(at(given, 'range', 'filename'))
  const address = asString(given['address'])
  return {
    severity: asString(given['severity']) === 'warning' ? 'warning' : 'error',
    summary: asString(given['summary']) ?? '',
    detail: asString(given['detail']) ?? '',
    ...(address === undefined ? {} : { address }),
    ...(file === undefined
      ? {}
      : {
          range: {
            file,
            line: asNumber(at(given, 'range', 'start', 'line')) ?? 1,
            column: asNumber(at(given, 'range', 'start', 'column')) ?? 1
          }
        })
  }
}

/**
 * The complaints in text for people, which is all that `init` gives in every version. Without colour it looks like
 *
 *     Error: Invalid expression
 *
 *       on main.tf line 2, in resource "terraform_data" "a":
 *        2:   input =
 *
 *     Expected the start of an expression, …
 */
export function parseDiagnostics(text: string): Diagnostic[] {
  const blocks = text
    .replace(/^[╷│╵] ?/gm, '')
    .split(/^(?=(?:Error|Warning): )/m)
    .filter((block) => /^(Error|Warning): /.test(block))
  return blocks.map((block) => {
    // A long summary is broken too; it ends at the first empty line.
    const [head = '', body = ''] = /^([\s\S]*?)(?:\n\s*\n([\s\S]*))?$/.exec(block.trimEnd())?.slice(1) ?? []
    const rest = body.split('\n')
    const place = rest.findIndex((line) => /^ {2}(?:on|with) /.test(line))
    const [, file, line] = /^ {2}on (.+?) line (\d+)/m.exec(block) ?? []
    const [, address] = /^ {2}with ([^,]+),/m.exec(block) ?? []
    return {
      severity: head.startsWith('Warning') ? 'warning' : 'error',
      summary: head.replace(/^\w+: /, '').replace(/\n\s*/g, ' '),
      detail: unwrap(place < 0 ? rest : withoutSource(rest)),
      ...(address === undefined ? {} : { address }),
      ...(file === undefined ? {} : { range: { file, line: Number(line) } })
    }
  })
}

/** Without the lines that show the source. */
function withoutSource(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^ {2,}(?:on|with) |^ +\d+: |^ {4}[├│]/.test(line))
}

/** Joins the lines that were broken at the width of a terminal; what is indented was meant to be a line. */
function unwrap(lines: readonly string[]): string {
  return lines
    .join('\n')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\n(?! )/g, ' ').trim())
    .join('\n\n')
}
