import { asString, at } from '../../json.ts'
import { timeText } from '../../moment.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import type { Change, Purpose } from '../plan.ts'
import type { Adoption, Comparison, ForeignField } from './compare/index.ts'
import type { Declared } from './declared.ts'
import { describe, resourceOf } from './describe.ts'
import { mayHaveExpired } from './expiry.ts'
import type { Handover } from './handover.ts'
import { PART_OF_LABEL } from './inventory.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { attribute } from './ownership/index.ts'
import { comparisonProblems, mayReplace } from './problems.ts'
import { remadeText } from './remade.ts'

/** What applying has to send for one declared object. */
export interface Step {
  readonly action: 'create' | 'update' | 'replace' | 'reclaim' | 'remove-foreign' | 'restart'
  readonly payload: KubernetesObject
  readonly live?: KubernetesObject
  /** Another tool's object that is taken over, or fields of others that the apply then removes. */
  readonly adoption?: Adoption
  /** Fields that others added and that are removed again, in the same step. */
  readonly foreign?: readonly ForeignField[]
  /** Of what the API server books on nobody, nothing is left that somebody added: that entry can go. */
  readonly clearsUnrecorded?: true
  /** The live object is being deleted: it must be gone before ours can be created. */
  readonly leaving?: boolean
}

/** An object that is declared and exists. */
export interface Pair {
  readonly member: Declared
  readonly live: KubernetesObject
}

/** What others added to an object of ours. */
export interface Added {
  readonly live: KubernetesObject
  /** As it is applied. */
  readonly declared: KubernetesObject
  readonly fields: readonly ForeignField[]
}

/** Fields that others added to one object. */
type ForeignChange = Omit<Change, 'fields'> & { readonly fields: readonly ForeignField[] }

/** Collects what was found, object by object: problems all at once, so that one run shows everything there is to correct. */
export class Findings {
  readonly problems: string[] = []
  readonly notes: string[] = []
  /** By object id. */
  readonly changes = new Map<string, Change>()
  readonly steps = new Map<string, Step>()
  readonly #foreign: ForeignChange[] = []
  /** What others added and could be taken away, by object id. */
  readonly added = new Map<string, Added>()
  readonly #options: KubernetesTargetOptions
  readonly #purpose: Purpose
  readonly #deployed: string | undefined

  /** @param deployed when all of it was deployed last (RFC 3339) */
  constructor(options: KubernetesTargetOptions, purpose: Purpose, deployed?: string) {
    this.#options = options
    this.#purpose = purpose
    this.#deployed = deployed
  }

  create(member: Declared, unchecked: string | undefined): void {
    const { object, source } = member.manifest
    if (this.#purpose === 'drift' && mayHaveExpired(object)) {
      this.notes.push(
        `${describe(object)} is not there. It has ttlSecondsAfterFinished, so Kubernetes deletes it once it has finished; that is no drift.`
      )
      return
    }
    this.steps.set(member.id, { action: 'create', payload: object })
    this.changes.set(member.id, { action: 'create', resource: resourceOf(object), fields: [], source })
    this.unchecked(member, unchecked)
  }

  /** A new object (a member or a hook) of which only writing will tell; `why` is undefined where all is known. */
  unchecked({ manifest }: Declared, why: string | undefined): void {
    if (why !== undefined) this.notes.push(`${describe(manifest.object)} could not be checked before writing: ${why}.`)
  }

  /** An object that is on its way out is created anew once it is gone; healing waits for none that is stuck. */
  leaving(pair: Pair): void {
    const { object, source } = pair.member.manifest
    const base = { action: 'create' as const, resource: resourceOf(object), fields: [], source }
    const held = this.#purpose === 'drift' ? stuckText(pair.live, this.#options.now?.() ?? new Date()) : undefined
    if (held !== undefined) {
      this.changes.set(pair.member.id, { ...base, reason: held, healable: false })
      return
    }
    this.steps.set(pair.member.id, { action: 'create', payload: object, live: pair.live, leaving: true })
    this.changes.set(pair.member.id, {
      ...base,
      reason: 'the live object is being deleted; it is created anew once it is gone'
    })
  }

