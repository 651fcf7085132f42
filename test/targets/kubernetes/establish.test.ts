import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import type { Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { establishing } from '../../../src/targets/kubernetes/establish.ts'

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' }
} as KubernetesObject

/** A cluster with one definition in this state; `patched` resolves at the first patch. */
function clusterWith(conditions: JsonObject[]) {
  const read = { count: 0 }
  const patches: unknown[] = []
  let note: () => void = () => {}
  const patched = new Promise<void>((resolve) => (note = resolve))
  const cluster = {
    get: async () => {
      read.count++
      return { ...definition, status: { conditions } }
    },
    patch: async (_ref: unknown, _type: unknown, body: unknown, options: unknown) => {
      patches.push([body, options])
      note()
      return definition
    }
  } as unknown as Cluster
  return { cluster, read, patches, patched }
}

const accepted = { type: 'NamesAccepted', status: 'True' }

describe('a definition that the API server has forgotten to establish', () => {
  it('is touched, so that the API server sees it again', async () => {
    const { cluster, patches, patched } = clusterWith([accepted, { type: 'Established', status: 'False' }])
    await establishing(cluster, [definition], () => patched, 1)
    expect(patches[0]).toMatchObject([
      [{ op: 'test' }, { op: 'replace', path: '/status/conditions/1/message' }],
      { subresource: 'status' }
    ])
  })

  it.each([
    ['is established', [accepted, { type: 'Established', status: 'True' }]],
    [
      'has names that are not accepted',
      [
        { type: 'NamesAccepted', status: 'False' },
        { type: 'Established', status: 'False' }
      ]
    ],
    ['has no status yet', []]
  ])('is left alone while it %s', async (_how, conditions) => {
    const { cluster, read, patches } = clusterWith(conditions)
    const looked = async () => {
      while (read.count < 3) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await establishing(cluster, [definition], looked, 1)
    expect(patches).toEqual([])
  })

  it('is not asked for where nothing waits for one', async () => {
    const { cluster, read } = clusterWith([])
    const waited = () => new Promise<void>((resolve) => setTimeout(resolve, 20))
    await establishing(cluster, [{ ...definition, kind: 'ConfigMap', apiVersion: 'v1' }], waited, 1)
    expect(read.count).toBe(0)
  })
})
