import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { at } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { data, helm, helmHome, object, tree, useHelm, WINDOWS, workspace } from './helm-support.ts'
import { DIGEST, errorOf, folder, keepLog } from './support.ts'

const platform = usePlatform()
const place = useHelm(platform)

describe('a chart', () => {
  test('gives all its objects, each with the template it comes from', async () => {
    const set = await helm()
    expect(
      set.manifests.map(({ object: one, source }) => `${one.kind} ${one.metadata.name} ${source.file}`).sort()
    ).toEqual([
      'ConfigMap web charts/shop/templates/configmap.yaml',
      'ConfigMap web-extra charts/shop/templates/configmap.yaml',
      'CustomResourceDefinition carts.shop.example charts/shop/crds/orders.yaml',
      'CustomResourceDefinition orders.shop.example charts/shop/crds/orders.yaml',
      'Deployment web charts/shop/templates/deployment.yaml',
      'Job migrate charts/shop/templates/hooks.yaml',
      'Service web-cache charts/shop/charts/cache/templates/service.yaml'
    ])
    expect(at(object(set, 'Job', 'migrate'), 'metadata', 'annotations', 'helm.sh/hook-weight')).toBe('-5')
    expect(at(object(set, 'Deployment', 'web'), 'metadata', 'labels')).toEqual({
      'app.kubernetes.io/name': 'shop',
      'app.kubernetes.io/instance': 'web'
    })
  })

  test('gives the same digest each time, from a directory and from a package', async () => {
    const directory = workspace()
    const first = await helm({ directory })
    expect((await helm({ directory })).digest).toBe(first.digest)
    await exec(
      platform.bin.helm,
      ['package', path.join(directory, 'charts/shop'), '-d', path.join(directory, 'packed')],
      { env: { HOME: place.home } }
    )
    const packed = await helm({ directory, chart: 'packed/shop-1.4.0.tgz' })
    expect(packed.digest).toBe(first.digest)
    expect(packed.manifests.map(({ source }) => source.file)).toContain(
      'packed/shop-1.4.0.tgz/templates/deployment.yaml'
    )
  })

  test('leaves out its CRDs when asked to', async () => {
    expect((await helm({ includeCrds: false })).manifests.map(({ object: one }) => one.kind)).not.toContain(
      'CustomResourceDefinition'
    )
  })

  test('sees the release and the cluster it is made for', async () => {
    const set = await helm({ kubeVersion: 'v1.31.4-eks-abc', apiVersions: ['apps/v1', 'monitoring.coreos.com/v1'] })
    expect(data(set, 'kubernetes')).toBe('v1.31.4-eks-abc')
    expect(data(set, 'monitoring')).toBe('true')
    expect(data(await helm(), 'monitoring')).toBe('false')
    expect(object(set, 'ConfigMap', 'web').metadata['namespace']).toBe('orders')
    expect(data(set, 'found')).toBe('{}')
  })

  test('gets its images pinned and its configuration hashed', async () => {
    const reference = `ghcr.io/acme/shop@${DIGEST}`
    const set = await helm({ options: { images: [{ name: 'ghcr.io/acme/shop', reference }], configChecksums: true } })
    expect(set.images).toEqual([reference])
    expect(
      at(
        object(set, 'Deployment', 'web'),
        'spec',
        'template',
        'metadata',
        'annotations',
        'gitops-actions.dev/config-checksum'
      )
    ).toMatch(/^[0-9a-f]{64}$/)
    expect(at(object(set, 'Job', 'migrate'), 'spec', 'template', 'metadata')).toBeUndefined()
  })

  test('keeps Windows line ends where YAML can', async () => {
    const set = await helm()
    expect(data(set, 'windows.ini')).toBe(WINDOWS)
    expect(data(set, 'block.ini')).toBe(WINDOWS.replaceAll('\r\n', '\n'))
  })

  test('renders a thousand objects', async () => {
    const set = await helm({ set: [['many', '1000']] })
    expect(set.manifests).toHaveLength(1007)
  })
})

describe('a chart in a registry', () => {
  test('by version and by digest', async () => {
    const directory = workspace()
    await exec(platform.bin.helm, ['package', path.join(directory, 'charts/shop'), '-d', place.home], {
      env: helmHome(place.home)
    })
    const pushed = await exec(
      platform.bin.helm,
      ['push', path.join(place.home, 'shop-1.4.0.tgz'), `oci://${platform.registry}/charts`, '--plain-http'],
      { env: helmHome(place.home) }
    )
    const digest = /sha256:[0-9a-f]{64}/.exec(`${pushed.stdout}${pushed.stderr}`)?.[0]
    const local = await helm({ directory })
    const log = keepLog()
    const chart = `oci://${platform.registry}/charts/shop`
    expect((await helm({ directory, chart: `${chart}@${digest}`, options: { log } })).digest).toBe(local.digest)
    expect((await helm({ directory, chart, version: '1.4.0', options: { log } })).digest).toBe(local.digest)
    expect(log.lines.filter((line) => line.startsWith('warning'))).toEqual([])
    const newest = await helm({ directory, chart, options: { log } })
    expect(newest.manifests[0]?.source.file).toMatch(/^oci:\/\/.*\/charts\/shop\//)
    expect(log.lines.join()).toContain('without a version or a digest, each run takes the newest chart')
    const missing = await errorOf(() => helm({ directory, chart, version: '9.9.9' }))
    expect(missing.message).toMatch(/^oci:.*not found/)
    expect(missing.hint).toBe('Check the name and the version of the chart.')
  })

  test.each([
    ['http://charts.example/x.tgz', /without encryption/],
    ['oci://user:pass@ghcr.io/x', /holds credentials/],
    ['oci://', /no address of a chart/]
  ])('is not taken from %s', async (chart, message) => {
    expect((await errorOf(() => helm({ chart }))).message).toMatch(message)
  })
})

test('Helm of the user is neither used nor touched', async () => {
  const config = folder({ 'repositories.yaml': 'no: [repositories', 'plugins/x/plugin.yaml': 'name: [' })
  for (const name of ['HELM_CONFIG_HOME', 'HELM_DATA_HOME', 'HELM_CACHE_HOME']) vi.stubEnv(name, config)
  vi.stubEnv('HELM_PLUGINS', path.join(config, 'plugins'))
  vi.stubEnv('HELM_NAMESPACE', 'other')
  vi.stubEnv('HELM_DEBUG', 'true')
  vi.stubEnv('KUBECONFIG', path.join(config, 'repositories.yaml'))
  const before = tree(config)
  const set = await helm({ chart: 'neighbours/app' })
  expect(set.manifests).toHaveLength(1)
  expect(tree(config)).toEqual(before)
  expect(readdirSync(place.home)).toEqual([])
})
