import { GitOpsError } from '../../errors.ts'
import { canonicalJson } from '../../json.ts'
import { digestOf } from '../../render/digest.ts'
import { type Change, type Plan, type Purpose, planDigest } from '../plan.ts'
import { attributed } from './attribution.ts'
import { dryRun, groupStatuses } from './cloud.ts'
import type { Context } from './context.ts'
import { type Desired, desiredExisting, desiredNew, seemsEqual } from './desired.ts'
import { changesOf } from './dryrun/changes.ts'
import type { DryRun } from './dryrun/grammar.ts'
import { checkedConfigBase } from './guard.ts'
import { type Declared, type KopsObject, readManifests } from './manifests.ts'
import { OUR_FOLDER, readRecord } from './record.ts'
import { withVersions } from './required-kops.ts'
import { isControlPlane, isWithin, roleOf } from './roles.ts'
import type { GroupStatus } from './rolling.ts'
import { together, withShadow } from './shadow.ts'
import { resourceOf, specChange } from './spec-changes.ts'
import { missingCredentials } from './ssh.ts'
import { readStored, type Stored } from './stored.ts'
import { reportUnknown, wordsOf } from './unknown-fields.ts'

/** A plan, and what executing it needs to know beside it. */
export interface Planned {
  readonly plan: Plan
  readonly declared: Declared
  /** What the state store held; undefined when it had no such cluster. */
  readonly stored: Stored | undefined
  /** What has to be replaced in the state store. */
  readonly replacements: readonly KopsObject[]
  /** Instance groups to remove. */
  readonly removals: readonly KopsObject[]
  /** Whether instances of some group are, or will be, older than their launch template. */
  readonly needsRollingUpdate: boolean
}

/**
 * Compares Git with the state store, and what the state store is to hold with the cloud. Reads only: what is not in the
 * store yet is tried in a shadow of it.
 */
export async function makePlan(context: Context, purpose: Purpose): Promise<Planned> {
  const { checkout, manifests, cluster } = context.options
  const declared = await readManifests({ checkout, manifests, ...(cluster === undefined ? {} : { cluster }) })
  try {
    return await planOf(context, purpose, declared)
  } catch (error) {
    throw await withVersions(error, declared, context)
  }
}

async function planOf(context: Context, purpose: Purpose, declared: Declared): Promise<Planned> {
  const { options, kops, redactor } = context
  const cluster = declared.cluster.name
  const stored = await readStored(kops, cluster)
  const configBase = checkedConfigBase(declared, stored, options.state)
  if (!stored) await refuseRenamed(context, cluster)
  const means = { kops, temporary: options.temporary, configBase }
  // Mostly nothing differs: then the dry run of the store as it is is the answer, and it need not wait for that.
  const early = stored && seemsEqual(declared, stored) ? settle(dryRun(context, cluster, PLANNING)) : undefined
  // Nor need any dry run wait for what the instances are.
  const asked = settle(stored ? groupStatuses(context, cluster) : Promise.resolve([]))
  const [desired, credentials] = await together(
    stored ? desiredExisting(declared, stored, means) : desiredNew(declared, means),
    missingCredentials(context, declared, configBase)
  )
  // What was deployed with such a field is looked after all the same.
  const { checkout, log } = options
  await reportUnknown(desired.dropped, { checkout, log, refuse: purpose === 'deploy' })
  const specChanges = changesOfStore(desired, declared, stored, context)
  const removals = removedGroups(declared, stored, context)
  const replacements = [
    ...[desired.cluster, ...desired.instanceGroups].filter((one) => specChanges.has(one)),
    ...credentials
  ]
  const untouched = replacements.length === credentials.length && !removals.some((one) => one.allowed)
  const report =
    early && untouched
      ? await early.then(unsettle)
      : await withShadow({ temporary: options.temporary, cluster, configBase }, async (shadow) => {
          await early
          const objects = { cluster: desired.cluster, instanceGroups: remaining(desired, stored, removals) }
          // kops' own metadata of what is not replaced stays as it is.
          await shadow.fill({ ...objects, addons: stored?.addons ?? [] })
          return dryRun(context, cluster, PLANNING, shadow.state)
        })
  const cloudChanges = changesOf(report, { redactor, prune: options.update.prune })
  const rolling = rollingChanges(report, unsettle(await asked), stored, context)
  // What a deploy leaves as it is is no change, but must not be forgotten. For a drift check it is one: "not in Git".
  const shown = removals.filter((one) => one.allowed || purpose === 'drift')
  const kept = removals.filter((one) => !shown.includes(one))
  const changes = [
    ...specChanges.values(),
    ...credentials.map(
      (one): Change => ({
        action: 'create',
        resource: resourceOf(one),
        fields: [],
        reason: 'The key is not in the state store.'
      })
    ),
    ...cloudChanges,
    ...rolling,
    ...shown.map((one) => one.change)
  ]
  const declaredDigest = digestOfDeclared(declared)
  const base = {
    target: options.id,
    kind: 'kops' as const,
    declaredDigest,
    changes: purpose === 'drift' ? await attributed(context, cluster, changes) : changes
  }
  return {
    plan: {
      ...base,
      purpose,
      unchanged: unchangedObjects(desired, specChanges),
      notes: [...notesOf(desired, declared, report, stored), ...kept.map(keptNote)],
      digest: planDigest(base)
    },
    declared,
    stored,
    replacements,
    removals: removals.filter((one) => one.allowed).map((one) => one.group),
    needsRollingUpdate: rolling.length > 0
  }
}

