import { GitOpsError } from '../../errors.ts'
import { errorAt } from '../placed.ts'

const PLACE = /([\w./@:-]+\.(?:ya?ml|tpl|txt|json)):(\d+)(?::(\d+))?/g

/**
 * What Helm says on stderr as an error of ours: the innermost template and line first, then the reason; all that Helm
 * said goes into the details.
 * @param label the chart as messages call it; Helm's own paths begin with the name of the chart
 */
export function explainHelm(stderr: string, label: string): GitOpsError {
  const text = tidy(stderr)
  const details = text.includes('\n') ? text.split('\n') : []
  const yaml = /^YAML parse error on ([^:]+): .*?(?:yaml: (?:line (\d+): )?|json: )(.*)$/m.exec(text)
  if (yaml)
    return errorAt(
      { file: inChart(yaml[1] ?? '', label) },
      `it renders text that is no YAML${yaml[2] ? `, on line ${yaml[2]} of what it renders` : ''}: ${yaml[3]}.`,
      { hint: `See what it renders: helm template --debug ${label}` }
    )
  const schema = /^values don't meet the specifications of the schema\(s\)[^\n]*\n([\s\S]*)$/.exec(text)
  if (schema)
    return new GitOpsError(`The values do not fit the schema of ${label}.`, {
      details: (schema[1] ?? '').split('\n').filter((line) => line.trim() !== ''),
      hint: 'Mend the values; values.schema.json of the chart says what is allowed.'
    })
  const places = [...text.matchAll(PLACE)]
  const innermost = places.at(-1)
  if (innermost) {
    const [, file = '', line, column] = innermost
    const place = {
      file: inChart(file, label),
      line: Number(line),
      // Go counts columns from 0, editors from 1.
      ...(column === undefined ? {} : { column: Number(column) + 1 })
    }
    return errorAt(place, reasonOf(text), { details, hint: hintFor(text) })
  }
  return new GitOpsError(`${label}: ${text === '' ? 'Helm failed without a reason.' : (text.split('\n')[0] ?? '')}`, {
    details: details.slice(1),
    hint: hintFor(text)
  })
}

function tidy(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !/^(?:level=|WARNING:|time=|coalesce\.go|walk\.go|Use --debug flag)/.test(line.trim()))
    .join('\n')
    .trim()
    .replace(/^Error: /, '')
}

/** Helm 3 puts everything on one line, Helm 4 the reason on the last ones; `fail` and `required` write their own. */
function reasonOf(text: string): string {
  const own = /^(?:execution|parse) error at \([^)]*\): ([\s\S]*)$/.exec(text)
  if (own) return (own[1] ?? '').trim()
  const after = text.slice(text.lastIndexOf(' at <') + 1)
  const reason = /^at <([^\n]*?)>:\s*([\s\S]*)$/.exec(after)
  if (!reason) return text.split('\n').at(-1)?.trim() ?? text
  return `${oneLine(reason[2] ?? '')} (at ${reason[1]})`
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}

/** `web/templates/x.yaml` of Helm, as the path in the workspace. */
export function inChart(file: string, label: string): string {
  const inside = file.slice(file.indexOf('/') + 1)
  return label === '.' ? inside : `${label}/${inside}`
}

function hintFor(text: string): string | undefined {
  if (text.includes('nil pointer evaluating'))
    return 'A value that the template reads is not set: set it in the values, or give it a default in the template.'
  if (text.includes('missing in charts/ directory')) return 'Run "helm dependency update" and commit Chart.lock.'
  if (/connection refused|no such host|i\/o timeout|TLS handshake/i.test(text))
    return 'The registry cannot be reached from this runner. A chart in the workspace needs no network.'
  if (/\bunauthorized\b|\bdenied\b|(?:status(?: code)?|response)[: ]+40[13]\b/i.test(text))
    return 'Log in to the registry before: docker/login-action, or helm registry login.'
  if (/not found/i.test(text)) return 'Check the name and the version of the chart.'
  return undefined
}
