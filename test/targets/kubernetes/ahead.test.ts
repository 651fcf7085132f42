import { describe, expect, it } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import { readAhead } from '../../../src/targets/kubernetes/ahead.ts'
import { ApiError, type ApiResource, type Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { parentOf } from '../../../src/targets/kubernetes/inventory.ts'

const key = { environment: 'test', target: 'web', namespace: 'shop' }
const configMaps: ApiResource = {
  ...{ group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true },
  ...{ verbs: ['list'], subresources: [] }
}
const item = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } } as KubernetesObject

/** A cluster with the inventory of a target that has ConfigMaps in its own namespace. */
function clusterWith(list: () => Promise<{ items: KubernetesObject[] }>): Cluster {
  return {
    get: async () => parentOf({ key, groupKinds: ['ConfigMap', 'Widget.gone.example.com'], namespaces: [] }),
    resources: async () => [configMaps],
    list
  } as unknown as Cluster
}

describe('what is read while the declaration is rendered', () => {
  it('answers for just the types and namespaces that the inventory names', async () => {
    const ahead = readAhead(
      clusterWith(async () => ({ items: [item] })),
      key
    )
    expect(await ahead.members(configMaps, ['shop'])).toEqual([item])
    expect(await ahead.members(configMaps, ['shop', 'other'])).toBeUndefined()
    expect(await ahead.members({ ...configMaps, kind: 'Pod', plural: 'pods' }, ['shop'])).toBeUndefined()
    expect((await ahead.inventory)?.groupKinds).toContain('ConfigMap')
  })

  it('leaves what is refused to whoever asks for it again, and tells it there', async () => {
    const refused = async () => Promise.reject(new ApiError(403, 'Forbidden', 'no'))
    expect(await readAhead(clusterWith(refused), key).members(configMaps, ['shop'])).toBeUndefined()
  })

  it('does not let anybody wait twice for an API server that has gone', async () => {
    const lost = async () => Promise.reject(new GitOpsError('The API server does not answer.'))
    await expect(readAhead(clusterWith(lost), key).members(configMaps, ['shop'])).rejects.toThrow('does not answer')
  })
})
