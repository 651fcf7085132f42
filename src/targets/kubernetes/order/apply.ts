import { GitOpsError } from '../../../errors.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf } from '../../../render/manifest.ts'
import { DEPENDS_ON, referenceOf } from './depends-on.ts'
import { changeRuleEdges, definitionEdges, dependsOnEdges, namespaceEdges, preferenceEdges, useEdges } from './edges.ts'
import { Graph } from './graph.ts'
import { annotation, type Hook, type HookEvent, hookOf, hookProblems, WAVE, waveOf } from './hooks.ts'
import { changeGroupsOf, changeRulesOf } from './kapp.ts'
import { APPLY_RULES, definedBy, isCustomResource, isNamespace } from './kinds.ts'
import { cycleError, dependsOnText, nameOf, placeOf } from './problems.ts'
import { apiServiceEdges, backendsOfLevel, registrationEdges } from './registrations.ts'
import { podSpecOf } from './uses.ts'

/** Objects that may be applied at the same time, when all levels before have been. */
export interface Level {
  /**
   * `main` is what is deployed. `before` and `after` are hooks, to be run to their end: `before` ahead of the levels
   * that follow (Argo's Sync hooks stand between main levels), `after` when all that was deployed is healthy.
   */
  readonly phase: 'before' | 'main' | 'after'
  readonly manifests: Manifest[]
  /**
   * What must be healthy, not only applied, before this level starts: what earlier levels have and something here waits
   * for by an explicit rule (a wave, depends-on, a change rule) or as the definition of its kind.
   */
  readonly requires: Manifest[]
  /**
   * The backends of webhooks and API services in this level. They must be healthy before one of those is created: from
   * then on the API server calls them, and a webhook of pods would keep its own pods from starting. One that exists
   * already is changed all the same: that may be what helps its backend.
   */
  readonly backends: Manifest[]
}

export interface ApplyOrderOptions {
  readonly event: 'install' | 'upgrade' | 'rollback'
}

/** A part of the run that is over before the next begins. Waves and hook weights make parts; graphs order inside of one. */
interface Part {
  readonly phase: Level['phase']
  /** For messages: `sync wave 2`. */
  readonly title: string
  readonly manifests: Manifest[]
}

/**
 * The order in which to apply: as few levels as the rules allow, each as wide as possible. Hooks that do not belong to
 * the event are left out. The same manifests give the same levels.
 * @throws GitOpsError for rules that cannot be kept: a cycle (named), a reference to an object that is not in the set,
 *   an annotation that is not understood. One detail per problem, with its place.
 */
export function orderForApply(manifests: readonly Manifest[], options: ApplyOrderOptions): Level[] {
  checkAnnotations(manifests)
  const parts = partsOf(manifests, options.event)
  checkAcrossParts(parts, manifests)
  const levels: Level[] = []
  for (const [index, part] of parts.entries()) {
    const ordered = orderPart(part)
    const before = parts[index - 1]
    // A wave (or hook) starts when what comes before is healthy; hooks after the deploy when all that was deployed is.
    if (ordered[0] && before?.phase === 'main')
      ordered[0].requires.push(...(part.phase === 'after' ? mainOf(parts) : mainOf([before])))
    levels.push(...ordered)
  }
  return levels
}

/** The hooks to run after a deploy that failed (Argo's SyncFail), in the order of their waves. */
export function failureHooks(manifests: readonly Manifest[]): Level[] {
  return hookParts(manifests, ['sync-fail'], 'after').flatMap(orderPart)
}

function mainOf(parts: readonly Part[]): Manifest[] {
  return parts
    .filter((part) => part.phase === 'main')
    .flatMap((part) => part.manifests.filter((one) => !hookOf(one.object)))
}

function partsOf(manifests: readonly Manifest[], event: ApplyOrderOptions['event']): Part[] {
  const before = hookParts(manifests, [`pre-${event}`], 'before')
  const after = hookParts(manifests, [`post-${event}`], 'after')
  const main = manifests.filter((manifest) => hookOf(manifest.object)?.events.includes('sync') ?? true)
  const needed = neededBy(before.flatMap((part) => part.manifests).map((manifest) => manifest.object))
  const first = main.filter((manifest) => needed(manifest.object))
  const rest = main.filter((manifest) => !needed(manifest.object))
  const foundation: Part[] = first.length > 0 ? [{ phase: 'main', title: 'what hooks need', manifests: first }] : []
  return [...foundation, ...before, ...waves(rest), ...after]
}

