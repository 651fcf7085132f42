import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { asList, at } from '../../src/json.ts'
import { type BundleRun, runBundle } from '../actions/run-bundle.ts'
import type { ControlPlane } from '../platform/control-plane.ts'
import { type Gate, openGate, type Passing } from '../platform/gate.ts'
import { createForeign, FOREIGN } from './foreign.ts'
import { type Declared, declaration, isHook, manifestText } from './objects.ts'
import { Random } from './random.ts'
import { differences, identities, type Place, replaced } from './verify.ts'

export interface RoundOptions {
  readonly seed: number
  /** Objects of the declaration. */
  readonly size: number
  readonly plane: ControlPlane
  /** An empty folder for this round. */
  readonly directory: string
}

export interface RoundResult {
  readonly seed: number
  /** What was done, in a line. */
  readonly story: string
  /** The kill came after the first write of an object of the deploy, and before the last one that was needed. */
  readonly between: boolean
  /** One line for each thing that is not as it must be; none when the round is good. */
  readonly problems: readonly string[]
}

type Victim = 'action' | 'runner' | 'apiServer' | 'etcd'

/** What a round follows from, all from its seed. */
interface Script {
  /** Whether a first version is deployed undisturbed, and the kill comes in the deploy of the second. */
  readonly upgrade: boolean
  readonly victim: Victim
  /** The kill comes with this share of the writes done. */
  readonly share: number
  /** How many objects kubectl made before, for the deploy to take over. */
  readonly adopted: number
}

/**
 * One round: a deploy is disturbed at one moment, then run once more, plainly. After that the cluster must be exactly
 * as declared, a third run must find nothing to do, and what others own must be untouched. Follows from its seed, as
 * far as what runs side by side can.
 */