const PLANNING = 'Planning what kops would do'

type Settled<T> = { readonly value: T } | { readonly error: unknown }

/** A promise whose failure waits until somebody asks. */
function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error })
  )
}

function unsettle<T>(settled: Settled<T>): T {
  if ('error' in settled) throw settled.error
  return settled.value
}

/** `sha256:…` of what the manifests declare. */
export function digestOfDeclared(declared: Declared): string {
  const objects = [declared.cluster, ...declared.instanceGroups, ...declared.sshCredentials]
  return digestOf(objects.map((one) => canonicalJson(one.object)))
}

/** A cluster under a new name is no renamed cluster: the old one would go on, and cost, without anybody's knowing. */
async function refuseRenamed(context: Context, cluster: string): Promise<void> {
  const { store, options } = context
  if (!store) return
  for (const other of await store.folders(OUR_FOLDER)) {
    if (other === cluster) continue
    const record = await readRecord(store, other).catch(() => undefined)
    if (record?.target !== options.id || record.environment !== options.environment) continue
    throw new GitOpsError(
      `The manifests declare the cluster "${cluster}", which does not exist, but "${options.id}" was deployed as the cluster "${other}".`,
      {
        hint: `kops cannot rename a cluster. Take the name back; or give the new cluster a target of its own; or, if "${other}" is gone, delete ${OUR_FOLDER}/${other}/ in the state store.`
      }
    )
  }
}

function changesOfStore(
  desired: Desired,
  declared: Declared,
  stored: Stored | undefined,
  context: Context
): Map<KopsObject, Change> {
  const sources = new Map(
    [declared.cluster, ...declared.instanceGroups].map((one) => [one.kind + one.name, one.source])
  )
  const groups = new Map(stored?.instanceGroups.map((group) => [group.name, group]))
  const changes = new Map<KopsObject, Change>()
  for (const one of [desired.cluster, ...desired.instanceGroups]) {
    const live = one.kind === 'Cluster' ? stored?.cluster : groups.get(one.name)
    const source = sources.get(one.kind + one.name)
    const change = specChange({ ...one, ...(source ? { source } : {}) }, live, context.redactor)
    if (change) changes.set(one, change)
  }
  return changes
}

interface Removal {
  readonly group: KopsObject
  readonly change: Change
  readonly allowed: boolean
}

