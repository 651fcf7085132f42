import { asString, at, type Json, parseJson, stringifyJson } from '../json.ts'
import { closeBlocks, GITHUB_BODY_LIMIT, truncateMarkdown } from '../report/truncate.ts'
import { type HistoryEntry, historyFromJson, historyToJson, renderHistory } from './drift-history.ts'

/** A drift issue's text in its parts. */
export interface DriftBody {
  readonly environment: string
  /** One sentence about the last run, Markdown. */
  readonly headline: string
  /** What drifted: the renderer's Markdown. */
  readonly findings: string
  /** Where the findings are not of the last run: what they are, as the title of a fold; `open` where they may still hold. */
  readonly earlier?: { readonly title: string; readonly open: boolean }
  readonly history: readonly HistoryEntry[]
}

const FIRST = 'gitops-actions:drift-issue'
const FINDINGS = '<!-- gitops-actions:findings -->'
const FINDINGS_END = '<!-- /gitops-actions:findings -->'
const LAST = 'gitops-actions:history'

/**
 * The text of the issue. Findings are cut where GitHub's limit demands it; `rest` says where the whole is. Our hidden
 * marks stand at the very beginning and the very end, where text from a cluster never stands, and HTML comments in the
 * findings are made visible: nobody can name a pod so that it becomes a mark, or hides what follows.
 */
export function composeBody(body: DriftBody, rest: string): string {
  const { earlier } = body
  const head = [
    comment(FIRST, { version: 1, environment: body.environment }),
    body.headline,
    '',
    ...(earlier ? [`<details${earlier.open ? ' open' : ''}><summary>${earlier.title}</summary>`, ''] : []),
    FINDINGS,
    '',
    ''
  ].join('\n')
  const tail = [
    '',
    '',
    FINDINGS_END,
    '',
    ...(earlier ? ['</details>', ''] : []),
    '### History',
    '',
    renderHistory(body.history),
    '',
    '<sub>Kept up to date by gitops-actions: changes to this text are overwritten, comments are not. Closed by itself when the environment is in sync.</sub>',
    '',
    comment(LAST, historyToJson(body.history))
  ].join('\n')
  const findings = closeBlocks(body.findings.replaceAll('<!--', '<!\u200b--').trim())
  return head + truncateMarkdown(findings, GITHUB_BODY_LIMIT - head.length - tail.length, rest) + tail
}

/** The parts of an issue's text; undefined when it is no drift issue of ours. Edits by people are survived where possible. */
export function parseBody(text: string): Pick<DriftBody, 'environment' | 'findings' | 'history'> | undefined {
  const normal = text.replaceAll('\r\n', '\n')
  const first = /^\s*<!-- gitops-actions:drift-issue (\{.*\}) -->/.exec(normal)
  const mark = first ? json(first[1] ?? '') : undefined
  const environment = asString(at(mark, 'environment'))
  if (environment === undefined || at(mark, 'version') !== 1) return undefined
  const start = normal.indexOf(FINDINGS)
  const end = normal.lastIndexOf(FINDINGS_END)
  const findings = start >= 0 && end > start ? normal.slice(start + FINDINGS.length, end).trim() : ''
  return { environment, findings, history: historyIn(normal) }
}

/** The history at the end of an issue's text, whatever became of the rest. */
export function historyIn(text: string): HistoryEntry[] {
  const last = text.slice(Math.max(text.lastIndexOf(`<!-- ${LAST} `), 0))
  const history = /^<!-- gitops-actions:history (\{.*\}) -->/.exec(last)
  return historyFromJson(json(history?.[1] ?? ''))
}

/** JSON in a comment: neither its end nor anything that looks like it may occur inside. */
function comment(name: string, value: Json): string {
  const text = stringifyJson(value).replace(/[<>]|--/g, (found) =>
    [...found].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  )
  return `<!-- ${name} ${text} -->`
}

function json(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
