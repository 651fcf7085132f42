import { describe, expect, it } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import { readAhead } from '../../../src/targets/kubernetes/ahead.ts'
import { ApiError, type ApiResource, type Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { applySetId, parentOf, readInventory } from '../../../src/targets/kubernetes/inventory.ts'

const key = { environment: 'test', target: 'web', namespace: 'shop' }
const configMaps: ApiResource = {
  ...{ group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  ...{ verbs: ['list'], subresources: [] }
}
const item = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } } as KubernetesObject
const members = { namespace: 'shop', labelSelector: `applyset.kubernetes.io/part-of=${applySetId(key)}` }

/** A cluster with the inventory of a target that has ConfigMaps in its own namespace, and what it was asked. */
function clusterWith(list: () => Promise<{ items: KubernetesObject[]; resourceVersion: string }>) {
  const asked: string[] = []
  const cluster = {
    get: async ({ kind, name }: { kind: string; name: string }) => {
      asked.push(`${kind} ${name}`)
      return kind === 'Secret'
        ? parentOf({ key, groupKinds: ['ConfigMap', 'Widget.gone.example.com'], namespaces: [] })
        : undefined
    },
    resources: async () => [configMaps],
    resourceFor: async () => undefined,
    list: async (type: ApiResource, { labelSelector = '' }: { labelSelector?: string } = {}) => {
      asked.push(`${type.plural} ${labelSelector}`)
      return list()
    }
  } as unknown as Cluster
  return { cluster, asked }
}

const one = async () => ({ items: [item], resourceVersion: '1' })
/** Nothing here waits for anything but what was answered already. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('what is read while the declaration is rendered', () => {
  it('is the inventory and the members, and is not asked for again by the plan', async () => {
    const { cluster, asked } = clusterWith(one)
    const ahead = readAhead(cluster, key)
    await settled()
    const before = [...asked]
    expect(before).toContain(`configmaps ${members.labelSelector}`)
    expect((await ahead.list(configMaps, members)).items).toEqual([item])
    expect((await readInventory(ahead, key))?.groupKinds).toContain('ConfigMap')
    expect(asked).toEqual(before)
  })

  it('serves once: what is asked for later is read anew', async () => {
    const { cluster, asked } = clusterWith(one)
    const ahead = readAhead(cluster, key)
    await settled()
    const before = asked.length
    await ahead.list(configMaps, members)
    await ahead.list(configMaps, members)
    expect(asked.length).toBe(before + 1)
  })

  it('is no answer to another question', async () => {
    const { cluster, asked } = clusterWith(one)
    const ahead = readAhead(cluster, key)
    await settled()
    const before = asked.length
    await ahead.list(configMaps, { ...members, namespace: 'other' })
    await ahead.list(configMaps, { namespace: 'shop' })
    expect(asked.length).toBe(before + 2)
  })

  it('leaves what is refused to whoever asks for it again, and tells it there', async () => {
    let refusals = 0
    const refused = async () => {
      refusals++
      throw new ApiError(403, 'Forbidden', 'no')
    }
    const ahead = readAhead(clusterWith(refused).cluster, key)
    await settled()
    expect(refusals).toBe(1)
    await expect(ahead.list(configMaps, members)).rejects.toThrow('no')
    expect(refusals).toBe(2)
  })

  it('does not let anybody wait twice for an API server that has gone', async () => {
    let tries = 0
    const lost = async () => {
      tries++
      throw new GitOpsError('The API server does not answer.')
    }
    const ahead = readAhead(clusterWith(lost).cluster, key)
    await settled()
    await expect(ahead.list(configMaps, members)).rejects.toThrow('does not answer')
    expect(tries).toBe(1)
  })
})
