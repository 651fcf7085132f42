import { describe, expect, it } from 'vitest'
import { container, names, object, settings, startOf, until, useShop, web } from './shop.ts'

const { target, deploy, kubectl, pods, platform, startWrong } = useShop()

/** Has one of two pods start again while the content is wrong; the names of the old one that stays and of the new one. */
async function drifted(namespace: string): Promise<{ old: string; fresh: string }> {
  const [doomed, old] = names(await pods(namespace))
  if (doomed === undefined || old === undefined) throw new Error('there are no two pods')
  await startWrong(namespace, doomed)
  return { old, fresh: names(await pods(namespace)).find((name) => name !== old) ?? '' }
}

describe('healing content that pods had started with', () => {
  it('evicts exactly the pods that started while it was wrong, and leaves no trace', async () => {
    const namespace = await platform.createNamespace('stale')
    const manifests = [settings(), web()]
    await deploy(namespace, manifests)
    const { old, fresh } = await drifted(namespace)
    const one = target(namespace, manifests)
    const plan = await one.plan('drift')
    expect(plan.changes.map((change) => `${change.action} ${change.resource.kind} ${change.resource.name}`)).toEqual([
      'update ConfigMap settings',
      `restart Pod ${fresh}`
    ])
    expect(plan.changes[1]?.reason).toMatch(/^started with content of ConfigMap settings that was wrong since 20/)
    const outcome = await one.apply(plan)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(
      outcome.results.filter((result) => result.action === 'restarted').map((result) => result.resource.name)
    ).toEqual([fresh])
    await until('a pod in its place', async () => (await pods(namespace)).length === 2)
    const after = names(await pods(namespace))
    expect(after).toContain(old)
    expect(after).not.toContain(fresh)
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
  })

  it('leaves pods to the rollout that replaces them anyway, and waits for none of them', async () => {
    const namespace = await platform.createNamespace('rollout')
    const manifests = [settings(), web()]
    await deploy(namespace, manifests)
    const before = names(await pods(namespace))
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":"debug"}}')
    await kubectl(namespace, 'set', 'image', 'deployment/web', 'web=busybox:1.37')
    await until('both pods are new', async () => {
      const now = await pods(namespace)
      return now.length === 2 && now.every((pod) => startOf(pod) !== '' && !before.includes(pod.metadata.name))
    })
    const stale = names(await pods(namespace))
    const one = target(namespace, manifests)
    const plan = await one.plan('drift')
    const restarts = plan.changes.filter((change) => change.action === 'restart')
    expect(restarts.map((change) => change.resource.name).sort()).toEqual(stale)
    const outcome = await one.apply(plan)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    const restarted = outcome.results.filter((result) => result.action === 'restarted')
    expect(restarted.map((result) => result.resource.name).sort()).toEqual(expect.arrayContaining(stale))
    for (const { resource, message } of restarted)
      if (stale.includes(resource.name)) expect(message).toMatch(/^not evicted: it /)
    await until('the old pods are gone', async () =>
      (await pods(namespace)).every((pod) => !stale.includes(pod.metadata.name))
    )
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
  })

  it('says that it does not know since when a key was missing', async () => {
    const namespace = await platform.createNamespace('removed')
    const manifests = [settings(), web()]
    await deploy(namespace, manifests)
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":null}}')
    const { changes } = await target(namespace, manifests).plan('drift')
    const reasons = changes.filter((change) => change.action === 'restart').map((change) => change.reason)
    expect(reasons.length).toBeGreaterThan(0)
    for (const reason of reasons)
      expect(reason).toMatch(/that was wrong, perhaps: it became so at some time after 20.* UTC, when it was deployed$/)
  })
})

describe('what nothing starts again', () => {
  it('is recreated: a bare pod that failed, and one that started with wrong content', async () => {
    const namespace = await platform.createNamespace('bare')
    // Gone at once: kwok ends a pod by its name, and might meet the one that was made in its place.
    const spec = { terminationGracePeriodSeconds: 0, containers: [container] }
    const manifests = [settings(), object('v1', 'Pod', 'failed', { spec }), object('v1', 'Pod', 'stale', { spec })]
    const one = target(namespace, manifests)
    const deployed = await one.apply(await one.plan('deploy'))
    expect(deployed.failure).toBeUndefined()
    await until('both pods run', async () => (await pods(namespace)).every((pod) => startOf(pod) !== ''))
    const uid = async (name: string) => kubectl(namespace, 'get', 'pod', name, '-o', 'jsonpath={.metadata.uid}')
    const before = [await uid('failed'), await uid('stale')]
    const last = Math.max(...(await pods(namespace)).map((pod) => Date.parse(startOf(pod))))
    const status = {
      phase: 'Failed',
      containerStatuses: [
        {
          name: 'web',
          image: 'busybox:1.36',
          imageID: '',
          ready: false,
          restartCount: 0,
          state: { terminated: { exitCode: 3, reason: 'Error' } }
        }
      ]
    }
    const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]
    await kubectl(namespace, 'patch', 'pod', 'failed', ...patch)
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":"debug"}}')
    // The pod as it would be had it started a moment later.
    const late = new Date(last + 3_600_000).toISOString().replace(/\.\d+Z/, 'Z')
    const running = [{ ...status.containerStatuses[0], ready: true, state: { running: { startedAt: late } } }]
    const started = JSON.stringify({ status: { containerStatuses: running } })
    await kubectl(namespace, 'patch', 'pod', 'stale', '--subresource=status', '--type=merge', '-p', started)

    const again = target(namespace, manifests)
    const plan = await again.plan('drift')
    expect(plan.changes.map((change) => `${change.action} ${change.resource.name}`).sort()).toEqual([
      'restart failed',
      'restart stale',
      'update settings'
    ])
    const failed = plan.changes.find((change) => change.resource.name === 'failed')
    expect(failed?.reason).toMatch(/exited with code 3.*; nothing starts it again, so healing recreates it/)
    const outcome = await again.apply(plan)
    expect(outcome.results.filter((result) => result.action === 'failed')).toEqual([])
    expect([await uid('failed'), await uid('stale')]).not.toEqual(expect.arrayContaining(before.slice(0, 1)))
    expect(await uid('stale')).not.toBe(before[1])
  })
})
