import { mapConcurrent } from '../../../../src/concurrency.ts'
import { messageOf } from '../../../../src/errors.ts'
import { asObject, asString, at, canonicalJson, type JsonObject } from '../../../../src/json.ts'
import type { Logger } from '../../../../src/log.ts'
import { type KubernetesObject, type Manifest, objectId } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { declare } from '../../../../src/targets/kubernetes/declared.ts'
import { refOf } from '../../../../src/targets/kubernetes/describe.ts'
import { applySetId } from '../../../../src/targets/kubernetes/inventory.ts'
import type { Policy } from '../../../../src/targets/kubernetes/options.ts'
import { kubernetesTarget } from '../../../../src/targets/kubernetes/target.ts'
import type { Change, Plan } from '../../../../src/targets/plan.ts'
import type { Platform } from '../../../platform/use.ts'
import { prepare } from '../compare/prepare.ts'
import type { Kind } from './change.ts'
import { KINDS } from './facts.ts'
import { handsOn } from './hands.ts'
import type { allCases, Subject, Verdict } from './mutations.ts'
import { serveTwoVersions } from './two-versions.ts'

export type Planned = ReturnType<typeof allCases>[number]

export interface Outcome {
  /** What is wrong, one line each: a change that was missed, one that nobody made, a wrong name. */
  readonly wrong: readonly string[]
  readonly mutated: number
  /** `mutation × kind` pairs that happened. */
  readonly pairs: ReadonlySet<string>
}

const POLICY: Policy = {
  prune: true,
  maxPrune: 10,
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: false,
  timeout: 120_000,
  // Everything is put back, so that afterwards nothing may be left.
  foreignFields: 'revert',
  unmanaged: 'report'
}

const silent: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }

/**
 * Deploys an object of its own for every case, lets it happen, and holds one drift check of them all against the
 * verdicts; heals, and shows by a dry run of everything that nothing is left.
 */
export async function judge(
  platform: Platform,
  cases: readonly Planned[],
  random: (limit: number) => number
): Promise<Outcome> {
  const cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
  await prepare(cluster)
  await serveTwoVersions(cluster)
  const namespace = await platform.createNamespace('truth')
  const objects = cases.map(({ kind }, index) => copyOf(kind, index, namespace))
  // An object of each kind that nothing happens to: it must not be reported either.
  const witnesses = Object.keys(KINDS).map((kind, index) => copyOf(kind, cases.length + index, namespace))
  const manifests = [...objects, ...witnesses].map((object): Manifest => ({ object, source: { file: 'truth.yaml' } }))
  const key = { environment: 'truth', target: 'truth', namespace }
  const open = () =>
    kubernetesTarget({
      id: key.target,
      environment: key.environment,
      cluster,
      manifests,
      declaredDigest: 'sha256:truth',
      namespace,
      source: { revision: 'c0ffee', images: {} },
      policy: POLICY,
      log: silent
    })
  const wrong: string[] = []
  try {
    const target = open()
    const deployed = await target.apply(await target.plan('deploy'))
    if (deployed.status !== 'succeeded') throw new Error(`the deploy failed: ${deployed.failure?.message}`)
    const { members } = await declare(cluster, manifests, { namespace, applySetId: applySetId(key) })
    const declared = members.map((member) => member.manifest.object)
    await untilQuiet(cluster, declared)
    const before = await open().plan('drift')
    for (const change of before.changes) wrong.push(`before anything happened: ${told(change)}`)

    const subjects = await subjectsOf(platform, cluster, declared.slice(0, cases.length), random)
    const verdicts = await mapConcurrent(cases, 4, async ({ name, one, kind }, index) => {
      const subject = subjects[index]
      if (subject === undefined) throw new Error(`no object for ${name}`)
      try {
        const chosen = subject({ kind: KINDS[kind] as Kind, hand: one.hand })
        return { verdict: await one.run(chosen), name: `${name} (by ${chosen.hand.manager})` }
      } catch (error) {
        wrong.push(`${name}: could not be done: ${messageOf(error)}`)
        return undefined
      }
    })
    await untilQuiet(cluster, declared)
    const plan = await open().plan('drift')
    wrong.push(...compare(plan, verdicts, declared))
    const staying = verdicts.flatMap((one, index) => (one?.verdict.stays ? [declared[index]?.metadata.name] : []))
    wrong.push(...(await healed(cluster, open, declared, new Set(staying))))
  } finally {
    const doomed = [...objects, ...witnesses].filter((object) => KINDS[object.kind]?.clusterScoped)
    await mapConcurrent(doomed, 8, async (object) => cluster.delete(refOf(object)))
  }
  return { wrong, mutated: cases.length, pairs: new Set(cases.map((one) => `${one.mutation} × ${one.kind}`)) }
}