  /** Nothing can be written into a namespace that is being deleted: what belongs there is left for the next check. */
  leaveIn(namespaces: ReadonlyMap<string, string>): void {
    const leave = <T extends Pick<Change, 'resource'>>(change: T): T => {
      const { kind, name, namespace } = change.resource
      const why = namespaces.get(kind === 'Namespace' ? name : (namespace ?? ''))
      return why === undefined ? change : { ...change, reason: why, healable: false }
    }
    for (const [id, change] of this.changes) {
      const left = leave(change)
      if (left === change) continue
      this.changes.set(id, left)
      this.steps.delete(id)
    }
    this.#foreign.forEach((change, index) => {
      this.#foreign[index] = leave(change)
      if (this.#foreign[index] !== change) this.steps.delete(change.resource.id)
    })
  }

  /** Missing, and the API server refuses to have it made again. */
  cannotCreate(member: Declared, problems: readonly string[]): void {
    const { object, source } = member.manifest
    const base = { resource: resourceOf(object), fields: [], source }
    this.changes.set(member.id, { ...base, action: 'create', ...cannot('created', problems) })
  }

  /** What has failed for good, or started with wrong content, and that nothing makes anew by itself. */
  restart({ member, live }: Pair, reason: string, more: Pick<Change, 'evidence' | 'follows'> = {}): void {
    // What changes anyway is judged after the change.
    if (this.steps.has(member.id)) return
    const { object, source } = member.manifest
    this.steps.set(member.id, { action: 'restart', payload: object, live })
    this.changes.set(member.id, { action: 'restart', resource: resourceOf(live), fields: [], reason, source, ...more })
  }

  compared(comparison: Comparison, pair: Pair, setId: string, handover?: Handover): void {
    const { policy } = this.#options
    const problems = comparisonProblems(comparison, pair.live, {
      setId,
      deploy: this.#purpose === 'deploy',
      conflicts: policy.fieldConflicts,
      replace: policy.replace ?? [],
      handover
    })
    for (const { path, manager, rule } of comparison.recognised ?? [])
      this.#options.log.debug(`${describe(pair.live)}: ${path}, written by ${manager}, is no drift (rule: ${rule})`)
    const { id } = pair.member
    const base = { resource: resourceOf(pair.live), source: comparison.manifest.source }
    if (problems.length > 0) {
      if (this.#purpose === 'deploy') this.problems.push(...problems)
      // One object that cannot be compared must not hide what happened to the others.
      else this.changes.set(id, { ...base, action: 'update', fields: [], ...cannot('compared', problems) })
      return
    }
    const owner = asString(at(pair.live, 'metadata', 'labels', PART_OF_LABEL))
    if (this.#purpose === 'drift' && owner !== undefined && owner !== setId && !isMislabelled(pair.live, handover)) {
      // Taking it back would let the next deploy that does not declare it delete what is another target's by now.
      this.changes.set(id, {
        ...base,
        action: 'update',
        fields: comparison.fields,
        reason: `belongs to another target's set (${PART_OF_LABEL}=${owner}) and is not taken back`,
        healable: false
      })
      return
    }
    const moves = handover?.taken && this.#purpose === 'deploy' ? `taken over from ${handover.from}` : undefined
    const remade = this.#purpose === 'drift' ? remadeText(pair.live, this.#deployed) : undefined
    const reasons = [moves, remade, comparison.reason].filter((one) => one !== undefined)
    const reason = reasons.length === 0 ? {} : { reason: reasons.join('; ') }
    const taken = comparison.adoption ?? comparison.displacement
    const step = {
      payload: comparison.payload,
      live: pair.live,
      ...(taken ? { adoption: taken } : {}),
      ...(comparison.additions === 'none' ? { clearsUnrecorded: true as const } : {})
    }
    if (comparison.verdict === 'replace' && !mayReplace(comparison.manifest.object, policy.replace ?? [])) {
      // Only a check comes here: a deploy was refused.
      const why = `${comparison.reason ?? 'a field cannot be changed in place'}; it is only replaced where "replace" names it`
      this.changes.set(id, { ...base, action: 'replace', fields: comparison.fields, reason: why, healable: false })
      return
    }
    if (comparison.readOnly) {
      const fields = [...comparison.fields, ...comparison.reclaim]
      const why = `${reasons.join('; ')}; so it cannot be put back either`
      if (fields.length > 0) this.changes.set(id, { ...base, reason: why, action: 'update', fields, healable: false })
    } else if (comparison.verdict === 'update' || comparison.verdict === 'replace') {
      this.changes.set(id, { ...base, ...reason, action: comparison.verdict, fields: comparison.fields })
      this.steps.set(id, { ...step, action: comparison.verdict })
    } else if (comparison.reclaim.length > 0 || comparison.adoption) {
      this.changes.set(id, {
        ...base,
        action: 'reclaim',
        fields: comparison.reclaim,
        reason: remade ?? reclaimReason(comparison)
      })
      this.steps.set(id, { ...step, action: 'reclaim' })
    }
    if (comparison.adoption && this.#purpose === 'deploy')
      this.notes.push(
        `${describe(pair.live)} is taken over from ${comparison.adoption.from.join(', ')}; that alone restarts nothing.`
      )
    if (this.#purpose !== 'drift') return
    const lasting = comparison.foreign.filter((field) => isLasting(pair.live, field))
    const foreign = comparison.foreign.filter((field) => !lasting.includes(field))
    const added = { ...base, action: 'remove-foreign' as const }
    if (lasting.length > 0) this.#foreign.push({ ...added, fields: lasting, reason: LASTING, healable: false })
    if (foreign.length === 0) return
    this.added.set(id, { live: pair.live, declared: comparison.payload, fields: foreign })
    this.#foreign.push({
      ...added,
      fields: foreign,
      reason: 'fields that somebody added inside our object',
      healable: policy.foreignFields === 'revert'
    })
    if (policy.foreignFields === 'revert') {
      const clears = comparison.additions === 'some' && lasting.length === 0
      const more = clears ? { clearsUnrecorded: true as const } : {}
      this.steps.set(id, { action: 'remove-foreign', ...step, ...this.steps.get(id), foreign, ...more })
    }
  }

  /** What others added, as a plan tells it: where exactly it stands is for executing it only. */
  get foreign(): Change[] {
    return this.#foreign.map((change) => ({
      ...change,
      fields: change.fields.map(({ location: _, ...field }) => field)
    }))
  }

  /** Fields that turned out to be nobody's change. */
  forgive(id: string, what: string, fields: ReadonlySet<ForeignField>): void {
    for (const { path, attribution } of fields)
      this.#options.log.debug(
        `${what}: ${path}, written by ${attribution?.known ? attribution.manager : 'somebody'}, is no drift (rule: default)`
      )
    this.#foreign.splice(
      0,
      this.#foreign.length,
      ...this.#foreign.flatMap((change) => {
        const left = change.fields.filter((field) => !fields.has(field))
        return left.length === change.fields.length ? [change] : left.length === 0 ? [] : [{ ...change, fields: left }]
      })
    )
    const step = this.steps.get(id)
    if (step?.foreign) this.#leave(id, step, (field) => fields.has(field))
  }

  /** A step that takes some of what others added away no more. */
  #leave(id: string, step: Step, leaves: (field: ForeignField) => boolean): void {
    const left = (step.foreign ?? []).filter((field) => !leaves(field))
    const { foreign: _, ...rest } = step
    if (left.length > 0) this.steps.set(id, { ...step, foreign: left })
    else if (step.action === 'remove-foreign') this.steps.delete(id)
    else this.steps.set(id, rest)
  }

  /** Fields that others added and that healing cannot take away again: told apart, and left. */
  keepForeign(id: string, refused: ReadonlyMap<ForeignField, string>): void {
    const step = this.steps.get(id)
    const index = this.#foreign.findIndex((change) => change.resource.id === id && change.healable !== false)
    const change = this.#foreign[index]
    if (!step?.foreign || !change) return
    const left = step.foreign.filter((field) => !refused.has(field))
    // With something left in it, nobody can tell what else was added.
    const { clearsUnrecorded: _, ...rest } = step
    this.#leave(id, rest, (field) => refused.has(field))
    const why = [...new Set(refused.values())].join('; ')
    this.#foreign.splice(index, 1, ...(left.length > 0 ? [{ ...change, fields: left }] : []), {
      ...change,
      fields: [...refused.keys()],
      reason: `${change.reason ?? 'added'}, and that cannot be taken away again: ${why}`,
      healable: false
    })
  }
}