export async function playRound(options: RoundOptions): Promise<RoundResult> {
  const { seed, plane } = options
  const random = new Random(seed)
  const id = `f${seed}-${randomBytes(3).toString('hex')}`
  const place: Place = { namespace: id, group: `${id}.faults.example.com` }
  const script = scriptOf(random)
  const gate = await openGate(plane)
  const problems: string[] = []
  try {
    await plane.api.need('POST', '/api/v1/namespaces', { metadata: { name: place.namespace } })
    const foreign = await createForeign(plane, place)
    const first = declaration(random, { ...place, size: options.size })
    if (script.upgrade) {
      await declare(options, first)
      const run = await deploy(options, gate, place)
      if (run.code !== 0) return { seed, story: 'the first version', between: false, problems: [failureOf(run)] }
    }
    const wanted = script.upgrade ? declaration(random, { ...place, size: options.size }, first) : first
    await declare(options, wanted)
    const adopted = script.upgrade ? 0 : await adoptable(plane, place, wanted, script.adopted)

    const before = await identities(plane.api, place)
    const killed = await disturb(options, gate, place, script, wanted, script.upgrade ? first : [])
    const meanwhile = await identities(plane.api, place)
    const again = await counted(gate, () => deploy(options, gate, place))
    if (again.run.code !== 0)
      problems.push(`the re-run failed: ${failureOf(again.run)}`, `pods: ${await podsOf(plane, place)}`)
    const after = await identities(plane.api, place)
    problems.push(...(await differences(plane.api, place, wanted, FOREIGN)))
    problems.push(...new Set([...replaced(before, after, wanted), ...replaced(meanwhile, after, wanted)]))
    problems.push(...hookProblems(killed.writes, 'the disturbed run'), ...hookProblems(again.writes, 'the re-run'))
    const third = await counted(gate, () => deploy(options, gate, place))
    if (third.run.code !== 0) problems.push(`the third run failed: ${failureOf(third.run)}`)
    if (third.writes.length > 0)
      problems.push(
        `the third run wrote: ${third.writes
          .slice(0, 5)
          .map((one) => `${one.method} ${one.url}`)
          .join(', ')}`
      )
    if ((await createForeign(plane, place)) !== foreign) problems.push('what others own was changed')
    const survived = killed.run.code === 0
    const [done, left] = [killed.before.filter(isOfObject), [...killed.after, ...again.writes].filter(isOfObject)]
    const between = done.length > 0 && left.length > 0
    const story = [
      script.upgrade ? 'upgrade' : `first deploy, ${adopted} adopted`,
      `${NAMES[script.victim]} killed at write ${killed.at} of about ${killed.expected}`,
      `${done.length} objects written before, ${left.length} after`,
      survived ? 'the run went on and succeeded' : `the re-run wrote ${again.writes.length} times`,
      ...(survived || killed.run.code === null ? [] : [`the run had ended: ${failureOf(killed.run)}`])
    ].join('; ')
    return { seed, story, between, problems }
  } finally {
    gate.close()
    await Promise.all([
      plane.api.call('DELETE', `/api/v1/namespaces/${place.namespace}`),
      plane.api.call('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.${place.group}`)
    ])
  }
}

const NAMES: Readonly<Record<Victim, string>> = {
  action: 'the action',
  runner: 'the action and its runner',
  apiServer: 'the API server',
  etcd: 'etcd'
}

function scriptOf(random: Random): Script {
  const dice = random.next()
  // A runner that dies takes the post step along: the lease then has to end by itself, which takes half a minute.
  const victim: Victim = dice < 0.5 ? 'action' : dice < 0.6 ? 'runner' : dice < 0.8 ? 'apiServer' : 'etcd'
  return { upgrade: random.chance(0.5), victim, share: 0.02 + 0.9 * random.next(), adopted: random.between(0, 20) }
}

async function declare({ directory }: RoundOptions, objects: readonly Declared[]): Promise<void> {
  await mkdir(path.join(directory, 'deploy'), { recursive: true })
  await writeFile(path.join(directory, 'deploy', 'all.yaml'), manifestText(objects))
}

/** ConfigMaps of the declaration that kubectl made before, with other values. */
async function adoptable(
  plane: ControlPlane,
  place: Place,
  wanted: readonly Declared[],
  count: number
): Promise<number> {
  const maps = wanted.filter((one) => one.kind === 'ConfigMap').slice(0, count)
  for (const { apiVersion, kind, metadata } of maps) {
    const object = { apiVersion, kind, metadata, data: { value: 'before' } }
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(object) }
    const path = `/api/v1/namespaces/${place.namespace}/configmaps?fieldManager=kubectl-client-side-apply`
    await plane.api.need('POST', path, { ...object, metadata: { ...metadata, annotations } })
  }
  return maps.length
}

function deploy(
  { directory }: RoundOptions,
  gate: Gate,
  place: Place,
  onStart?: (kill: (signal: NodeJS.Signals) => void) => void,
  post?: Readonly<Record<string, string>>
): Promise<BundleRun> {
  const inputs = {
    manifests: 'deploy',
    target: 'web',
    namespace: place.namespace,
    kubeconfig: gate.kubeconfig,
    timeout: '2m',
    'max-prune': '100%'
  }
  return runBundle('deploy', {
    inputs,
    workspace: directory,
    path: process.env['PATH'] ?? '',
    ...(onStart ? { onStart } : {}),
    ...(post ? { file: 'post.js', env: post } : {})
  })
}

interface Disturbed {
  readonly run: BundleRun
  readonly at: number
  readonly expected: number
  readonly writes: readonly Passing[]
  /** Those that came before and after the one at which the kill came. */
  readonly before: readonly Passing[]
  readonly after: readonly Passing[]
}