function copyOf(kind: string, index: number, namespace: string): KubernetesObject {
  const facts = KINDS[kind]
  if (facts === undefined) throw new Error(`no kind ${kind}`)
  const object = structuredClone(facts.object)
  const name = `t${index}-${namespace.slice(-8)}`
  object.metadata.name = name
  object.metadata['annotations'] = { note: 'one' }
  if (!facts.clusterScoped) object.metadata['namespace'] = namespace
  const spec = asObject(object['spec'])
  if (kind === 'CustomResourceDefinition') {
    object.metadata.name = `${name}.property.example.com`
    object['spec'] = { ...spec, names: { plural: name, kind: name.replaceAll('-', '').toUpperCase() } }
  }
  if (kind === 'DaemonSet') object['spec'] = aloof(spec ?? {})
  return object
}

/** A DaemonSet that runs nowhere (else every copy would on every node) and takes no pod of others for its own. */
function aloof(spec: JsonObject): JsonObject {
  const template = asObject(spec['template']) ?? {}
  const labels = { daemon: 'aloof' }
  const pod = { ...asObject(template['spec']), nodeSelector: { 'example.com/none': 'such' } }
  return { ...spec, selector: { matchLabels: labels }, template: { ...template, metadata: { labels }, spec: pod } }
}

type Choice = (wish: { kind: Kind; hand: 'any' | 'remover' | 'none' }) => Subject

async function subjectsOf(
  platform: Platform,
  cluster: Cluster,
  declared: readonly KubernetesObject[],
  random: (limit: number) => number
): Promise<Choice[]> {
  const types = new Map((await cluster.resources()).map((type) => [`${type.kind}.${type.group}`, type]))
  const typeOf = ({ apiVersion, kind }: KubernetesObject) => {
    const type = types.get(`${kind}.${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}`)
    if (type === undefined) throw new Error(`${kind} is not served`)
    return type
  }
  const directory = await platform.createDirectory('truth')
  const hands = handsOn(platform, directory, (object) => {
    const { plural, group } = typeOf(object)
    return group === '' ? plural : `${plural}.${group}`
  })
  const namespace = String(declared.find((one) => one.metadata['namespace'])?.metadata['namespace'])
  const owner = await ownerIn(cluster, namespace)
  return declared.map((object) => {
    // Drawn here, one after the other: a seed repeats it whatever comes first later.
    const draw = random(1000)
    return ({ kind, hand }) => {
      const able = hands.all.filter((one) => hand !== 'remover' || one.removes)
      const chosen = able[draw % able.length]
      if (chosen === undefined) throw new Error('no hand can do that')
      return {
        kind,
        declared: object,
        resource: typeOf(object),
        hands,
        hand: chosen,
        namespace,
        owner,
        async live() {
          const found = await cluster.get(refOf(object))
          if (found === undefined) throw new Error(`${objectId(object)} does not exist`)
          return found
        }
      }
    }
  })
}

async function ownerIn(cluster: Cluster, namespace: string): Promise<JsonObject> {
  // Every namespace has one, and nobody declares it.
  const name = 'kube-root-ca.crt'
  const found = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace })
  return { apiVersion: 'v1', kind: 'ConfigMap', name, uid: asString(at(found, 'metadata', 'uid')) ?? '' }
}

/** Controllers have written what they write about new objects: two readings in a row are the same. */
async function untilQuiet(cluster: Cluster, objects: readonly KubernetesObject[]): Promise<void> {
  let last = ''
  for (let attempt = 0; attempt < 60; attempt++) {
    const versions = await mapConcurrent(objects, 16, async (object) =>
      asString(at(await cluster.get(refOf(object)), 'metadata', 'resourceVersion'))
    )
    const now = versions.join()
    if (now === last) return
    last = now
  }
}

function compare(
  plan: Plan,
  verdicts: readonly ({ readonly name: string; readonly verdict: Verdict } | undefined)[],
  declared: readonly KubernetesObject[]
): string[] {
  const wrong: string[] = []
  const open = new Set(plan.changes)
  for (const [index, happened] of verdicts.entries()) {
    const object = declared[index]
    if (object === undefined || happened === undefined) continue
    const { name, verdict } = happened
    const about = verdict.about ?? object.metadata.name
    const kind = verdict.aboutKind ?? object.kind
    const all = plan.changes.filter((one) => one.resource.kind === kind && one.resource.name === about)
    for (const one of all) open.delete(one)
    const { beside } = verdict
    const second = beside && all.find((one) => one.action === beside.action)
    const found = all.filter((one) => one !== second)
    const missing = beside?.paths.filter((path) => !second?.fields.some((field) => isAlong(field.path, path))) ?? []
    if (missing.length > 0)
      wrong.push(`${name}: missed beside it: ${missing.join(', ')}; found ${all.map(told).join(' and ')}`)
    const problem = problemWith(found, verdict)
    if (problem !== undefined) wrong.push(`${name}: ${problem}; found ${found.map(told).join(' and ') || 'nothing'}`)
  }
  for (const change of open) wrong.push(`nobody did that: ${told(change)}`)
  return wrong
}

