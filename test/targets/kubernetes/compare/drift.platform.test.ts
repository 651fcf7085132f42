import { Buffer } from 'node:buffer'
import { beforeAll, describe, expect, test } from 'vitest'
import { mapConcurrent } from '../../../../src/concurrency.ts'
import { at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { compareAll, payloadOf } from '../../../../src/targets/kubernetes/compare/index.ts'
import { usePlatform } from '../../../platform/use.ts'
import { MUTATIONS, type Mutation, ownerOf, read, type Subject, unmet } from './mutations.ts'
import { silent } from './play.ts'
import { prepare } from './prepare.ts'
import { SAMPLES, type Sample } from './samples/index.ts'

const platform = usePlatform()
let cluster: Cluster
let namespace: string
let owner: KubernetesObject
/** Kinds that a mutation was tried on, by its name. */
const tried = new Map<string, number>()

beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
  await prepare(cluster)
  namespace = await platform.createNamespace('compare-drift')
  owner = await cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owner', namespace } })
})

describe.each(MUTATIONS)('$name', (mutation) => {
  test('is found on every kind, with who did it', async () => {
    const wrong = await mapConcurrent(Object.entries(SAMPLES), 4, ([kind, sample]) => attempt(mutation, kind, sample))
    expect(wrong.filter((one) => one !== undefined)).toEqual([])
    expect(tried.get(mutation.name)).toBeGreaterThan(0)
  })
})

/** Deploys a sample, mutates it, and answers what the comparison gets wrong. */
async function attempt(mutation: Mutation, kind: string, sample: Sample): Promise<string | undefined> {
  const declared = named(sample, kind, mutation)
  const resource = await cluster.resourceFor(declared.apiVersion, declared.kind)
  if (resource === undefined) return `${kind} is not served`
  const group = declared.apiVersion === 'v1' ? '/api/v1' : `/apis/${declared.apiVersion}`
  const scope = sample.clusterScoped ? '' : `/namespaces/${namespace}`
  const url = `${group}${scope}/${resource.plural}/${declared.metadata.name}`
  const subject: Subject = { cluster, sample, declared, resource, url, owner: ownerOf(owner) }
  await cluster.apply(payloadOf(declared, resource), { force: true })
  try {
    const expected = await mutation.run(subject)
    if (expected === undefined) return undefined
    tried.set(mutation.name, (tried.get(mutation.name) ?? 0) + 1)
    const pair = { manifest: { object: declared, source: { file: 'x.yaml' } }, live: await read(subject) }
    const [comparison] = await compareAll(cluster, [pair], {
      purpose: 'drift',
      ignore: [],
      secretKey: Buffer.from('key'),
      foreignFields: 'report',
      log: silent
    })
    const problem = comparison ? unmet(comparison, expected) : 'no comparison'
    return problem === undefined ? undefined : `${kind}: ${problem}`
  } finally {
    await remove(subject)
  }
}

async function remove(subject: Subject): Promise<void> {
  const { apiVersion, kind, metadata } = subject.declared
  const ref = { apiVersion, kind, name: metadata.name, ...(subject.sample.clusterScoped ? {} : { namespace }) }
  if (at(await read(subject), 'metadata', 'finalizers') !== undefined)
    await cluster.patch(ref, 'merge', { metadata: { finalizers: null } })
  await cluster.delete(ref)
}

function named(sample: Sample, kind: string, mutation: Mutation): KubernetesObject {
  const name = `drift-${kind.toLowerCase()}-${MUTATIONS.indexOf(mutation)}`
  const object = structuredClone(sample.object)
  object.metadata.name = name
  if (!sample.clusterScoped) object.metadata['namespace'] = namespace
  if (kind === 'CustomResourceDefinition') {
    object.metadata.name = `${name}.property.example.com`
    object['spec'] = {
      ...(object['spec'] as object),
      names: { plural: name, kind: name.replaceAll('-', '') }
    }
  }
  return object
}