/** Hooks by weight. An object that is a hook of two phases is run in both. */
function hookParts(manifests: readonly Manifest[], events: readonly HookEvent[], phase: 'before' | 'after'): Part[] {
  const byWeight = new Map<number, Manifest[]>()
  for (const manifest of manifests) {
    const hook: Hook | undefined = hookOf(manifest.object)
    if (!hook?.events.some((event) => events.includes(event))) continue
    byWeight.set(hook.weight, [...(byWeight.get(hook.weight) ?? []), manifest])
  }
  return [...byWeight]
    .sort(([a], [b]) => a - b)
    .map(([weight, list]) => ({ phase, title: `hook weight ${weight}`, manifests: list }))
}

/** Namespaces and definitions without which hooks cannot exist: they go first, though they are no hooks themselves. */
function neededBy(hooks: readonly KubernetesObject[]): (object: KubernetesObject) => boolean {
  const namespaces = new Set(hooks.map(namespaceOf))
  const kinds = new Set(hooks.filter(isCustomResource).map((hook) => `${hook.kind}.${groupOf(hook)}`))
  return (object) => {
    if (isNamespace(object)) return namespaces.has(object.metadata.name)
    const defined = definedBy(object)
    return defined !== undefined && kinds.has(defined)
  }
}

/**
 * Sync waves. A Namespace or definition moves up to the wave of the first object that cannot exist without it, as Argo
 * does it: its own wave is a wish then, not a rule.
 */
function waves(manifests: readonly Manifest[]): Part[] {
  const wave = new Map(manifests.map((manifest) => [manifest, waveOf(manifest.object)]))
  if (new Set(wave.values()).size > 1) {
    const earliest = new Map<string, number>()
    const lower = (key: string, value: number) => earliest.set(key, Math.min(value, earliest.get(key) ?? value))
    for (const manifest of manifests) {
      const { object } = manifest
      const namespace = namespaceOf(object)
      if (namespace !== undefined) lower(`namespace ${namespace}`, wave.get(manifest) ?? 0)
      if (isCustomResource(object)) lower(`kind ${object.kind}.${groupOf(object)}`, wave.get(manifest) ?? 0)
    }
    for (const manifest of manifests) {
      const defined = definedBy(manifest.object)
      const key = isNamespace(manifest.object) ? `namespace ${manifest.object.metadata.name}` : `kind ${defined}`
      wave.set(manifest, Math.min(wave.get(manifest) ?? 0, earliest.get(key) ?? Number.POSITIVE_INFINITY))
    }
  }
  const byWave = new Map<number, Manifest[]>()
  for (const manifest of manifests) {
    const key = wave.get(manifest) ?? 0
    const list = byWave.get(key)
    if (list) list.push(manifest)
    else byWave.set(key, [manifest])
  }
  return [...byWave]
    .sort(([a], [b]) => a - b)
    .map(([number, list]) => ({ phase: 'main', title: `sync wave ${number}`, manifests: list }))
}

function orderPart(part: Part): Level[] {
  const { manifests, phase } = part
  const objects = manifests.map((manifest) => manifest.object)
  const graph = new Graph(objects.length)
  namespaceEdges(graph, objects)
  definitionEdges(graph, objects)
  apiServiceEdges(graph, objects)
  dependsOnEdges(graph, objects)
  changeRuleEdges(graph, objects, 'upsert')
  const cycle = graph.cycle()
  if (cycle) throw cycleError(cycle, manifests)
  useEdges(graph, objects)
  preferenceEdges(graph, objects, APPLY_RULES)
  registrationEdges(graph, objects)
  if (phase !== 'main') preferenceEdges(graph, objects, [WORKLOADS_LAST])
  const earlier = new Set<number>()
  return graph.levels().flatMap((level) => {
    const backends = backendsOfLevel(level, objects, earlier).flatMap((index) => manifests[index] ?? [])
    for (const index of level) earlier.add(index)
    return splitHooks(level, graph, { ...part, backends })
  })
}

/** Hooks of one weight: a Job starts when the accounts and settings of the same weight are there (Helm sorts by kind). */
const WORKLOADS_LAST = {
  text: 'workloads come last among hooks of one weight',
  first: (object: KubernetesObject) => podSpecOf(object) === undefined,
  second: (object: KubernetesObject) => podSpecOf(object) !== undefined
}

