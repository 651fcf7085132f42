import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { OUTPUTS } from '../../actions/render-helm/contract.ts'
import { usePlatform } from '../platform/use.ts'
import { DIGEST, folder } from '../render/support.ts'
import { runBundle } from './run-bundle.ts'

const platform = usePlatform()
const FIXTURES = path.join(import.meta.dirname, '../fixtures/render')

const step = (workspace: string, inputs: Readonly<Record<string, string>>) =>
  runBundle('render-helm', { inputs, workspace, path: platform.path })

function workspace(): string {
  const directory = folder()
  cpSync(FIXTURES, directory, { recursive: true })
  return directory
}

describe('render-helm', () => {
  test('writes the objects, sets every output, and shows them', async () => {
    const directory = workspace()
    const reference = `ghcr.io/acme/shop@${DIGEST}`
    const { code, outputs, summary, log } = await step(directory, {
      chart: 'shop',
      release: 'web',
      namespace: 'orders',
      images: reference
    })
    expect(code, log).toBe(0)
    expect(Object.keys(outputs)).toEqual([...OUTPUTS])
    expect(outputs).toMatchObject({
      manifests: 'rendered/web',
      objects: '7',
      digest: expect.stringMatching(/^sha256:/),
      images: reference
    })
    expect(readdirSync(path.join(directory, 'rendered/web')).filter((name) => name.endsWith('.yaml'))).toEqual([
      'configmap_web-extra.yaml',
      'customresourcedefinition.apiextensions.k8s.io_carts.shop.example.yaml',
      'customresourcedefinition.apiextensions.k8s.io_orders.shop.example.yaml',
      'deployment.apps_web.yaml',
      'job.batch_migrate.yaml',
      'orders_configmap_web.yaml',
      'service_web-cache.yaml'
    ])
    expect(summary).toContain('Rendered 7 objects into `rendered/web`')
    expect(summary).toContain('| `Deployment` |  | `web` | `shop/templates/deployment.yaml` |')
    expect(summary).toContain(reference)
  })

  test('reads back what it wrote to the same digest, and leaves nothing stale', async () => {
    const directory = workspace()
    const first = await step(directory, { chart: 'shop', release: 'web', output: 'out' })
    const again = await step(directory, { manifests: 'out', output: 'copy' })
    expect(again.outputs['digest']).toBe(first.outputs['digest'])
    await step(directory, { chart: 'neighbours/app', release: 'web', output: 'out' })
    expect(readdirSync(path.join(directory, 'out')).filter((name) => name.endsWith('.yaml'))).toEqual([
      'configmap_web.yaml'
    ])
  })

  test('renders plain YAML', async () => {
    const directory = folder({
      'settings/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  mode: "0644"\n'
    })
    const { outputs } = await step(directory, { manifests: 'settings' })
    expect(outputs).toMatchObject({ manifests: 'rendered/manifests', objects: '1', images: '' })
    expect(readFileSync(path.join(directory, 'rendered/manifests/configmap_a.yaml'), 'utf8')).toContain('mode: "0644"')
  })

  test('fails with one sentence and what to do, and writes nothing', async () => {
    const directory = workspace()
    writeFileSync(path.join(directory, 'bad.yaml'), 'a: b: c\n')
    for (const [inputs, message] of [
      [{ chart: 'nowhere' }, 'Chart "nowhere" does not exist in the workspace.'],
      [{ chart: 'shop', 'values-files': 'nowhere.yaml' }, 'Values file "nowhere.yaml" does not exist.'],
      [{ chart: 'shop', 'values-files': 'bad.yaml' }, 'bad.yaml:1:5: mapping values are not allowed in this context.'],
      [{ manifests: 'bad.yaml' }, 'bad.yaml:1:5: mapping values are not allowed in this context.'],
      [{ chart: 'shop', output: 'neighbours' }, 'The output directory "neighbours" holds files'],
      [{ chart: 'shop', 'include-crds': 'ja' }, 'Input "include-crds" is "ja", which is not a boolean.'],
      [{}, 'Neither input "chart" nor input "manifests" is given.']
    ] as const) {
      const { code, log, outputs } = await step(directory, inputs)
      expect(code).toBe(1)
      expect(log).toMatch(/^::error/m)
      expect(log).toContain(message)
      expect(log).not.toContain('Unexpected error')
      expect(outputs).toEqual({})
    }
    expect(readdirSync(directory).sort()).toEqual(['bad.yaml', 'neighbours', 'shop'])
  })
})
