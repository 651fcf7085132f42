import { beforeAll, describe, expect, it } from 'vitest'
import type { KubernetesObject, Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { kubernetesTarget } from '../../../src/targets/kubernetes/target.ts'
import type { Purpose } from '../../../src/targets/plan.ts'
import { usePlatform } from '../../platform/use.ts'
import { silent } from './compare/play.ts'

const platform = usePlatform()
let cluster: Cluster
beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
})

const INVENTORY = 'gitops.test.web'
const manifests: Manifest[] = [
  {
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login' },
      stringData: { password: 'declared' }
    } as KubernetesObject,
    source: { file: 'x.yaml' }
  }
]

/** A new one for every run, as every run is a process of its own. */
function target(namespace: string, revision = 'c0ffee') {
  return kubernetesTarget({
    id: 'web',
    environment: 'test',
    cluster,
    manifests,
    declaredDigest: `sha256:${revision}`,
    namespace,
    source: { revision, images: {} },
    policy: {
      prune: true,
      maxPrune: 10,
      fieldConflicts: 'take-from-people',
      ignore: [],
      wait: false,
      timeout: 30_000,
      foreignFields: 'report',
      unmanaged: 'report'
    },
    log: silent
  })
}

async function deployed(prefix: string): Promise<string> {
  const namespace = await platform.createNamespace(prefix)
  await deploy(namespace)
  return namespace
}

async function deploy(namespace: string, revision?: string): Promise<void> {
  const one = target(namespace, revision)
  expect(await one.apply(await one.plan('deploy'))).toMatchObject({ status: 'succeeded' })
}

async function kubectl(namespace: string, ...args: string[]): Promise<string> {
  return platform.kubectl(['-n', namespace, ...args])
}

const change = (namespace: string, password: string) =>
  kubectl(namespace, 'patch', 'secret', 'login', '-p', JSON.stringify({ stringData: { password } }))

/** What a report shows of the password: as it lives, and as it is declared. */
async function shown(namespace: string, purpose: Purpose = 'drift') {
  const plan = await target(namespace).plan(purpose)
  const field = plan.changes.flatMap((one) => one.fields).find(({ path }) => path === 'data.password')
  expect(field).toMatchObject({ before: { type: 'secret' }, after: { type: 'secret' } })
  return field
}

const key = (namespace: string) =>
  kubectl(namespace, 'get', 'secret', INVENTORY, '-o', 'jsonpath={.data.fingerprint-key}')

describe('fingerprints of Secret values in drift reports', () => {
  it('are the same every night for as long as the value is the same', async () => {
    const namespace = await deployed('fingerprints')
    await change(namespace, 'wrong')
    const first = await shown(namespace)
    const second = await shown(namespace)
    expect(second).toEqual(first)
    await change(namespace, 'wrong again')
    const third = await shown(namespace)
    expect(third?.after).toEqual(first?.after)
    expect(third?.before).not.toEqual(first?.before)
  })

  it('are the same after later deploys, and others in another target', async () => {
    const [namespace, other] = [await deployed('fingerprints'), await deployed('fingerprints')]
    await change(namespace, 'wrong')
    await change(other, 'wrong')
    const before = await shown(namespace)
    await deploy(namespace, 'd0d0')
    await deploy(namespace, 'f00d')
    await change(namespace, 'wrong')
    expect((await shown(namespace))?.before).toEqual(before?.before)
    expect((await shown(other))?.before).not.toEqual(before?.before)
  })

  it('are of one run in the plan of a deploy, so that nobody makes a dictionary by proposing values', async () => {
    const namespace = await deployed('fingerprints')
    await change(namespace, 'wrong')
    const [drift, one, two] = [
      await shown(namespace),
      await shown(namespace, 'deploy'),
      await shown(namespace, 'deploy')
    ]
    expect(new Set([drift, one, two].map((field) => JSON.stringify(field?.before))).size).toBe(3)
  })

  it('are of one run where a deploy of an earlier release drew no key, until the next deploy', async () => {
    const namespace = await deployed('fingerprints')
    await kubectl(
      namespace,
      'patch',
      'secret',
      INVENTORY,
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/data/fingerprint-key"}]'
    )
    await change(namespace, 'wrong')
    const plan = await target(namespace).plan('drift')
    expect(plan.changes.map((one) => one.resource.name)).toEqual(['login'])
    expect(await shown(namespace)).not.toEqual(await shown(namespace))
    await deploy(namespace, 'd0d0')
    await change(namespace, 'wrong')
    expect(await shown(namespace)).toEqual(await shown(namespace))
  })

  it('have a key of the target after a deploy that found nothing else to do, too', async () => {
    const namespace = await deployed('fingerprints')
    const remove = '[{"op":"remove","path":"/data/fingerprint-key"}]'
    await kubectl(namespace, 'patch', 'secret', INVENTORY, '--type=json', '-p', remove)
    await deploy(namespace)
    const drawn = await key(namespace)
    expect(Buffer.from(drawn, 'base64')).toHaveLength(32)
    await deploy(namespace)
    expect(await key(namespace)).toBe(drawn)
  })

  it('never use a key that somebody else has chosen; the next deploy draws another', async () => {
    const namespace = await deployed('fingerprints')
    const chosen = Buffer.alloc(32, 7).toString('base64')
    await kubectl(
      namespace,
      'patch',
      'secret',
      INVENTORY,
      '-p',
      JSON.stringify({ data: { 'fingerprint-key': chosen } })
    )
    await change(namespace, 'wrong')
    expect(await shown(namespace)).not.toEqual(await shown(namespace))
    await deploy(namespace, 'd0d0')
    expect(Buffer.from(await key(namespace), 'base64')).toHaveLength(32)
    expect(await key(namespace)).not.toBe(chosen)
  })
})
