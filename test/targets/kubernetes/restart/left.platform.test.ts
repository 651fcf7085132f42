import { describe, expect, it } from 'vitest'
import { at } from '../../../../src/json.ts'
import type { Manifest } from '../../../../src/render/manifest.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { budget, changesOf, names, settings, startOf, uids, until, useShop, web } from './shop.ts'

const shop = useShop()

const level = (namespace: string) =>
  shop.kubectl(namespace, 'get', 'configmap', 'settings', '-o', 'jsonpath={.data.LEVEL}')

/** As many pods as before run, and the budget has counted them. */
async function counted(namespace: string, healthy: number): Promise<void> {
  await until('the budget counts its pods', async () => {
    const found = await shop
      .cluster()
      .get({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'web', namespace })
    return at(found, 'status', 'currentHealthy') === healthy
  })
}

async function restarted(namespace: string, count: number, before: readonly string[]): Promise<void> {
  await until('the pods are new', async () => {
    const now = await shop.pods(namespace)
    return (
      now.length === count && now.every((pod) => startOf(pod) !== '' && !before.includes(String(pod.metadata['uid'])))
    )
  })
}

/** A cluster that answers nothing any more once the content is put right, as for a process that was killed then. */
function dyingWith(cluster: Cluster): Cluster {
  let dead = false
  return new Proxy(cluster, {
    get(whole, name) {
      const own: unknown = Reflect.get(whole, name)
      if (typeof own !== 'function') return own
      return async (...args: unknown[]) => {
        if (dead) throw new Error('killed')
        const result: unknown = await Reflect.apply(own, whole, args)
        if (name === 'apply' && at(args[0], 'kind') === 'ConfigMap' && at(args[1], 'dryRun') !== true) dead = true
        return result
      }
    }
  })
}

describe.each(['Deployment', 'StatefulSet', 'DaemonSet'] as const)('pods of a %s', (kind) => {
  const manifests = (minAvailable: number): Manifest[] => [settings(), web(kind), budget(minAvailable)]

  it('that a disruption budget keeps are told of until they are evicted, by the first run that may', async () => {
    const namespace = await shop.platform.createNamespace('kept')
    await shop.deploy(namespace, manifests(0))
    const all = (await shop.pods(namespace)).length
    expect(all).toBeGreaterThan(0)
    await shop.deploy(namespace, manifests(all))
    const [doomed = ''] = names(await shop.pods(namespace))
    const old = uids(await shop.pods(namespace))
    await shop.startWrong(namespace, doomed)
    await counted(namespace, all)
    const [wrong] = (await shop.pods(namespace)).filter((pod) => !old.includes(String(pod.metadata['uid'])))
    const name = wrong?.metadata.name ?? ''

    const first = shop.target(namespace, manifests(all), { timeout: 2_000 })
    const outcome = await first.apply(await first.plan('drift'))
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toContain(`could not be evicted: ${namespace}/${name}`)
    expect(outcome.failure?.message).toContain('Its disruption budget forbade it until the timeout: ')
    expect(outcome.failure?.hint).toContain(`kubectl delete pod -n ${namespace} ${name}`)
    expect(await level(namespace)).toBe('info')

    // Whoever only looks sees them, every time.
    for (let time = 1; time <= 2; time++) {
      const plan = await shop.target(namespace, manifests(all)).plan('drift')
      expect(changesOf(plan)).toEqual([`restart Pod ${name}`])
      expect(plan.changes[0]?.reason).toMatch(
        /^started with content of ConfigMap settings that was wrong since 20.* UTC, and still runs: ConfigMap settings was put right before 20.* UTC$/
      )
    }

    await shop.deploy(namespace, manifests(0))
    await until('the budget allows it', async () => {
      const found = await shop
        .cluster()
        .get({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'web', namespace })
      return Number(at(found, 'status', 'disruptionsAllowed')) > 0
    })
    const second = shop.target(namespace, manifests(0))
    const healed = await second.apply(await second.plan('drift'))
    expect(healed).toMatchObject({ status: 'succeeded' })
    expect(healed.results.map((one) => `${one.action} ${one.resource.name}`)).toEqual([`restarted ${name}`])
    await restarted(namespace, all, uids(wrong ? [wrong] : []))
    const now = uids(await shop.pods(namespace))
    expect(old.filter((uid) => now.includes(uid))).toHaveLength(all - 1)
    expect((await shop.target(namespace, manifests(0)).plan('drift')).changes).toEqual([])
    const secret = await shop.kubectl(namespace, 'get', 'secret', 'gitops.test.web', '-o', 'json')
    expect(JSON.parse(secret).data).not.toHaveProperty('wrong-contents')
  })
})

