import type { KubernetesObject } from '../../../render/manifest.ts'
import type { ApiError } from '../cluster.ts'
import type { Comparison } from '../compare/index.ts'
import { place } from '../declared.ts'
import type { Preflight } from '../preflight.ts'
import { type Definitions, schemaProblem } from './definitions.ts'

/** What is known of custom resources whose definition this run brings or changes. */
export interface Brought<T> {
  readonly judged: readonly T[]
  /** One sentence per object that does not fit its new schema, with its place. */
  readonly problems: readonly string[]
}

/**
 * Custom resources cannot be dry-run against a definition that this run brings, and a dry run against the one that it
 * changes may refuse what will be allowed, or allow what will be refused. So they are validated against the schema in
 * the set; what remains unchecked is said.
 * @param changing whether this run creates or changes the definition of an object's kind
 */
export function judgeAbsent(
  checked: readonly Preflight[],
  definitions: Definitions,
  changing: (object: KubernetesObject) => boolean
): Brought<Preflight> {
  const problems: string[] = []
  const judged = checked.map((one): Preflight => {
    const { manifest, resource } = one.declared
    if (resource !== undefined && !changing(manifest.object)) return one
    const found = definitions.check(manifest.object)
    if (!found) return one
    if (found.problems.length > 0) {
      problems.push(`${place(manifest)}: ${schemaProblem(manifest.object, found.problems)}`)
      return { result: 'missing', declared: one.declared }
    }
    if (one.result === 'exists' || (one.result === 'missing' && resource !== undefined)) return one
    if (one.result === 'refused' && !isAboutSchema(one.error)) return one
    return { result: 'missing', declared: one.declared, unchecked: found.unchecked }
  })
  return { judged, problems }
}

/** The same for objects that live already. */
export function judgeExisting(
  comparisons: readonly Comparison[],
  definitions: Definitions,
  changing: (object: KubernetesObject) => boolean
): Brought<Comparison> & { readonly notes: readonly string[] } {
  const problems: string[] = []
  const notes: string[] = []
  const judged = comparisons.map((comparison): Comparison => {
    const { manifest, error, ...rest } = comparison
    if (!changing(manifest.object)) return comparison
    const found = definitions.check(manifest.object)
    if (!found) return comparison
    if (found.problems.length > 0) {
      problems.push(`${place(manifest)}: ${schemaProblem(manifest.object, found.problems)}`)
      return { manifest, ...rest, verdict: 'unchanged' }
    }
    if (comparison.verdict !== 'error' || (error !== undefined && 'code' in error && !isAboutSchema(error)))
      return comparison
    const reason = `its definition ${definitions.nameOf(manifest.object) ?? ''} changes in this run, so it could not be compared by a dry run`
    notes.push(`${place(manifest)}: ${found.unchecked}.`)
    return { manifest, ...rest, verdict: 'update', fields: [], reason }
  })
  return { judged, problems, notes }
}

/** The API server's words for an object that its present schema does not allow; not a webhook's or a policy's. */
function isAboutSchema(error: ApiError): boolean {
  if (/admission webhook|ValidatingAdmissionPolicy/.test(error.message)) return false
  return (
    error.code === 404 ||
    error.code === 422 ||
    /not declared in schema|failed to create typed|strict decoding/.test(error.message)
  )
}
