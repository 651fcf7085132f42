import { GitOpsError, messageOf } from '../../errors.ts'
import { asString, at } from '../../json.ts'
import { timeText } from '../../moment.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import { ALLOWED_BY, describeApiError } from './client/explain.ts'
import { joinedRoles } from './client/roles.ts'
import { ApiError } from './cluster.ts'
import type { Comparison, Conflict } from './compare/index.ts'
import { place } from './declared.ts'
import { describe } from './describe.ts'
import type { Handover } from './handover.ts'
import { PART_OF_LABEL } from './inventory.ts'
import { CONFLICTS_ANNOTATION, type Policy, REPLACE_ANNOTATION } from './options.ts'
import type { Preflight } from './preflight.ts'
import { isProtected } from './prune.ts'
import type { Selector } from './selector.ts'

/** Why objects cannot be applied: one sentence each, with the place of the manifest, the reason and what to do. */
export function preflightProblems(checked: readonly Preflight[]): string[] {
  return checked.flatMap((one) => (one.result === 'refused' ? [explain(one.error, where(one.declared.manifest))] : []))
}

/** Problems with one text for the roles of all, at the end: the same role for each of a hundred objects helps nobody. */
function withRolesOnce(problems: readonly string[]): { texts: string[]; roles: string | undefined } {
  const roles: string[] = []
  const texts = problems.map((problem) => {
    const [text = '', role] = problem.split(` ${ALLOWED_BY}\n`)
    if (role !== undefined) roles.push(role)
    return text
  })
  return { texts, roles: roles.length === 0 ? undefined : joinedRoles(roles) }
}

/** The same for an object that exists. Foreign membership and conflicts stop a deploy; healing takes back. */
export function comparisonProblems(
  comparison: Comparison,
  live: KubernetesObject,
  options: {
    readonly setId: string
    readonly deploy: boolean
    readonly conflicts: Policy['fieldConflicts']
    readonly replace?: readonly Selector[]
    readonly handover?: Handover | undefined
  }
): string[] {
  const subject = where(comparison.manifest)
  const owner = asString(at(live, 'metadata', 'labels', PART_OF_LABEL))
  const { handover } = options
  if (owner !== undefined && owner !== options.setId && options.deploy && !handover?.taken) {
    const why = handover?.why ?? "belongs to another target's set"
    const then = handover?.then ?? 'Declare it in one target only.'
    return [
      `${subject} ${why} (${PART_OF_LABEL}=${owner}), and is not taken over. ${then} Or let that set go of it: kubectl label ${labelled(live)} ${PART_OF_LABEL}-`
    ]
  }
  if (comparison.verdict === 'error') return [explain(comparison.error, subject)]
  const { object } = comparison.manifest
  // A check only tells of it; healing leaves it alone.
  if (options.deploy && comparison.verdict === 'replace' && !mayReplace(object, options.replace ?? []))
    return [
      `${subject}: ${comparison.reason ?? 'a field cannot be changed in place'}. To let a deploy delete and create it anew, name it in "replace" (such as replace: ${object.kind}/${object.metadata.name}), or set the annotation ${REPLACE_ANNOTATION}: "true" on it; else delete it yourself.`
    ]
  if (!options.deploy) return []
  const own = conflictsPolicyOf(object)
  if (own === 'unknown')
    return [
      `${subject}: the annotation ${CONFLICTS_ANNOTATION} is "${annotation(object, CONFLICTS_ANNOTATION)}", but must be take-from-people, fail or force.`
    ]
  return conflictProblems(subject, comparison.conflicts, own ?? options.conflicts)
}

/** The one error for a target that cannot be applied. */
export function refusal(target: string, problems: readonly string[]): GitOpsError {
  const { texts, roles } = withRolesOnce(problems)
  const [first] = texts
  // Roles come last, where they can be copied as they stand.
  const hint =
    roles === undefined ? 'Nothing was written.' : `Nothing was written. This would allow what is forbidden:\n${roles}`
  if (problems.length === 1 && first !== undefined) return new GitOpsError(`Target "${target}": ${first}`, { hint })
  return new GitOpsError(`Target "${target}": ${problems.length} objects cannot be applied.`, {
    details: texts,
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
  if (known instanceof GitOpsError) {
    // An API server's message lists its causes itself.
    const details = known.details.filter((detail) => !known.message.includes(detail))
    return [known.message, ...details, known.hint].filter((part) => part !== undefined && part !== '').join(' ')
  }
  return `${doing}: ${messageOf(known)}`
}

/** What holds data is only replaced when it was meant: by annotation, or by a kind that is written out. */
export function mayReplace(object: KubernetesObject, allowed: readonly Selector[]): boolean {
  const own = annotation(object, REPLACE_ANNOTATION)
  if (own !== undefined) return own === 'true'
  return allowed.some((selector) => selector.matches(object) && (selector.exact || !isProtected(object)))
}

function conflictsPolicyOf(object: KubernetesObject): Policy['fieldConflicts'] | 'unknown' | undefined {
  const own = annotation(object, CONFLICTS_ANNOTATION)
  if (own === undefined) return undefined
  return CONFLICT_POLICIES.find((policy) => policy === own) ?? 'unknown'
}
const CONFLICT_POLICIES = ['take-from-people', 'fail', 'force'] as const

function annotation(object: KubernetesObject, name: string): string | undefined {
  return asString(at(object, 'metadata', 'annotations', name))
}

function conflictProblems(subject: string, conflicts: readonly Conflict[], policy: Policy['fieldConflicts']): string[] {
  if (policy === 'force') return []
  return conflicts
    .filter((conflict) => conflict.kind === 'applier' || (policy === 'fail' && conflict.kind === 'person'))
    .map((conflict) => {
      const since = conflict.time ? ` since ${timeText(conflict.time)}` : ''
      return `${subject}: ${conflict.path} is owned by ${conflict.manager} (${conflict.operation}${since}). Take the field out of the manifest, stop ${conflict.manager} from managing this object, or set field-conflicts: force (or on this object alone the annotation ${CONFLICTS_ANNOTATION}: force) to take it over.`
    })
}
