import { Buffer } from 'node:buffer'
import { asObject, at, isObject, type Json, type JsonObject } from '../../../../src/json.ts'
import type { Logger } from '../../../../src/log.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { ApiError, type Cluster, type ObjectRef } from '../../../../src/targets/kubernetes/cluster.ts'
import { type Comparison, compareAll, type IgnoreRule } from '../../../../src/targets/kubernetes/compare/index.ts'
import { PLAYED, type Sample } from './samples/index.ts'
import type { Scenario, Step } from './scenario.ts'
import { setAt } from './set-at.ts'

const MANAGERS = ['kubectl-edit', 'helm', 'some-operator', 'kubectl-client-side-apply', 'argocd-controller'] as const

export const silent: Logger = {
  info() {},
  debug() {},
  warning() {},
  error() {},
  group: (_title, work) => work()
}

let counter = 0

/** One object on a real API server: what is declared of it, and everything that can happen to it. */
export class Stage {
  readonly cluster: Cluster
  readonly ignored: string | undefined
  declared: KubernetesObject
  readonly #places: readonly (readonly [string, Sample['knobs'][string]])[]
  readonly #ref: ObjectRef
  readonly #url: string

  static async set(cluster: Cluster, namespace: string, scenario: Scenario): Promise<Stage> {
    const sample = PLAYED[scenario.kind]
    if (sample === undefined) throw new Error(`no sample for ${scenario.kind}`)
    const definition = sample.object.kind === 'CustomResourceDefinition'
    const name = `s${process.pid}-${counter++}${definition ? '.property.example.com' : ''}`
    const declared = placed(sample.object, name, sample.clusterScoped ? undefined : namespace)
    const resource = await cluster.resourceFor(declared.apiVersion, declared.kind)
    if (resource === undefined) throw new Error(`not served: ${declared.kind}`)
    const group = declared.apiVersion === 'v1' ? '/api/v1' : `/apis/${declared.apiVersion}`
    const scope = sample.clusterScoped ? '' : `/namespaces/${namespace}`
    const knobs = Object.entries(sample.knobs)
    return new Stage(cluster, declared, `${group}${scope}/${resource.plural}/${name}`, {
      places: scenario.places.flatMap((place) => {
        const knob = knobs[place % knobs.length]
        return knob ? [knob] : []
      }),
      ignore: scenario.ignore,
      ref: {
        apiVersion: declared.apiVersion,
        kind: declared.kind,
        name,
        ...(sample.clusterScoped ? {} : { namespace })
      }
    })
  }

  private constructor(
    cluster: Cluster,
    declared: KubernetesObject,
    url: string,
    options: { places: readonly (readonly [string, Sample['knobs'][string]])[]; ignore: boolean; ref: ObjectRef }
  ) {
    this.cluster = cluster
    this.declared = declared
    this.#url = url
    this.#places = options.places
    this.#ref = options.ref
    this.ignored = options.ignore ? options.places[0]?.[0] : undefined
  }

  async read(): Promise<KubernetesObject> {
    return (await this.cluster.request('GET', this.#url)) as KubernetesObject
  }

  async compare(live: KubernetesObject | undefined): Promise<Comparison> {
    const ignore: IgnoreRule[] = this.ignored === undefined ? [] : [{ pointers: [this.ignored] }]
    const pair = { manifest: { object: this.declared, source: { file: 'x.yaml' } } }
    const [result] = await compareAll(this.cluster, [live ? { ...pair, live } : pair], {
      purpose: 'deploy',
      ignore,
      secretKey: Buffer.from('key'),
      foreignFields: 'ignore',
      log: silent
    })
    if (result === undefined) throw new Error('no result')
    return result
  }

  /** True when the API server took it. */
  async create(origin: Scenario['origin']): Promise<boolean> {
    const { payload, verdict } = await this.compare(undefined)
    if (verdict !== 'create') throw new Error(`expected "create", not "${verdict}"`)
    if (origin === 'created')
      return taken(this.cluster.create(this.declared, { fieldManager: 'kubectl-client-side-apply' }))
    if (origin === 'applied') return taken(this.cluster.apply(payload, { force: true, fieldManager: 'helm' }))
    return taken(this.cluster.apply(payload, { force: true }))
  }

  async deploy(): Promise<void> {
    const { adoption, displacement, payload } = await this.compare(await this.read())
    const first = adoption ?? displacement
    if (first) await this.cluster.patch(this.#ref, 'json', first.ops)
    await this.cluster.apply(payload, { force: true })
  }

  async play(step: Step): Promise<void> {
    switch (step.op) {
      case 'declare':
        this.declared = this.#turn(this.declared, step)
        return
      case 'deploy':
        await taken(this.deploy())
        return
      case 'edit':
        await this.#put(this.#turn(await this.read(), step), managerOf(step.manager))
        return
      case 'apply': {
        const { apiVersion, kind, name, namespace } = this.#ref
        const fragment = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
        const options = { force: true, fieldManager: managerOf(step.manager) }
        await taken(this.cluster.apply(this.#turn(fragment, step), options))
        return
      }
      case 'reverse': {
        const live = await this.read()
        const lists = [...listsIn(live)].filter((list) => list.length > 1)
        lists[step.list % Math.max(1, lists.length)]?.reverse()
        await this.#put(live, 'kubectl-edit')
        return
      }
      case 'forget': {
        const live = await this.read()
        await this.#put({ ...live, metadata: { ...live.metadata, managedFields: [{}] } }, 'kubectl-edit')
      }
    }
  }

  async strike(): Promise<void> {
    const live = await this.read()
    const { finalizers, ...metadata } = live.metadata
    if (finalizers !== undefined) await this.#put({ ...live, metadata } as KubernetesObject, 'kubectl-edit')
    await taken(this.cluster.request('DELETE', this.#url))
  }

  #turn(object: KubernetesObject, step: { readonly place: number; readonly value: number }): KubernetesObject {
    const [path, values] = this.#places[step.place % this.#places.length] ?? ['', []]
    return setAt(object, path, values[step.value % values.length]) as KubernetesObject
  }

  async #put(object: KubernetesObject, manager: string): Promise<void> {
    await taken(this.cluster.request('PUT', `${this.#url}?fieldManager=${manager}`, object))
  }
}

function managerOf(choice: number): string {
  return MANAGERS[choice % MANAGERS.length] ?? MANAGERS[0]
}

/** Scenarios are random: what the API server refuses simply did not happen. */
async function taken(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

function placed(object: KubernetesObject, name: string, namespace: string | undefined): KubernetesObject {
  const copy = structuredClone(object)
  copy.metadata.name = name
  if (namespace !== undefined) copy.metadata['namespace'] = namespace
  if (copy.kind === 'CustomResourceDefinition') {
    const plural = name.split('.')[0] ?? ''
    const names: JsonObject = { plural, kind: plural.replaceAll('-', '').toUpperCase() }
    copy['spec'] = { ...asObject(copy['spec']), names: { ...asObject(at(copy, 'spec', 'names')), ...names } }
  }
  return copy
}

function* listsIn(value: Json): Generator<Json[]> {
  if (Array.isArray(value)) {
    yield value
    for (const item of value) yield* listsIn(item)
  } else if (isObject(value))
    for (const [key, item] of Object.entries(value)) if (key !== 'managedFields') yield* listsIn(item)
}
