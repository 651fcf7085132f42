import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { configMap, manifest, useKit } from './kit.ts'

const kit = useKit()

const service = (name: string, spec: JsonObject) =>
  manifest('v1', 'Service', name, { spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec } })

/** Changes with which the API server chooses addresses and ports: in every dry run others. */
const BEFORE = [
  service('node', {}),
  service('balanced', {}),
  service('named', { type: 'ExternalName', externalName: 'example.com', ports: [] }),
  service('more', { type: 'NodePort' })
]
const AFTER = [
  service('node', { type: 'NodePort' }),
  service('balanced', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }),
  service('named', {}),
  service('more', {
    type: 'NodePort',
    ports: [
      { name: 'a', port: 80 },
      { name: 'b', port: 81 }
    ]
  }),
  configMap('settings', { a: '2' })
]

describe('the digest of a plan', () => {
  it('is the same in every run and for every order of the manifests, whatever the API server chooses', async () => {
    const namespace = await kit.platform.createNamespace('digest')
    await kit.deploy(namespace, BEFORE, { wait: false })
    const digests = new Set<string>()
    for (const manifests of [AFTER, AFTER, [...AFTER].reverse()]) {
      const plan = await kit.target(namespace, manifests).plan('deploy')
      expect(plan.changes).toHaveLength(AFTER.length)
      digests.add(plan.digest)
    }
    expect([...digests]).toHaveLength(1)
  })

  it('changes with the live state: a value, an object that comes or goes', async () => {
    const namespace = await kit.platform.createNamespace('digest')
    const manifests = [configMap('a'), configMap('b')]
    await kit.deploy(namespace, manifests)
    const wanted = [configMap('a', { key: 'new' }), configMap('b')]
    const digest = async () => (await kit.target(namespace, wanted).plan('deploy')).digest
    const seen = [await digest()]
    kit.kubectl('patch', 'configmap', 'a', '-n', namespace, '--type=merge', '--patch={"data":{"key":"by hand"}}')
    seen.push(await digest())
    kit.kubectl('delete', 'configmap', 'b', '-n', namespace)
    seen.push(await digest())
    kit.kubectl('delete', 'configmap', 'a', '-n', namespace)
    seen.push(await digest())
    expect(new Set(seen).size).toBe(4)
  })
})