describe('pods that the policy leaves', () => {
  it('while their content is put right are told of by every check from then on', async () => {
    const namespace = await shop.platform.createNamespace('spared')
    const manifests = [settings(), web()]
    await shop.deploy(namespace, manifests)
    const [doomed = ''] = names(await shop.pods(namespace))
    await shop.startWrong(namespace, doomed)
    const one = shop.target(namespace, manifests)
    const plan = await one.plan('drift')
    const wrong = plan.changes.find((change) => change.action === 'restart')?.resource
    const resources = new Set([`ConfigMap/${namespace}/settings`])
    expect(await one.apply(plan, { resources, except: [] })).toMatchObject({ status: 'succeeded' })
    expect(await level(namespace)).toBe('info')
    expect(changesOf(await shop.target(namespace, manifests).plan('drift'))).toEqual([`restart Pod ${wrong?.name}`])
    // Also where the content is missing altogether meanwhile.
    await shop.kubectl(namespace, 'delete', 'configmap', 'settings')
    const again = shop.target(namespace, manifests)
    const missing = await again.plan('drift')
    expect(changesOf(missing)).toEqual(['create ConfigMap settings', `restart Pod ${wrong?.name}`])
    expect(await again.apply(missing, { resources, except: [] })).toMatchObject({ status: 'succeeded' })
    expect(changesOf(await shop.target(namespace, manifests).plan('drift'))).toEqual([`restart Pod ${wrong?.name}`])
    // Whoever replaces it by hand settles it.
    await shop.kubectl(namespace, 'delete', 'pod', wrong?.name ?? '', '--now')
    await until('a pod in its place', async () => (await shop.pods(namespace)).length === 2)
    expect((await shop.target(namespace, manifests).plan('drift')).changes).toEqual([])
  })
})

describe('a run that is killed once it has put the content right', () => {
  it('leaves its pods to the next one', async () => {
    const namespace = await shop.platform.createNamespace('killed')
    const manifests = [settings(), web()]
    await shop.deploy(namespace, manifests)
    const [doomed = ''] = names(await shop.pods(namespace))
    const old = uids(await shop.pods(namespace))
    await shop.startWrong(namespace, doomed)
    const killed = shop.target(namespace, manifests, { cluster: dyingWith(shop.cluster()) })
    expect((await killed.apply(await killed.plan('drift'))).status).toBe('failed')
    expect(await level(namespace)).toBe('info')
    // What starts from now on has what is declared.
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    await shop.kubectl(namespace, 'scale', 'deployment/web', '--replicas=3')
    await until('a third pod', async () => {
      const now = await shop.pods(namespace)
      return now.length === 3 && now.every((pod) => startOf(pod) !== '')
    })
    const before = await shop.pods(namespace)
    const wrong = before
      .filter((pod) => !old.includes(String(pod.metadata['uid'])))
      .sort((a, b) => startOf(a).localeCompare(startOf(b)))[0]
    const next = shop.target(namespace, [settings(), web('Deployment', 3)])
    const plan = await next.plan('drift')
    expect(changesOf(plan).filter((one) => one.startsWith('restart'))).toEqual([`restart Pod ${wrong?.metadata.name}`])
    // The lease of the killed run has to run out first, or be taken back by hand.
    await shop.kubectl(namespace, 'delete', 'lease', '--all')
    expect(await next.apply(plan)).toMatchObject({ status: 'succeeded' })
    await restarted(namespace, 3, uids(wrong ? [wrong] : []))
    const now = uids(await shop.pods(namespace))
    expect(uids(before).filter((uid) => now.includes(uid))).toHaveLength(2)
    expect((await shop.target(namespace, [settings(), web('Deployment', 3)]).plan('drift')).changes).toEqual([])
  })

  it('remembers nothing that anybody wrote there for what is not declared', async () => {
    const namespace = await shop.platform.createNamespace('forged')
    const manifests = [settings(), web()]
    await shop.deploy(namespace, manifests)
    const forged = {
      version: 1,
      contents: [
        { id: `ConfigMap/${namespace}/other`, keys: ['LEVEL'], paths: [], since: '2000-01-01T00:00:00Z' },
        { id: `Deployment/${namespace}/web`, keys: ['LEVEL'], paths: [], since: '2000-01-01T00:00:00Z' },
        { id: 7, since: 'x' }
      ]
    }
    for (const text of [JSON.stringify(forged), 'no JSON']) {
      const data = { 'wrong-contents': Buffer.from(text).toString('base64') }
      await shop.kubectl(
        namespace,
        'patch',
        'secret',
        'gitops.test.web',
        '--type=merge',
        '-p',
        JSON.stringify({ data })
      )
      expect((await shop.target(namespace, manifests).plan('drift')).changes).toEqual([])
    }
  })
})
