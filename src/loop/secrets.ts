import type { TargetReport } from '../report/report.ts'

/** Shorter texts are words that every report has. */
const SHORTEST = 4
/** What names things or binds an approval, and is never made of a secret. */
const KEPT = new Set(['target', 'kind', 'status', 'action', 'purpose', 'digest', 'declaredDigest', 'revision', 'time'])

/**
 * Reports with `***` for every secret in their texts: values, notes, messages, logs. An output that is a secret may
 * have been rendered into an object that is no Secret.
 */
export function withoutSecrets(targets: readonly TargetReport[], secrets: ReadonlySet<string>): TargetReport[] {
  const known = [...secrets].filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length)
  if (known.length === 0) return [...targets]
  const hide = (text: string) => known.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text)
  return targets.map((target) => ({ ...mapTexts(target, hide), id: target.id }))
}

/** A copy with every text of it changed, but for those under the keys that are kept. */
function mapTexts<T>(value: T, change: (text: string) => string): T
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, KEPT.has(key) ? item : mapTexts(item, change)])
  )
}
