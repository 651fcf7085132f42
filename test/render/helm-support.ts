import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { asString, at } from '../../src/json.ts'
import { type HelmSource, type RenderOptions, render } from '../../src/render/index.ts'
import type { KubernetesObject, RenderedSet } from '../../src/render/manifest.ts'
import { exec } from '../../src/toolchain/exec.ts'
import type { PlatformInfo } from '../platform/use.ts'
import { folder, keepLog } from './support.ts'

export const FIXTURES = path.join(import.meta.dirname, '../fixtures/render')
// Written here, since Git would make its line ends those of the system.
export const WINDOWS = '[main]\r\nkey = value\r\n\r\npath = C:\\temp\r\n'

/** A part of what a chart is rendered with; the rest is that of the chart `shop`. */
export type Given = Partial<HelmSource> & { directory?: string; options?: Partial<RenderOptions> }

/** Helm of the platform, with a home of each test's own. */
export function useHelm(platform: PlatformInfo): { readonly home: string } {
  const place = { home: '' }
  beforeEach(() => {
    place.home = folder()
    vi.stubEnv('PATH', platform.path)
    vi.stubEnv('HOME', place.home)
    vi.stubEnv('RUNNER_TEMP', place.home)
  })
  afterEach(() => vi.unstubAllEnvs())
  return place
}

/** A copy of the fixtures, the chart `shop` below `charts/`. */
export function workspace(): string {
  const directory = folder()
  cpSync(FIXTURES, directory, { recursive: true })
  cpSync(path.join(directory, 'shop'), path.join(directory, 'charts/shop'), { recursive: true })
  cpSync(folder({ 'files/windows.ini': WINDOWS }), path.join(directory, 'charts/shop'), { recursive: true })
  return directory
}

export function helm({ directory = workspace(), options = {}, ...source }: Given = {}): Promise<RenderedSet> {
  return render(
    { type: 'helm', chart: 'charts/shop', release: 'web', values: [], includeCrds: true, ...source },
    { workspace: directory, namespace: 'orders', images: [], configChecksums: false, log: keepLog(), exec, ...options }
  )
}

export function object(set: RenderedSet, kind: string, name: string): KubernetesObject {
  const found = set.manifests.find(({ object: one }) => one.kind === kind && one.metadata.name === name)
  if (!found) throw new Error(`no ${kind} ${name}`)
  return found.object
}

/** A key of the ConfigMap that shows what the templates see. */
export function data(set: RenderedSet, key: string): string {
  return asString(at(object(set, 'ConfigMap', 'web'), 'data', key)) ?? ''
}

/** The environment for a test's own use of Helm. */
export function helmHome(home: string): Record<string, string> {
  return {
    HOME: home,
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data')
  }
}

/** Every file below a folder with the hash of its content. */
export function tree(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => `${path.relative(directory, file)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort()
}