/** Instance groups that the state store has and Git has no more: kops itself never deletes them (kubernetes/kops#4632). */
function removedGroups(declared: Declared, stored: Stored | undefined, context: Context): Removal[] {
  const names = new Set(declared.instanceGroups.map((group) => group.name))
  return (stored?.instanceGroups ?? [])
    .filter((group) => !names.has(group.name))
    .map((group) => {
      const isProtected = isControlPlane(group)
      const allowed = context.options.update.deleteInstanceGroups && !isProtected
      const reason = isProtected
        ? `It is not in Git any more, but its role is ${roleOf(group)}: such a group is only ever deleted by a person ("kops delete instancegroup ${group.name}").`
        : allowed
          ? `It is not in Git any more: ${context.options.rollingUpdate.cloudOnly ? 'it is deleted at once, without draining its nodes (cloud only)' : 'its nodes are cordoned and drained, then it is deleted'}.`
          : 'It is not in Git any more, and stays, because delete-instance-groups is off.'
      const change: Change = { action: 'delete', resource: resourceOf(group), fields: [], reason }
      return { group, allowed, change: allowed ? change : { ...change, healable: false } }
    })
}

function keptNote({ group, change }: Removal): string {
  const reason = change.reason ?? ''
  return `InstanceGroup "${group.name}": ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
}

/** The groups as they will be: of those that are removed, only the ones that may not be stay. */
function remaining(desired: Desired, stored: Stored | undefined, removals: readonly Removal[]): KopsObject[] {
  const kept = removals.filter((one) => !one.allowed).map((one) => one.group)
  const groups = new Map(stored?.instanceGroups.map((group) => [group.name, group]))
  return [...desired.instanceGroups, ...kept].map((group) => {
    const live = groups.get(group.name)
    return live && canonicalJson(live.object) === canonicalJson(group.object) ? live : group
  })
}

/** Instance groups whose instances are older than their launch template, or will be. */
function rollingChanges(
  report: DryRun,
  statuses: readonly GroupStatus[],
  stored: Stored | undefined,
  context: Context
): Change[] {
  if (!stored) return []
  const { rollingUpdate } = context.options
  const stale = new Map(statuses.filter((group) => group.needUpdate > 0).map((group) => [group.name, group.needUpdate]))
  const templates = report.modified.filter((task) => task.type === 'LaunchTemplate').map((task) => task.name)
  return stored.instanceGroups.flatMap((group): Change[] => {
    const count = stale.get(group.name)
    const changing = templates.some((name) => name.startsWith(`${group.name}.`))
    if (count === undefined && !changing) return []
    const why =
      count === undefined
        ? 'Its launch template changes.'
        : `${count === 1 ? 'One instance runs' : `${count} instances run`} with an older launch template.`
    const off = !rollingUpdate.enabled || !isWithin(rollingUpdate, group)
    return [
      {
        action: 'restart',
        resource: { id: `Instances/${group.name}`, kind: 'Instances', name: group.name },
        fields: [],
        reason: `${why} ${off ? 'They are left alone, because rolling-update leaves this group out.' : 'They are replaced, one after the other.'}`,
        ...(off ? { healable: false } : {})
      }
    ]
  })
}

function unchangedObjects(desired: Desired, changes: ReadonlyMap<KopsObject, Change>): number {
  return [desired.cluster, ...desired.instanceGroups].filter((one) => !changes.has(one)).length
}

function notesOf(desired: Desired, declared: Declared, report: DryRun, stored: Stored | undefined): string[] {
  const notes: string[] = []
  const dropped = desired.dropped.map(wordsOf)
  notes.push(...dropped.slice(0, 10))
  if (dropped.length > 10) notes.push(`kops drops ${dropped.length - 10} more fields; the log names them.`)
  if (!stored) notes.push(`The cluster "${declared.cluster.name}" did not exist before this run.`)
  const upgrade = report.preamble.find((line) => /new kops version is available|kops upgrade/i.test(line))
  if (upgrade !== undefined) notes.push(upgrade.replace(/\*+/g, '').trim())
  return notes
}
