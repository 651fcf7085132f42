import { GitOpsError, messageOf } from '../../errors.ts'
import { asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import { describeApiError } from './client/explain.ts'
import { ApiError } from './cluster.ts'
import type { Comparison, Conflict } from './compare/index.ts'
import { place } from './declared.ts'
import { describe } from './describe.ts'
import { PART_OF_LABEL } from './inventory.ts'
import { type Policy, REPLACE_ANNOTATION } from './options.ts'
import type { Preflight } from './preflight.ts'

/** Why objects cannot be applied: one sentence each, with the place of the manifest, the reason and what to do. */
export function preflightProblems(checked: readonly Preflight[]): string[] {
  return checked.flatMap((one) => (one.result === 'refused' ? [explain(one.error, where(one.declared.manifest))] : []))
}

/** The same for an object that exists. Foreign membership and conflicts stop a deploy; healing takes back. */
export function comparisonProblems(
  comparison: Comparison,
  live: KubernetesObject,
  options: { readonly setId: string; readonly deploy: boolean; readonly conflicts: Policy['fieldConflicts'] }
): string[] {
  const subject = where(comparison.manifest)
  const owner = asString(at(live, 'metadata', 'labels', PART_OF_LABEL))
  if (owner !== undefined && owner !== options.setId && options.deploy)
    return [
      `${subject} belongs to another target's set (${PART_OF_LABEL}=${owner}) and is not taken over. Declare it in one target only; to move it here, let that one go of it first: kubectl label ${labelled(live)} ${PART_OF_LABEL}-`
    ]
  if (comparison.verdict === 'error') return [explain(comparison.error, subject)]
  if (comparison.verdict === 'replace' && !mayReplace(comparison.manifest.object))
    return [
      `${subject}: ${comparison.reason ?? 'a field cannot be changed in place'}. Delete the object yourself, or set the annotation ${REPLACE_ANNOTATION}: "true" to let a deploy delete and create it anew.`
    ]
  return options.deploy ? conflictProblems(subject, comparison.conflicts, options.conflicts) : []
}

/** The one error for a target that cannot be applied. */
export function refusal(target: string, problems: readonly string[]): GitOpsError {
  const [first] = problems
  const hint = 'Nothing was written.'
  if (problems.length === 1 && first !== undefined) return new GitOpsError(`Target "${target}": ${first}`, { hint })
  return new GitOpsError(`Target "${target}": ${problems.length} objects cannot be applied.`, {
    details: problems,
    hint
  })
}

/** An object as arguments of kubectl. */
function labelled(object: KubernetesObject): string {
  const group = groupOf(object)
  const namespace = namespaceOf(object)
  const kind = `${object.kind.toLowerCase()}${group === '' ? '' : `.${group}`}`
  return `${kind}/${object.metadata.name}${namespace === undefined ? '' : ` -n ${namespace}`}`
}

function where(manifest: Comparison['manifest']): string {
  return `${place(manifest)}: ${describe(manifest.object)}`
}

/** An error as one text: what the API server said, and what to do next. */
export function explain(error: unknown, doing: string): string {
  const known = error instanceof ApiError ? describeApiError(error, doing) : error
  if (known instanceof GitOpsError)
    return [known.message, ...known.details, known.hint].filter((part) => part !== undefined && part !== '').join(' ')
  return `${doing}: ${messageOf(known)}`
}

function mayReplace(object: KubernetesObject): boolean {
  return asString(at(object, 'metadata', 'annotations', REPLACE_ANNOTATION)) === 'true'
}

function conflictProblems(subject: string, conflicts: readonly Conflict[], policy: Policy['fieldConflicts']): string[] {
  if (policy === 'force') return []
  return conflicts
    .filter((conflict) => conflict.kind === 'applier' || (policy === 'fail' && conflict.kind === 'person'))
    .map((conflict) => {
      const since = conflict.time ? ` since ${conflict.time}` : ''
      return `${subject}: ${conflict.path} is owned by ${conflict.manager} (${conflict.operation}${since}). Take the field out of the manifest, stop ${conflict.manager} from managing this object, or set field-conflicts: force to take it over.`
    })
}