/** Deploys, and kills the victim when a write arrives that is the one of the script. */
async function disturb(
  options: RoundOptions,
  gate: Gate,
  place: Place,
  script: Script,
  wanted: readonly Declared[],
  before: readonly Declared[]
): Promise<Disturbed> {
  const expected = changesBetween(before, wanted)
  const moment = Math.max(2, Math.round(script.share * expected))
  let kill: (signal: NodeJS.Signals) => void = () => {}
  let repaired: Promise<void> = Promise.resolve()
  let count = 0
  const { run, writes } = await counted(
    gate,
    () => deploy(options, gate, place, (it) => (kill = it)),
    () => {
      if (++count !== moment) return
      if (script.victim === 'action' || script.victim === 'runner') kill('SIGKILL')
      else repaired = killComponent(options.plane, script.victim)
    }
  )
  await repaired
  if (script.victim === 'action') await deploy(options, gate, place, undefined, run.state)
  const [earlier, later] = [writes.slice(0, moment - 1), writes.slice(moment)]
  return { run, at: Math.min(moment, count), expected, writes, before: earlier, after: later }
}

/** Whether a write is about an object of the declaration, not the lease or the inventory of the target. */
function isOfObject({ url }: Passing): boolean {
  return !/\/(leases|secrets)\/gitops\.default\.web\b|\/leases(\?|$)/.test(url)
}

async function killComponent(plane: ControlPlane, name: 'apiServer' | 'etcd'): Promise<void> {
  const component = plane[name]
  component.kill('SIGKILL')
  await component.ended()
  await component.start()
}

/** Objects to create, change or delete, and the hooks; lease and inventory come on top. */
function changesBetween(before: readonly Declared[], after: readonly Declared[]): number {
  const text = (one: Declared) => JSON.stringify(one)
  const known = new Set(before.map(text))
  const names = new Set(after.map((one) => `${one.kind}/${one.metadata.name}`))
  const changed = after.filter((one) => isHook(one) || !known.has(text(one))).length
  return changed + before.filter((one) => !names.has(`${one.kind}/${one.metadata.name}`)).length
}

/** Runs `work` and collects the writes that come through the gate meanwhile. */
async function counted(
  gate: Gate,
  work: () => Promise<BundleRun>,
  onWrite: () => void = () => {}
): Promise<{ run: BundleRun; writes: Passing[] }> {
  const writes: Passing[] = []
  gate.rule = (request) => {
    if (isWrite(request)) {
      writes.push(request)
      onWrite()
    }
    return 'pass'
  }
  const run = await work()
  gate.rule = () => 'pass'
  return { run, writes }
}

function isWrite({ method, dryRun }: Passing): boolean {
  return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && !dryRun
}

/** One run starts each hook once: what is sent again after a lost answer is the same apply. */
function hookProblems(writes: readonly Passing[], when: string): string[] {
  const deleted = new Map<string, number>()
  for (const { method, url } of writes) {
    const [, name] = /\/jobs\/(hook-[a-z]+)/.exec(url) ?? []
    if (name !== undefined && method === 'DELETE') deleted.set(name, (deleted.get(name) ?? 0) + 1)
  }
  // Each start of a hook deletes the Job of the one before; a lost answer may cause one more of them.
  return [...deleted].filter(([, times]) => times > 2).map(([name]) => `${when} started ${name} more than once`)
}

/** What the pods are doing, to tell a wait that missed something from a workload that really is not done. */
async function podsOf(plane: ControlPlane, { namespace }: Place): Promise<string> {
  const lists = await Promise.all([
    plane.api.need('GET', `/api/v1/namespaces/${namespace}/pods`),
    plane.api.need('GET', `/apis/batch/v1/namespaces/${namespace}/jobs`)
  ])
  return lists
    .flatMap((list) => asList(at(list, 'items')) ?? [])
    .map(
      (item) => `${at(item, 'metadata', 'name')} ${at(item, 'status', 'phase') ?? JSON.stringify(at(item, 'status'))}`
    )
    .join(', ')
}

function failureOf(run: BundleRun): string {
  const lines = run.log.split('\n').filter((line) => line.startsWith('::error'))
  return `code ${run.code}: ${lines.join(' ') || run.log.slice(-1500)}`
}
