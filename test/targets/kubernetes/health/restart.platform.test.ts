import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { waitUntilHealthy } from '../../../../src/targets/kubernetes/health/index.ts'
import { ensure } from '../../../platform/binaries.ts'
import { type ControlPlane, startControlPlane } from '../../../platform/control-plane.ts'
import { startKwok } from '../../../platform/kwok.ts'
import { createRunFolder } from '../../../platform/run-folder.ts'
import { recorder, refOf, workload } from './support.ts'

/** A control plane of this file's own, because it is taken away. */
const run = createRunFolder()
let plane: ControlPlane
let cluster: Cluster

beforeAll(async () => {
  const bin = await ensure(['kube', 'kwok'])
  plane = await startControlPlane(bin.kube, run)
  await startKwok(bin.kwok, plane, run)
  cluster = await connect({ kubeconfig: plane.kubeconfig, log: recorder() })
})

afterAll(async () => {
  await plane?.stop()
  await run.close()
})

describe('a wait during which the API server is killed and started again', () => {
  it('goes on and sees the rollout through', async () => {
    const object = await applied(workload('Deployment', 'default', 'web', { spec: { minReadySeconds: 6 } }))
    const log = recorder()
    const waiting = waitUntilHealthy(cluster, [refOf(object)], { deadline: 120_000, failFast: true, log })
    await restartApiServer()
    const result = await waiting
    expect(result.unhealthy).toEqual([])
    expect(result.seconds).toBeGreaterThan(6)
  })

  it('still sees a failure that comes afterwards', async () => {
    const good = await applied(workload('Deployment', 'default', 'slow', { behaviour: 'never-ready' }))
    const waiting = waitUntilHealthy(cluster, [refOf(good)], { deadline: 120_000, failFast: true, log: recorder() })
    await restartApiServer()
    await applied(workload('Deployment', 'default', 'slow', { behaviour: 'crash' }))
    const result = await waiting
    expect(result.timedOut).toBe(false)
    expect(result.unhealthy[0]?.message).toMatch(/pod slow-\S+: container main exited with code 1/)
  })
})

async function applied(object: KubernetesObject): Promise<KubernetesObject> {
  await cluster.apply(object, { force: true })
  return object
}

async function restartApiServer(): Promise<void> {
  await sleep(1_000)
  plane.apiServer.kill('SIGKILL')
  await plane.apiServer.ended()
  await sleep(1_500)
  await plane.apiServer.start()
}