function problemWith(found: readonly Change[], verdict: Verdict): string | undefined {
  if (verdict.action === 'nothing') {
    if (found.length === 0) return undefined
    if (verdict.orReclaim && found.every((one) => one.action === 'reclaim')) return undefined
    return 'false: nothing had changed'
  }
  const [change, ...more] = verdict.orReclaim ? found.filter((one) => one.action !== 'reclaim') : found
  if (change === undefined) return `missed: ${verdict.action} ${verdict.path ?? ''}`
  if (more.length > 0 || change.action !== verdict.action) return `expected ${verdict.action} alone`
  const { path, by } = verdict
  if (path !== undefined) {
    if (change.fields.length === 0) return `expected ${path}`
    const stray = change.fields.filter((field) => !isAlong(field.path, path))
    if (stray.length > 0) return `expected only ${path}`
  }
  if (by === undefined) return undefined
  const said = (change.fields.length > 0 ? change.fields.map((field) => field.attribution) : [change.attribution])
    // Defaults that come and go with what was changed are nobody's.
    .filter((one) => one !== undefined)
  if (by === 'unknown')
    return said.length > 0 && said.every((one) => !one.known) ? undefined : 'nobody can know who it was'
  const right = said.every(
    (one) =>
      one.known &&
      one.manager === by.manager &&
      one.subresource === by.subresource &&
      // The API server writes no time down for what comes by way of `scale`.
      (one.time !== undefined || by.subresource !== undefined) &&
      (by.operation === undefined || one.operation === by.operation)
  )
  return said.length > 0 && right ? undefined : `expected ${JSON.stringify(by)}`
}

/** True when one place is, holds, or lies in the other. */
function isAlong(a: string, b: string): boolean {
  const inside = (path: string, holder: string) =>
    path.startsWith(holder) && /^($|[.[])/.test(path.slice(holder.length))
  return inside(a, b) || inside(b, a)
}

/** Heals; then a dry run of everything changes nothing, and a second check finds nothing but what nobody declared. */
async function healed(
  cluster: Cluster,
  open: () => ReturnType<typeof kubernetesTarget>,
  declared: readonly KubernetesObject[],
  staying: ReadonlySet<string | undefined>
): Promise<string[]> {
  const target = open()
  const outcome = await target.apply(await target.plan('drift'))
  const wrong = outcome.results
    .filter((one) => one.action === 'failed')
    .map((one) => `healing ${one.resource.id} failed: ${one.message}`)
  if (outcome.status !== 'succeeded') wrong.push(`healing ${outcome.status}: ${outcome.failure?.message}`)
  await untilQuiet(cluster, declared)
  const after = await open().plan('drift')
  for (const change of after.changes)
    if (change.action !== 'unmanaged' && !staying.has(change.resource.name))
      wrong.push(`after healing: ${told(change)}`)
  const put = declared.filter((object) => !staying.has(object.metadata.name))
  const dry = await mapConcurrent(put, 8, async (object) => {
    const live = await cluster.get(refOf(object))
    const applied = await cluster.apply(object, { force: true, dryRun: true })
    return live && bare(live) === bare(applied) ? undefined : `after healing, applying ${objectId(object)} changes it`
  })
  return [...wrong, ...dry.filter((one) => one !== undefined)]
}

function bare(object: KubernetesObject): string {
  const { managedFields: _, ...metadata } = object.metadata
  return canonicalJson({ ...object, metadata })
}

function told(change: Change): string {
  const fields = change.fields.map(({ path, attribution }) => `${path} by ${who(attribution)}`)
  return `${change.action} ${change.resource.id} ${fields.join(', ') || who(change.attribution)}`
}

function who(attribution: Change['attribution']): string {
  if (attribution === undefined) return 'nobody'
  if (attribution.known)
    return [attribution.manager, attribution.operation, attribution.subresource].filter(Boolean).join('/')
  return `unknown (${attribution.candidates.map((one) => one.manager).join(', ')})`
}
