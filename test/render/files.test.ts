import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findManifests } from '../../src/render/files.ts'
import { errorOf, folder } from './support.ts'

const found = async (workspace: string, ...paths: string[]) =>
  (await findManifests(workspace, paths)).map(({ type, name }) => (type === 'file' ? name : `${type} ${name}`))

describe('finds manifests', () => {
  test('in directories, sorted, without hidden and other files', async () => {
    const workspace = folder({
      'k8s/b.yaml': '',
      'k8s/a.yml': '',
      'k8s/sub/c.json': '',
      'k8s/README.md': '',
      'k8s/.hidden.yaml': '',
      'k8s/.github/d.yaml': '',
      'k8s/Upper.YAML': ''
    })
    expect(await found(workspace, 'k8s')).toEqual(['k8s/Upper.YAML', 'k8s/a.yml', 'k8s/b.yaml', 'k8s/sub/c.json'])
    expect(await found(workspace, './k8s/')).toHaveLength(4)
    expect(await found(workspace, path.join(workspace, 'k8s'))).toHaveLength(4)
  })

  test('by name, whatever they are called, each once, in the order given', async () => {
    const workspace = folder({ 'b.yaml': '', 'a.yaml': '', 'manifest.txt': '', 'a b,c/[x].yaml': '' })
    expect(await found(workspace, 'b.yaml', 'manifest.txt', 'a.yaml', './b.yaml', 'a b,c/[x].yaml')).toEqual([
      'b.yaml',
      'manifest.txt',
      'a.yaml',
      'a b,c/[x].yaml'
    ])
  })

  test('by globs: the manifests among what matches', async () => {
    const workspace = folder({
      'apps/a/x.yaml': '',
      'apps/b/x.yaml': '',
      'apps/b/notes.md': '',
      'apps/b/.secret.yaml': '',
      'apps/y.yml': ''
    })
    expect(await found(workspace, 'apps/*/x.yaml')).toEqual(['apps/a/x.yaml', 'apps/b/x.yaml'])
    expect(await found(workspace, 'apps/**/*.{yaml,yml}')).toEqual(['apps/a/x.yaml', 'apps/b/x.yaml', 'apps/y.yml'])
    expect(await found(workspace, 'apps/**')).toEqual(['apps/a/x.yaml', 'apps/b/x.yaml', 'apps/y.yml'])
    expect(await found(workspace, 'apps/*')).toEqual(['apps/a/x.yaml', 'apps/b/x.yaml', 'apps/y.yml'])
  })

  test('and kustomizations, named by directory, by file or by a glob', async () => {
    const workspace = folder({
      'base/kustomization.yaml': '',
      'overlays/production/kustomization.yml': '',
      'overlays/staging/Kustomization': '',
      'overlays/staging/patch.yaml': ''
    })
    expect(await found(workspace, 'base', 'overlays/production/kustomization.yml')).toEqual([
      'kustomization base/kustomization.yaml',
      'kustomization overlays/production/kustomization.yml'
    ])
    expect(await found(workspace, 'overlays/*')).toEqual([
      'kustomization overlays/production/kustomization.yml',
      'kustomization overlays/staging/Kustomization'
    ])
  })

  test('behind links inside the workspace, and no link leads in a circle', async () => {
    const workspace = folder({ 'shared/a.yaml': '', 'k8s/b.yaml': '' })
    symlinkSync('../shared', path.join(workspace, 'k8s/more'))
    symlinkSync('../k8s', path.join(workspace, 'shared/back'))
    expect(await found(workspace, 'k8s')).toEqual(['k8s/b.yaml', 'shared/a.yaml'])
  })
})

describe('refuses', () => {
  test('paths that leave the workspace, by links too', async () => {
    const outside = folder({ 'secret.yaml': '' })
    const workspace = folder({ 'k8s/a.yaml': '' })
    symlinkSync(path.join(outside, 'secret.yaml'), path.join(workspace, 'k8s/link.yaml'))
    symlinkSync(outside, path.join(workspace, 'linked'))
    for (const given of [
      '../x.yaml',
      '/etc/hosts',
      outside,
      'k8s',
      'k8s/link.yaml',
      'linked',
      'linked/*.yaml',
      'k8s/*.yaml'
    ])
      expect((await errorOf(() => findManifests(workspace, [given]))).message).toContain('leaves the workspace')
    expect((await errorOf(() => findManifests(workspace, ['../*/x.yaml']))).message).toContain('leaves the workspace')
  })

  test('what does not exist, and says what does', async () => {
    const workspace = folder({ 'k8s/deployment.yaml': '', 'k8s/service.yaml': '' })
    const error = await errorOf(() => findManifests(workspace, ['k8s/deploymnt.yaml']))
    expect(error.message).toBe('Manifests: "k8s/deploymnt.yaml" does not exist.')
    expect(error.hint).toContain('"k8s" holds: deployment.yaml, service.yaml.')
    expect((await errorOf(() => findManifests(workspace, ['nowhere/x']))).hint).toContain('actions/checkout')
  })

  test('to find nothing, and says where it looked', async () => {
    const workspace = folder({ 'docs/README.md': '', 'empty/.keep': '' })
    const error = await errorOf(() => findManifests(workspace, ['docs', 'empty/', 'k8s/*.yaml']))
    expect(error.message).toBe('There are no manifests in "docs", "empty/", "k8s/*.yaml" (matches nothing).')
  })

  test('a chart or a kustomization inside a directory of manifests', async () => {
    const workspace = folder({
      'k8s/a.yaml': '',
      'k8s/web/Chart.yaml': '',
      'all/base/kustomization.yaml': '',
      'all/b.yaml': ''
    })
    expect((await errorOf(() => findManifests(workspace, ['k8s']))).message).toBe(
      '"k8s/web" is a Helm chart, not a directory of manifests.'
    )
    const error = await errorOf(() => findManifests(workspace, ['all']))
    expect(error.message).toBe('"all/base" is a kustomization inside the directory of manifests "all".')
    expect(error.hint).toContain('Give "all/base" as a path of its own')
  })
})
