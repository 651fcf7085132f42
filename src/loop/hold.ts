import { momentText, parseMoment } from '../moment.ts'
import type { Change, Held, Plan, Resource } from '../targets/plan.ts'
import { isNamedBy } from '../targets/selection.ts'
import { fightOver, type Healings, opponentOf } from './fights.ts'

/** A time in which healing is left to people. */
export interface Pause {
  readonly until: Date
  /** Who says so: `gitops.yaml (target web)`. */
  readonly by: string
  readonly reason?: string
}

/** What healing may touch. */
export interface HealLimits {
  /** Undefined for everything. */
  readonly only?: readonly string[] | undefined
  readonly except?: readonly string[] | undefined
}

export interface HoldOptions extends HealLimits {
  /** That of the target and that of its environment. */
  readonly pauses: readonly Pause[]
  /** Undefined where nothing is healed: then no fight is looked for. */
  readonly healings?: Healings
  readonly now: Date
}

/** What a declaration or an input says about a pause; undefined where it says nothing. */
export function pauseOf(
  declared: { readonly pausedUntil?: string | undefined; readonly reason?: string | undefined } | undefined,
  by: string
): Pause | undefined {
  const until = declared?.pausedUntil === undefined ? undefined : parseMoment(declared.pausedUntil)
  return until && { until, by, ...(declared?.reason === undefined ? {} : { reason: declared.reason }) }
}

/** The pause that lasts longest; undefined when none is in force. */
export function activePause(pauses: readonly Pause[], now: Date): Pause | undefined {
  return pauses.filter(({ until }) => until > now).sort((a, b) => b.until.getTime() - a.until.getTime())[0]
}

export function pauseText(pause: Pause): string {
  return `healing is paused until ${momentText(pause.until)} by ${pause.by}${pause.reason === undefined ? '' : `, because: ${pause.reason}`}`
}

/** A plan for drift in which everything that healing leaves says why. */
export function holdBack(plan: Plan, options: HoldOptions): Plan {
  const pause = activePause(options.pauses, options.now)
  const changes = plan.changes.map((change): Change => {
    if (change.healable === false || change.held) return change
    if (pause) return { ...change, held: { by: 'pause', reason: pauseText(pause), until: pause.until.toISOString() } }
    const excluded = exclusion(change.resource, options)
    if (excluded !== undefined) return { ...change, held: { by: 'policy', reason: excluded } }
    if (!options.healings) return change
    return withFights(change, plan, options.healings, options.now)
  })
  return { ...plan, changes: changes.map((change) => withFollowed(change, changes)) }
}

/** What only follows other changes is left where none of those is put back. */
function withFollowed(change: Change, all: readonly Change[]): Change {
  const { follows } = change
  if (!follows || change.healable === false || change.held) return change
  const held = follows.map(({ resource, paths }) => heldOf(resource, paths, all))
  const [first] = held
  return first && held.every((one) => one !== undefined) ? { ...change, held: first } : change
}

/** Why these fields of a resource are left, or all of it without any; undefined where some of it is put back. */
function heldOf(resource: string, paths: readonly string[], all: readonly Change[]): Held | undefined {
  const about = all.filter((change) => change.resource.id === resource && change.healable !== false)
  const parts = about.flatMap((change) => {
    const fields = change.fields.filter((field) => paths.includes(field.path))
    return fields.length > 0 ? fields.map((field) => field.held ?? change.held) : [change.held]
  })
  const [first] = parts
  if (!first || !parts.every((one) => one !== undefined)) return undefined
  return { ...first, reason: `it follows ${resource}, of which ${first.reason}` }
}

function exclusion(resource: Resource, { only, except }: HealLimits): string | undefined {
  const named = except?.find((text) => isNamedBy(text, resource))
  if (named !== undefined) return `the policy excludes it from healing (except: ${named})`
  if (only && !only.some((text) => isNamedBy(text, resource)))
    return `the policy heals other objects only (only: ${only.join(', ') || 'none'})`
  return undefined
}

function withFights(change: Change, plan: Plan, healings: Healings, now: Date): Change {
  const over = (field: Change['fields'][number] | undefined) =>
    fightOver(healings, change, field, plan.declaredDigest, now)
  if (change.fields.length === 0) {
    const fight = over(undefined)
    return fight
      ? { ...change, held: heldFight(fight, opponentOf(change.attribution), exceptProposal(plan, change.resource)) }
      : change
  }
  const paths = change.fields.filter((field) => over(field)).map((field) => field.path)
  if (paths.length === 0) return change
  const proposal =
    plan.kind === 'kubernetes' ? ignoreProposal(change.resource, paths) : exceptProposal(plan, change.resource)
  const fields = change.fields.map((field) => {
    const fight = over(field)
    return fight
      ? { ...field, held: heldFight(fight, opponentOf(field.attribution ?? change.attribution), proposal) }
      : field
  })
  const [first] = fields
  const all = fields.every((field) => field.held)
  return { ...change, fields, ...(all && first?.held ? { held: first.held } : {}) }
}

function heldFight(fight: { times: number; since: string }, opponent: string, proposal: string): Held {
  return {
    by: 'fight',
    reason: `put back ${fight.times} times since ${momentText(new Date(fight.since))}, and ${opponent} changes it each time: healing has stopped`,
    proposal
  }
}

/** JSON texts are YAML texts, whatever they hold. */
function ignoreProposal(resource: Resource, paths: readonly string[]): string {
  const [group = ''] = resource.id.split('/')
  const lines = [
    ...(group === resource.kind ? [] : [`group: ${JSON.stringify(group)}`]),
    `kind: ${JSON.stringify(resource.kind)}`,
    ...(resource.namespace === undefined ? [] : [`namespace: ${JSON.stringify(resource.namespace)}`]),
    `name: ${JSON.stringify(resource.name)}`,
    'paths:',
    ...paths.map((path) => `  - ${JSON.stringify(path)}`)
  ]
  return ['ignore:', ...lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)].join('\n')
}

function exceptProposal(plan: Plan, resource: Resource): string {
  const [group = ''] = resource.id.split('/')
  const place = resource.namespace === undefined ? resource.name : `${resource.namespace}/${resource.name}`
  const type = group === resource.kind ? resource.kind : `${resource.kind}.${group}`
  const text = plan.kind === 'kubernetes' ? `${type}/${place}` : resource.id
  return ['drift:', '  except:', `    - ${JSON.stringify(text)}`].join('\n')
}
