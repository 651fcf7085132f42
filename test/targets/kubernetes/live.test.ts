import { describe, expect, it } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import { CancelledError } from '../../../src/targets/kubernetes/cancel.ts'
import { ApiError, type ApiResource, type Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { readLive } from '../../../src/targets/kubernetes/live.ts'

const KEY = { environment: 'test', target: 'web', namespace: 'shop' }

const type = (kind: string, group: string): ApiResource => ({
  group,
  version: 'v1',
  kind,
  plural: `${kind.toLowerCase()}s`,
  namespaced: true,
  verbs: ['list', 'patch'],
  shortNames: [],
  subresources: []
})

const object = (apiVersion: string, kind: string, namespace: string, name: string, uid: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace, uid, managedFields: [{ manager: 'gitops-actions', operation: 'Apply', fieldsV1: {} }] }
})

/** A cluster that answers nothing but what is asked when a target has no inventory. */
function clusterOf(answers: ReadonlyMap<ApiResource, () => Promise<KubernetesObject[]>>): Cluster {
  const cluster: Partial<Cluster> = {
    resources: async () => [...answers.keys()],
    list: async (resource) => ({ items: (await answers.get(resource)?.()) ?? [], resourceVersion: '1' })
  }
  return cluster as Cluster
}

describe('a target without an inventory, looked for in every type', () => {
  const configMaps = type('ConfigMap', '')
  const settings = object('v1', 'ConfigMap', 'shop', 'settings', '1')

  it.each<[string, () => Promise<KubernetesObject[]>]>([
    ['is down', async () => Promise.reject(new ApiError(503, 'ServiceUnavailable', 'down'))],
    ['answers nonsense', async () => Promise.reject(new GitOpsError('no JSON'))],
    ['hangs', () => new Promise(() => {})]
  ])('is found all the same where the server of some other API %s', async (_how, answer) => {
    const answers = new Map([
      [configMaps, async () => [settings]],
      [type('Thing', 'other.example.com'), answer]
    ])
    const live = await readLive(clusterOf(answers), KEY, [], undefined, { patience: 20 })
    expect([...live.members.keys()]).toEqual(['ConfigMap/shop/settings'])
    expect(live.hidden).toEqual(['things.other.example.com'])
  })

  it('is not looked for any further once the run is cancelled', async () => {
    const answers = new Map([[configMaps, async () => Promise.reject(new CancelledError())]])
    await expect(readLive(clusterOf(answers), KEY, [], undefined)).rejects.toThrow(CancelledError)
  })

  it('has an object once that the API server shows in two groups', async () => {
    const answers = new Map([
      [configMaps, async () => [settings]],
      [type('Setting', 'view.example.com'), async () => [object('view.example.com/v1', 'Setting', 'shop', 'a', '1')]]
    ])
    const live = await readLive(clusterOf(answers), KEY, [], undefined)
    expect([...live.members.keys()]).toEqual(['ConfigMap/shop/settings'])
  })
})
