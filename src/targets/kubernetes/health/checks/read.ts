import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Annotation, GitOpsError } from '../../../../errors.ts'
import { compileHealthChecks, EXPRESSIONS, type HealthCheck, type HealthChecks } from './index.ts'

const KEYS = ['group', 'kind', ...EXPRESSIONS] as const
type Key = (typeof KEYS)[number]

/** What Flux calls the same (`healthCheckExprs`). */
const FOREIGN: Readonly<Record<string, string>> = {
  current: 'healthy',
  inProgress: 'progressing',
  failed: 'degraded',
  apiVersion: 'group'
}

/**
 * Reads the rules of a health checks file: a YAML list of `{group, kind, healthy, degraded, progressing, suspended,
 * message}`.
 * @param file as it shall be named in errors
 * @throws GitOpsError with the place of every error
 */
export async function readHealthChecks(text: string, file: string): Promise<HealthChecks> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const issues: Annotation[] = []
  const report = (offset: number, message: string): undefined => {
    const { line, col } = lines.linePos(offset)
    issues.push({ place: { file, line, column: col }, message })
  }
  for (const error of document.errors) report(error.pos[0], error.message)
  const rules: { rule: HealthCheck; nodes: ReadonlyMap<Key, Node> }[] = []
  if (issues.length === 0 && document.contents !== null) {
    if (!isSeq(document.contents)) report(startOf(document.contents), 'must be a list of rules')
    else
      for (const item of document.contents.items) {
        const read = readRule(item, report)
        if (read) rules.push(read)
      }
  }
  const { checks, problems } = await compileHealthChecks(rules.map(({ rule }) => rule))
  for (const { index, expression, message, offset } of problems) {
    const node = rules[index]?.nodes.get(expression)
    // Inside a quoted or folded scalar the offset of the expression is not that of the file.
    const shift = isScalar(node) && node.type === 'PLAIN' ? offset : 0
    report(startOf(node) + shift, `${expression}: ${message}`)
  }
  if (issues.length === 0) return checks
  throw new GitOpsError(
    issues.map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`)[0] ?? file,
    {
      details: issues.slice(1).map(({ place, message }) => `${file}:${place.line}:${place.column}: ${message}`),
      annotations: issues,
      hint: "A rule looks like this: {group: example.com, kind: Widget, healthy: status.phase == 'Ready'}."
    }
  )
}

function readRule(
  item: unknown,
  report: (offset: number, message: string) => undefined
): { rule: HealthCheck; nodes: ReadonlyMap<Key, Node> } | undefined {
  if (!isMap(item)) return report(startOf(item), 'a rule must be a mapping')
  const values = new Map<Key, string>()
  const nodes = new Map<Key, Node>()
  let isGood = true
  for (const { key: keyNode, value } of item.items) {
    const name = isScalar(keyNode) ? String(keyNode.value) : ''
    const key = KEYS.find((one) => one === name)
    if (key === undefined) {
      const instead = Object.hasOwn(FOREIGN, name) ? ` Write "${FOREIGN[name]}" instead.` : ''
      report(startOf(keyNode), `unknown key "${name}".${instead} Allowed here: ${KEYS.join(', ')}`)
      isGood = false
    } else if (!isScalar(value) || typeof value.value !== 'string' || (value.value.trim() === '' && key !== 'group')) {
      report(startOf(value ?? keyNode), `${key} must be a text`)
      isGood = false
    } else {
      values.set(key, value.value)
      nodes.set(key, value)
    }
  }
  const kind = values.get('kind')
  if (kind === undefined && isGood) return report(startOf(item), '"kind" is missing')
  const hasVerdict = EXPRESSIONS.some((one) => one !== 'message' && values.has(one))
  if (!hasVerdict && isGood)
    return report(startOf(item), 'says nothing about health: add "healthy", "degraded", "progressing" or "suspended"')
  if (!isGood || kind === undefined) return undefined
  return { rule: { ...Object.fromEntries(values), kind }, nodes }
}

function startOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : 0
}