const LASTING = 'a debug container, which Kubernetes never takes out of a pod: delete the pod to be rid of it'

/** Controllers that clean up before an object goes have done so by then. */
const CLEANED_UP_MS = 2 * 60_000

/** Why an object is not expected to be gone soon, or undefined: waiting for it would hold up all other healing. */
function stuckText(live: KubernetesObject, now: Date): string | undefined {
  const since = asString(live.metadata['deletionTimestamp']) ?? ''
  const finalizers = live.metadata['finalizers']
  if (!Array.isArray(finalizers) || finalizers.length === 0) return undefined
  if (!(now.getTime() - Date.parse(since) > CLEANED_UP_MS)) return undefined
  return `is being deleted since ${timeText(since)}, and held by ${finalizers.join(', ')}; it is created anew by the first check after it is gone`
}

/** What somebody added and no update can take away again. */
function isLasting(live: KubernetesObject, { location }: ForeignField): boolean {
  return live.kind === 'Pod' && location[0] === 'spec' && location[1] === 'ephemeralContainers'
}

/**
 * Whether the label of another set is only somebody's edit: no such set is known, and what sets labels when it deploys
 * has not set this one.
 */
function isMislabelled(live: KubernetesObject, handover: Handover | undefined): boolean {
  if (handover?.taken !== false || !handover.orphaned) return false
  const author = attribute(live, ['metadata', 'labels', PART_OF_LABEL])
  return author.known && author.operation === 'Update'
}

function cannot(done: string, problems: readonly string[]): Pick<Change, 'reason' | 'healable'> {
  return { reason: `cannot be ${done}: ${problems.join(' ')}`, healable: false }
}

function reclaimReason(comparison: Comparison): string {
  if (comparison.adoption) return `was made by ${comparison.adoption.from.join(', ')}, and is taken over as it is`
  if (comparison.reclaim.some((field) => field.attribution?.known))
    return 'the values are equal, but others own the fields'
  const told = comparison.additions !== undefined ? '' : ', so not all that others added can be told'
  return `the values are equal, but nothing records any more whose the fields are (managedFields was emptied)${told}`
}
