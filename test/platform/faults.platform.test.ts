import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { at } from '../../src/json.ts'
import { ensure } from './binaries.ts'
import { type ControlPlane, startControlPlane } from './control-plane.ts'
import { createRunFolder } from './run-folder.ts'

/** A control plane of this file's own, because its components are taken away. */
const run = createRunFolder()
let plane: ControlPlane

beforeAll(async () => {
  plane = await startControlPlane((await ensure(['kube'])).kube, run)
})

afterAll(async () => {
  await plane?.stop()
  await run.close()
})

describe('a control plane', () => {
  it('keeps its objects when the API server is killed and started again on the same address', async () => {
    await createConfigMap('before')
    plane.apiServer.kill('SIGKILL')
    await plane.apiServer.ended()
    await expect(plane.api.call('GET', '/version')).rejects.toThrow(/ECONNREFUSED|socket hang up|ECONNRESET/)
    await plane.apiServer.start()
    expect((await plane.api.call('GET', `${CONFIG_MAPS}/before`)).status).toBe(200)
  })

  it('keeps its objects when etcd is killed and started again', async () => {
    await createConfigMap('kept')
    plane.etcd.kill('SIGKILL')
    await plane.etcd.ended()
    await plane.etcd.start()
    await vi.waitFor(
      async () => {
        const answer = await plane.api.call('GET', `${CONFIG_MAPS}/kept`)
        expect(answer.status).toBe(200)
        expect(at(answer.body, 'data', 'name')).toBe('kept')
      },
      { timeout: 30_000, interval: 200 }
    )
  })

  it('works on when its controllers are killed and started again', async () => {
    plane.controllerManager.kill()
    plane.scheduler.kill()
    await Promise.all([plane.controllerManager.ended(), plane.scheduler.ended()])
    expect(plane.controllerManager.running).toBe(false)
    await Promise.all([plane.controllerManager.start(), plane.scheduler.start()])
    await plane.api.need('POST', '/api/v1/namespaces', { metadata: { name: 'later' } })
    await vi.waitFor(
      async () =>
        expect((await plane.api.call('GET', '/api/v1/namespaces/later/serviceaccounts/default')).status).toBe(200),
      { timeout: 30_000, interval: 100 }
    )
  })

  it('shows the end of the log of a component that does not start', async () => {
    await expect(startControlPlane('/bin/false', run)).rejects.toThrow()
    const { Component } = await import('./component.ts')
    const broken = new Component(
      { name: 'broken', file: '/bin/sh', args: ['-c', 'echo cannot bind >&2; exit 3'], ready: async () => false },
      run
    )
    await expect(broken.start()).rejects.toThrow(/broken ended with code 3.*cannot bind/s)
  })
})

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'

async function createConfigMap(name: string): Promise<void> {
  await plane.api.need('POST', CONFIG_MAPS, { metadata: { name }, data: { name } })
}
