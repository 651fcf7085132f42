import { asList, asObject, at, isObject, type Json, type JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { ApiError, type ApiResource, type Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { type Comparison, payloadOf } from '../../../../src/targets/kubernetes/compare/index.ts'
import { parsePatterns } from '../../../../src/targets/kubernetes/compare/pattern.ts'
import { valuesAt } from './oracle.ts'
import type { Sample } from './samples/index.ts'
import { setAt } from './set-at.ts'

/** An object of ours on the API server, and how to reach it. */
export interface Subject {
  readonly cluster: Cluster
  readonly sample: Sample
  readonly declared: KubernetesObject
  readonly resource: ApiResource
  readonly url: string
  /** The UID of an object that may be named as an owner. */
  readonly owner: JsonObject
}

/** What must be found of a mutation. `undefined`: the mutation has no meaning for this kind. */
export type Expectation =
  | { readonly found: 'nothing' }
  /** Values that are stored in another spelling than they are sent change their owner by being applied again. */
  | { readonly found: 'at most reclaim'; readonly by: string }
  | { readonly found: 'fields' | 'foreign' | 'reclaim'; readonly path: string; readonly by?: string }

export interface Mutation {
  readonly name: string
  run(subject: Subject): Promise<Expectation | undefined>
}

/** Everything that happens to objects by hand and by other tools, each by a manager of its own. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'label added',
    run: (subject) => added(subject, 'metadata.labels.by-hand', 'x', 'kubectl-label')
  },
  {
    name: 'annotation added',
    run: (subject) => added(subject, 'metadata.annotations[example.com/by-hand]', 'x', 'kubectl-annotate')
  },
  {
    name: 'finalizer added',
    async run(subject) {
      await edit(subject, 'kubectl-edit', (live) => setAt(live, 'metadata.finalizers', ['example.com/by-hand']))
      return { found: 'foreign', path: 'metadata.finalizers[=example.com/by-hand]', by: 'kubectl-edit' }
    }
  },
  {
    name: 'owner added',
    async run(subject) {
      if (subject.sample.clusterScoped) return undefined
      await edit(subject, 'some-operator', (live) => setAt(live, 'metadata.ownerReferences', [subject.owner]))
      return {
        found: 'foreign',
        path: `metadata.ownerReferences[uid=${String(subject.owner['uid'])}]`,
        by: 'some-operator'
      }
    }
  },
  {
    name: 'declared label changed',
    async run(subject) {
      await edit(subject, 'Mozilla', (live) => setAt(live, 'metadata.labels.app', 'changed'))
      return { found: 'fields', path: 'metadata.labels.app', by: 'Mozilla' }
    }
  },
  {
    name: 'declared label removed',
    async run(subject) {
      await edit(subject, 'k9s', (live) => setAt(live, 'metadata.labels.app', undefined))
      return { found: 'fields', path: 'metadata.labels.app' }
    }
  },
  { name: 'declared field changed', run: (subject) => turned(subject, 'kubectl-patch') },
  {
    name: 'declared field changed and put back',
    async run(subject) {
      const before = await read(subject)
      const turn = await turned(subject, 'kubectl-edit')
      if (turn === undefined || turn.found !== 'fields') return undefined
      await edit(subject, 'kubectl-edit', (live) => ({
        ...before,
        metadata: { ...before.metadata, resourceVersion: live.metadata['resourceVersion'] ?? '' }
      }))
      return { found: 'reclaim', path: turn.path, by: 'kubectl-edit' }
    }
  },
  {
    name: 'undeclared field set',
    async run(subject) {
      for (const [path, values] of Object.entries(subject.sample.knobs)) {
        if (
          path.startsWith('metadata') ||
          /volume|\[\d/.test(path) ||
          valuesAt(subject.declared, parsePatterns(path)).length > 0
        )
          continue
        const live = await read(subject)
        const value = values.find(
          (one) =>
            one !== undefined &&
            one !== null &&
            one !== false &&
            one !== '' &&
            !isEmpty(one) &&
            JSON.stringify(one) !== JSON.stringify(valuesAt(live, parsePatterns(path))[0])
        )
        if (value === undefined) continue
        if (!(await edit(subject, 'node-fetch', (now) => setAt(now, path, value)))) continue
        const [after] = valuesAt(await read(subject), parsePatterns(path))
        if (JSON.stringify(after) === JSON.stringify(valuesAt(live, parsePatterns(path))[0]) || isEmpty(after)) continue
        return { found: 'foreign', path, by: 'node-fetch' }
      }
      return undefined
    }
  },
  {
    name: 'applied without a change by another tool',
    async run(subject) {
      const payload = payloadOf(subject.declared, subject.resource)
      await subject.cluster.apply(payload, { force: true, fieldManager: 'argocd-controller' })
      return { found: 'at most reclaim', by: 'argocd-controller' }
    }
  },
  {
    name: 'replaced by itself',
    async run(subject) {
      await edit(subject, 'kubectl-replace', (live) => live)
      return { found: 'nothing' }
    }
  },
  {
    name: 'status changed',
    async run(subject) {
      if (!subject.resource.subresources.includes('status')) return undefined
      const live = await read(subject)
      try {
        await subject.cluster.request('PUT', `${subject.url}/status?fieldManager=some-controller`, {
          ...live,
          status: { ...asObject(live['status']), observedGeneration: 99 }
        })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return undefined
      }
      return { found: 'nothing' }
    }
  },
  {
    name: 'scaled',
    async run(subject) {
      if (!subject.resource.subresources.includes('scale')) return undefined
      const { apiVersion, kind, metadata } = subject.declared
      const namespace = String(metadata['namespace'])
      const body = { spec: { replicas: 1 } }
      await subject.cluster.patch({ apiVersion, kind, name: metadata.name, namespace }, 'merge', body, {
        subresource: 'scale',
        fieldManager: 'kubectl'
      })
      return { found: 'fields', path: 'spec.replicas', by: 'kubectl' }
    }
  },
  {
    name: 'list turned around',
    async run(subject) {
      const list = ['containers', 'parts', 'flags', 'ports']
        .flatMap((name) => [
          `spec.template.spec.${name}`,
          `spec.jobTemplate.spec.template.spec.${name}`,
          `spec.${name}`
        ])
        .find((path) => (asList(valuesAt(subject.declared, parsePatterns(path))[0])?.length ?? 0) > 1)
      if (list === undefined) return undefined
      const done = await edit(subject, 'kubectl-edit', (live) => {
        const [items] = valuesAt(live, parsePatterns(list))
        return setAt(live, list, Array.isArray(items) ? items.toReversed() : items)
      })
      return done ? { found: 'fields', path: list } : undefined
    }
  }
]

/** What the expectation misses in a comparison; undefined when all is as expected. */
export function unmet(comparison: Comparison, expected: Expectation): string | undefined {
  const all = { fields: comparison.fields, foreign: comparison.foreign, reclaim: comparison.reclaim }
  const shown = JSON.stringify({ verdict: comparison.verdict, ...all, error: comparison.error?.message })
  if (expected.found === 'nothing') {
    const silent = comparison.verdict === 'unchanged' && Object.values(all).every((list) => list.length === 0)
    return silent ? undefined : `expected nothing, found ${shown}`
  }
  if (expected.found === 'at most reclaim') {
    const owners = all.reclaim.map(({ attribution }) => (attribution?.known ? attribution.manager : ''))
    const right = all.fields.length === 0 && all.foreign.length === 0 && owners.every((one) => one === expected.by)
    return right ? undefined : `expected at most ownership taken by ${expected.by}, found ${shown}`
  }
  const match = all[expected.found].find(
    ({ path }) =>
      path === expected.path ||
      path.startsWith(`${expected.path}.`) ||
      path.startsWith(`${expected.path}[`) ||
      expected.path.startsWith(`${path}.`) ||
      expected.path.startsWith(`${path}[`)
  )
  if (match === undefined) return `expected ${expected.path} in ${expected.found}, found ${shown}`
  const { attribution } = match
  if (expected.by === undefined)
    return attribution?.known === false
      ? undefined
      : `expected no owner of ${expected.path}, found ${JSON.stringify(attribution)}`
  return attribution?.known && attribution.manager === expected.by
    ? undefined
    : `expected ${expected.by} as owner of ${match.path}, found ${JSON.stringify(attribution)}`
}

async function added(subject: Subject, path: string, value: Json, by: string): Promise<Expectation> {
  await edit(subject, by, (live) => setAt(live, path, value))
  return { found: 'foreign', path, by }
}

/** Turns the first declared place of the sample that the API server lets us turn. */
async function turned(subject: Subject, by: string): Promise<Expectation | undefined> {
  for (const [path, values] of Object.entries(subject.sample.knobs)) {
    if (path.startsWith('metadata')) continue
    const [declared] = valuesAt(subject.declared, parsePatterns(path))
    const live = await read(subject)
    const [now] = valuesAt(live, parsePatterns(path))
    if (declared === undefined || now === undefined || typeof now === 'object') continue
    for (const value of values) {
      if (value === undefined || value === null || typeof value === 'object' || value === '' || value === false)
        continue
      if (!(await edit(subject, by, (one) => setAt(one, path, value)))) continue
      const [after] = valuesAt(await read(subject), parsePatterns(path))
      if (JSON.stringify(after) !== JSON.stringify(now)) return { found: 'fields', path, by }
    }
  }
  return undefined
}

/** True when the API server took it. */
async function edit(subject: Subject, manager: string, change: (live: KubernetesObject) => Json): Promise<boolean> {
  for (;;) {
    const live = await read(subject)
    const changed = change(structuredClone(live))
    if (!isObject(changed)) return false
    try {
      await subject.cluster.request('PUT', `${subject.url}?fieldManager=${manager}`, changed)
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code !== 409) return false
    }
  }
}

export async function read(subject: Subject): Promise<KubernetesObject> {
  return (await subject.cluster.request('GET', subject.url)) as KubernetesObject
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

export function ownerOf(object: KubernetesObject): JsonObject {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    uid: at(object, 'metadata', 'uid') ?? ''
  }
}
