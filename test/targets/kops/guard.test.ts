import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { checkedConfigBase } from '../../../src/targets/kops/guard.ts'
import type { Declared } from '../../../src/targets/kops/manifests.ts'
import { withConfigBase } from '../../../src/targets/kops/stored.ts'

const OWN = 's3://kops-state/shop.example.com'
const cluster = (version: string, spec: JsonObject) => ({
  kind: 'Cluster' as const,
  name: 'shop.example.com',
  object: { apiVersion: `kops.k8s.io/${version}`, kind: 'Cluster', spec }
})
const declared = (version: string, spec: JsonObject): Declared => ({
  cluster: cluster(version, spec),
  instanceGroups: [],
  sshCredentials: []
})

test('the config base is read where kops reads it: the name of another version of the API hides nothing', () => {
  for (const [version, spec] of [
    ['v1alpha2', { configBase: 's3://other/shop' }],
    ['v1alpha3', { configStore: { base: 's3://other/shop' } }],
    ['v1alpha3', { configBase: OWN, configStore: { base: 's3://other/shop' } }]
  ] as const)
    expect(() => checkedConfigBase(declared(version, spec), undefined, 's3://kops-state')).toThrow(
      'has the config base s3://other/shop'
    )
  expect(checkedConfigBase(declared('v1alpha3', { configBase: 's3://other' }), undefined, 's3://kops-state')).toBe(OWN)
  const { object } = cluster('v1alpha3', { configBase: OWN })
  expect(withConfigBase(object, OWN)).toMatchObject({ spec: { configStore: { base: OWN } } })
})
