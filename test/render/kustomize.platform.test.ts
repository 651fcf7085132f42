import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { render } from '../../src/render/index.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { errorOf, folder, keepLog } from './support.ts'

const platform = usePlatform()

beforeEach(() => vi.stubEnv('PATH', platform.path))
afterEach(() => vi.unstubAllEnvs())

const BASE = {
  'base/kustomization.yaml':
    'resources: [deployment.yaml]\nconfigMapGenerator:\n- {name: settings, literals: [mode=0644]}\n',
  'base/deployment.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers: [{name: web, image: "web:1", envFrom: [{configMapRef: {name: settings}}]}]\n',
  'overlays/production/kustomization.yaml':
    'resources: [../../base]\nnamespace: shop\nimages: [{name: web, newName: ghcr.io/acme/web, newTag: "2"}]\n'
}

function build(directory: string, ...paths: string[]) {
  return render(
    { type: 'manifests', paths },
    { workspace: directory, images: [], configChecksums: false, log: keepLog(), exec }
  )
}

describe('a kustomization', () => {
  test('is built, and its objects name it as their source', async () => {
    const set = await build(folder(BASE), 'overlays/production')
    expect(set.manifests.map(({ object, source }) => [object.kind, object.metadata['namespace'], source])).toEqual([
      ['ConfigMap', 'shop', { file: 'overlays/production/kustomization.yaml' }],
      ['Deployment', 'shop', { file: 'overlays/production/kustomization.yaml' }]
    ])
    expect(set.images).toEqual(['ghcr.io/acme/web:2'])
  })

  test('stands beside plain manifests', async () => {
    const directory = folder({ ...BASE, 'extra.yaml': '{apiVersion: v1, kind: Namespace, metadata: {name: shop}}' })
    expect((await build(directory, 'extra.yaml', 'overlays/*')).manifests).toHaveLength(3)
  })

  test.each([
    ['resources: [nowhere.yaml]\n', /^k\/kustomization\.yaml: .*nowhere\.yaml.*no such file/],
    ['resources: [x.yaml]\nunknown: 1\n', /^k\/kustomization\.yaml: invalid Kustomization: .*unknown/],
    ['resources: [x.yaml\n', /^k\/kustomization\.yaml:2:1: /],
    ['resources: []\n', /^k\/kustomization\.yaml: /],
    ['helmCharts: [{name: x, repo: "https://charts.example"}]\n', /--enable-helm/]
  ])('%j is refused', async (text, message) => {
    const directory = folder({
      'k/kustomization.yaml': text,
      'k/x.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}'
    })
    const error = await errorOf(() => build(directory, 'k'))
    expect([error.message, ...error.details].join('\n')).toMatch(message)
    expect(error.message).not.toContain(directory)
  })

  test('may not draw on a base outside of the workspace, by no number of steps', async () => {
    const outside = folder({
      'kustomization.yaml': 'resources: [x.yaml]\n',
      'x.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}'
    })
    const directory = folder({
      'far/kustomization.yaml': `resources: ["${path.relative('/', outside).replace(/^/, `${'../'.repeat(20)}`)}"]\n`,
      'near/kustomization.yaml': 'components: [../far]\n',
      'link/kustomization.yaml': 'resources: [linked]\n'
    })
    symlinkSync(outside, path.join(directory, 'link/linked'))
    for (const given of ['far', 'near', 'link'])
      expect((await errorOf(() => build(directory, given))).message).toContain('leaves the workspace')
  })
})
