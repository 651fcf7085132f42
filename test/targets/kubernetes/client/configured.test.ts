import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isConfigured } from '../../../../src/targets/kubernetes/client/configured.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'configured-'))
})
afterEach(() => rm(home, { recursive: true }))

const CONFIG = 'clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\n'

it('a cluster is configured where a kubeconfig has something in it, or the job runs in a pod', async () => {
  const env = { HOME: home }
  expect(isConfigured(undefined, env)).toBe(false)
  expect(isConfigured(path.join(home, 'missing'), env)).toBe(false)
  expect(isConfigured(undefined, { ...env, KUBECONFIG: path.join(home, 'missing') })).toBe(false)
  expect(isConfigured(undefined, { ...env, KUBERNETES_SERVICE_HOST: '10.0.0.1' })).toBe(true)
  expect(isConfigured(CONFIG, env)).toBe(true)
  const file = path.join(home, 'config')
  // What an earlier step writes from a secret that is not given to forks.
  await writeFile(file, '\n')
  expect(isConfigured(undefined, { ...env, KUBECONFIG: file })).toBe(false)
  await writeFile(file, CONFIG)
  expect(isConfigured(undefined, { ...env, KUBECONFIG: file })).toBe(true)
})
