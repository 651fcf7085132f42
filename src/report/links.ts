import { codeSpan, link } from './markdown.ts'
import type { RunReport } from './report.ts'

/** A commit, as a link to it where the repository is known. */
export function commitLink(report: RunReport, revision: string): string {
  const url = repositoryUrl(report)
  return url === undefined ? codeSpan(revision.slice(0, 12)) : link(revision.slice(0, 12), `${url}/commit/${revision}`)
}

/** A place in a commit, as a link where the repository is known; empty without a place. */
export function sourceLink(
  report: RunReport,
  revision: string | undefined,
  source: { file: string; line?: number } | undefined
): string {
  if (!source) return ''
  const text = `${source.file}${source.line === undefined ? '' : `:${source.line}`}`
  const url = repositoryUrl(report)
  if (url === undefined || revision === undefined || source.file.startsWith('/')) return codeSpan(text)
  const path = source.file.split('/').map(encodeURIComponent).join('/')
  return link(text, `${url}/blob/${revision}/${path}${source.line === undefined ? '' : `#L${source.line}`}`)
}

/** `https://github.com/acme/shop`, from the link to the run, which names the server. */
function repositoryUrl(report: RunReport): string | undefined {
  if (report.repository === undefined || report.run === undefined || !URL.canParse(report.run)) return undefined
  const { origin } = new URL(report.run)
  return origin === 'null' ? undefined : `${origin}/${report.repository}`
}
