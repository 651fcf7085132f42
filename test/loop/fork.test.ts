import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenImages } from '../../src/loop/images.ts'
import { type Command, runEnvironment } from '../../src/loop/index.ts'
import type { KubernetesEngine } from '../../src/loop/kubernetes-unit.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { environmentOf, memoryLog, targetOf } from './doubles.ts'

let workspace: string
beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'fork-'))
})
afterAll(() => rm(workspace, { recursive: true, force: true }))

function run(command: Command, options: { fromFork: boolean; access: boolean }) {
  const declared = environmentOf({ web: targetOf() })
  const engine: KubernetesEngine = {
    connect: () => Promise.reject(new Error('no kubeconfig')),
    hasAccess: async () => options.access,
    render: () => Promise.reject(new Error('something is rendered')),
    target: () => Promise.reject(new Error('a target is made')),
    readDeployment: async () => undefined
  }
  return runEnvironment(
    { name: 'production', declared, declaredIn: async () => declared, images: givenImages(new Map()), command },
    { workspace, engine, exec, log: memoryLog(), fromFork: options.fromFork }
  )
}

test('a pull request from a fork without access to the cluster is passed over with the reason, which is no failure', async () => {
  const report = await run({ name: 'preview' }, { fromFork: true, access: false })
  expect(report.status).toBe('planned')
  expect(report.targets).toMatchObject([{ id: 'web', status: 'skipped' }])
  expect(renderSummary([report])).toMatch(/comes from a fork, which GitHub gives no secrets/)
})

test.each([
  ['with access', { name: 'preview' } as const, { fromFork: true, access: true }],
  ['a branch of the repository', { name: 'preview' } as const, { fromFork: false, access: false }],
  ['a deploy', { name: 'deploy' } as const, { fromFork: true, access: false }]
])('anything else fails as ever where there is no cluster: %s', async (_what, command, options) => {
  const report = await run(command, options)
  expect(report.status).toBe('failed')
  expect(report.targets[0]?.error?.message).toBe('no kubeconfig')
})