/** Argo's Sync hooks stand in the graph like any object; to be run they get a level of their own. */
function splitHooks(
  level: readonly number[],
  graph: Graph,
  { manifests, phase, backends }: Part & Pick<Level, 'backends'>
): Level[] {
  const pick = (indexes: Iterable<number>) =>
    [...indexes].map((index) => manifests[index]).filter((one) => one !== undefined)
  const required = new Set(level.flatMap((index) => graph.dependencies(index, true)))
  const requires = pick([...required].sort((a, b) => a - b)).filter((manifest) => !hookOf(manifest.object))
  if (phase !== 'main') return [{ phase, manifests: pick(level), requires, backends }]
  const main = pick(level).filter((manifest) => !hookOf(manifest.object))
  const hooks = pick(level).filter((manifest) => hookOf(manifest.object))
  const levels: Level[] = []
  if (main.length > 0) levels.push({ phase: 'main', manifests: main, requires, backends })
  if (hooks.length > 0)
    levels.push({ phase: 'before', manifests: hooks, requires: main.length > 0 ? [] : requires, backends: [] })
  return levels
}

function checkAnnotations(manifests: readonly Manifest[]): void {
  const details = manifests.flatMap((manifest) => {
    const { object } = manifest
    if (object.metadata['annotations'] === undefined) return []
    return [...hookProblems(object), ...changeRulesOf(object).problems].map(
      (problem) => `${placeOf(manifest)}${nameOf(object)}: ${problem}`
    )
  })
  if (details.length > 0)
    throw new GitOpsError(`The order of applying is not clear: ${details[0]}${more(details)}.`, {
      hint: 'Correct these annotations: with a typo in them an object would be left out, or applied at the wrong time.',
      details
    })
}

/** Explicit rules between objects of different parts: true already, or contradictory. */
function checkAcrossParts(parts: readonly Part[], manifests: readonly Manifest[]): void {
  const partOf = new Map<Manifest, number>()
  for (const [index, part] of parts.entries())
    for (const one of part.manifests) if (!partOf.has(one)) partOf.set(one, index)
  const details = [...dependsOnProblems(parts, partOf, manifests), ...changeRuleProblems(parts, partOf)]
  if (details.length > 0)
    throw new GitOpsError(`The order of applying is contradictory: ${details[0]}${more(details)}.`, {
      hint: `Compare ${WAVE}, hooks and the rules named above; or leave one of them out.`,
      details
    })
}

function dependsOnProblems(
  parts: readonly Part[],
  partOf: ReadonlyMap<Manifest, number>,
  manifests: readonly Manifest[]
): string[] {
  const waiting = manifests.filter((manifest) => annotation(manifest.object, DEPENDS_ON) !== undefined)
  if (waiting.length === 0) return []
  const byReference = new Map(manifests.map((manifest) => [referenceOf(manifest.object), manifest]))
  return waiting.flatMap((manifest) => {
    const { references, problems } = dependsOnText(manifest.object, (target) => byReference.has(target))
    const details = problems.map((problem) => `${placeOf(manifest)}${nameOf(manifest.object)}: ${problem}`)
    for (const reference of references) {
      const target = byReference.get(reference)
      const [own, other] = [partOf.get(manifest), target && partOf.get(target)]
      // An object that is in no part is a hook of another event: it does not exist now, and nothing waits for it.
      if (target && own !== undefined && other !== undefined && other > own)
        details.push(tooLate(manifest, target, [parts[own], parts[other]], DEPENDS_ON))
    }
    return details
  })
}

function changeRuleProblems(parts: readonly Part[], partOf: ReadonlyMap<Manifest, number>): string[] {
  if (parts.length < 2) return []
  const ruled = [...partOf].flatMap(([manifest, part]) =>
    changeRulesOf(manifest.object).rules.flatMap((rule) =>
      rule.operation === 'upsert' ? [{ manifest, part, rule }] : []
    )
  )
  if (ruled.length === 0) return []
  const named = new Set(ruled.map(({ rule }) => rule.group))
  const members = new Map<string, Manifest[]>()
  for (const manifest of partOf.keys())
    for (const group of changeGroupsOf(manifest.object))
      if (named.has(group)) members.set(group, [...(members.get(group) ?? []), manifest])
  return ruled.flatMap(({ manifest, part, rule }) =>
    (members.get(rule.group) ?? []).flatMap((member) => {
      const other = partOf.get(member) ?? part
      const [waiter, first] = rule.order === 'after' ? [manifest, member] : [member, manifest]
      const [waits, goes] = rule.order === 'after' ? [part, other] : [other, part]
      return member !== manifest && goes > waits ? [tooLate(waiter, first, [parts[waits], parts[goes]], rule.text)] : []
    })
  )
}

function tooLate(waiter: Manifest, first: Manifest, [own, other]: (Part | undefined)[], rule: string): string {
  const name = nameOf(waiter.object)
  return `${placeOf(waiter)}${name} waits for ${nameOf(first.object)} (${rule}), which comes later: it is in ${other?.title}, ${name} in ${own?.title}`
}

function more(details: readonly string[]): string {
  return details.length > 1 ? ` (and ${details.length - 1} more)` : ''
}
