import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { githubDeployments } from '../../src/github/index.ts'
import type { JsonObject } from '../../src/json.ts'
import type { DeploymentRecord } from '../../src/targets/target.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { forgeOn } from './support.ts'

let double: GitHubDouble
let store: ReturnType<typeof githubDeployments>
beforeAll(async () => {
  double = await startGitHubDouble()
})
beforeEach(async () => {
  await double.reset()
  store = githubDeployments((await forgeOn(double)).forge)
})
afterEach(async () => expect(await double.problems()).toEqual([]))
afterAll(() => double.close())

function record(
  run: number,
  status: DeploymentRecord['status'],
  more: Partial<DeploymentRecord> = {}
): DeploymentRecord {
  return {
    target: 'web',
    environment: 'staging',
    repository: 'acme/shop',
    revision: String(run).padStart(40, 'a'),
    run: `https://github.com/acme/shop/actions/runs/${run}`,
    digest: `sha256:${run}`,
    images: { web: `ghcr.io/acme/web@sha256:${run}` },
    time: `2026-01-0${run}T12:00:00Z`,
    status,
    history: [],
    ...more
  }
}

async function deploy(run: number, status: 'succeeded' | 'failed', more: Partial<DeploymentRecord> = {}) {
  await store.write(record(run, 'in-progress', more))
  await store.write(record(run, status, more))
}

/** The states of each deployment, oldest first. */
async function states(): Promise<string[]> {
  const { deployments } = await double.state()
  return deployments.map((one) =>
    [...JSON.stringify(one['statuses']).matchAll(/"state":"(\w+)"/g)].map(([, state]) => state).join(' ')
  )
}

describe('the memory of healing', () => {
  it('is kept beside the deployments of the target, and taken for none of them', async () => {
    const store = githubDeployments((await forgeOn(double)).forge, { fallbackSha: 'a'.repeat(40) })
    await store.write(record(1, 'succeeded'))
    const memory = store.memory('staging', 'web')
    expect(await memory.read()).toBeUndefined()
    await memory.write({ version: 1, healed: [] })
    await memory.write({ version: 1, healed: [{ resource: 'aws_vpc.main' }] })
    expect(await memory.read()).toEqual({ version: 1, healed: [{ resource: 'aws_vpc.main' }] })
    expect(await store.memory('staging', 'api').read()).toBeUndefined()
    expect(await store.read('staging', 'web')).toMatchObject({ digest: 'sha256:1', history: [] })
    expect(await states()).toEqual(['success', 'inactive', 'inactive'])
  })

  it('needs a commit of the repository', async () => {
    await expect(store.memory('staging', 'web').write({})).rejects.toThrow('GITHUB_SHA')
  })
})

describe('githubDeployments', () => {
  it('gives back what was written', async () => {
    expect(await store.read('staging', 'web')).toBeUndefined()
    await deploy(1, 'succeeded')
    expect(await store.read('staging', 'web')).toEqual(record(1, 'succeeded'))
  })

  it('makes one deployment of an attempt, with its log, and tells GitHub neither to merge nor to wait for checks', async () => {
    await deploy(1, 'succeeded')
    const { deployments } = await double.state()
    expect(deployments).toHaveLength(1)
    expect(deployments[0]).toMatchObject({
      environment: 'staging',
      task: 'deploy:web',
      sha: record(1, 'succeeded').revision,
      production: false,
      transient: false,
      statuses: [
        { state: 'in_progress', logUrl: 'https://github.com/acme/shop/actions/runs/1' },
        { state: 'success', logUrl: 'https://github.com/acme/shop/actions/runs/1' }
      ]
    })
    const create = (await double.requests()).find((one) => one.method === 'POST' && one.route === '/deployments')
    expect(JSON.parse(create?.body ?? '{}')).toMatchObject({
      auto_merge: false,
      required_contexts: [],
      transient_environment: false
    })
  })

  it('reads the newest success with what was before it, and the newest of any state', async () => {
    await deploy(1, 'succeeded')
    await deploy(2, 'succeeded')
    await deploy(3, 'failed')
    await store.write(record(4, 'in-progress'))
    const read = await store.read('staging', 'web')
    expect(read).toMatchObject({ digest: 'sha256:2', status: 'succeeded' })
    expect(read?.history).toEqual([expect.objectContaining({ digest: 'sha256:1', status: 'succeeded' })])
    expect(await store.latest('staging', 'web')).toMatchObject({ digest: 'sha256:4', status: 'in-progress' })
  })

  it('shows one deployment of a target as active and leaves the other targets of the environment alone', async () => {
    await deploy(1, 'succeeded')
    await deploy(1, 'succeeded', { target: 'settings' })
    await deploy(2, 'succeeded')
    expect(await states()).toEqual(['in_progress success inactive', 'in_progress success', 'in_progress success'])
    expect(await store.read('staging', 'settings')).toMatchObject({ target: 'settings', digest: 'sha256:1' })
  })

  it('still knows what succeeded after something else made it inactive', async () => {
    await deploy(1, 'succeeded')
    const { forge } = await forgeOn(double)
    const [deployment] = await forge.deployments.list({ environment: 'staging', task: 'deploy:web' }, 1)
    await forge.deployments.addState(deployment?.id ?? 0, { state: 'inactive', description: '' })
    expect(await store.read('staging', 'web')).toMatchObject({ digest: 'sha256:1', status: 'succeeded' })
  })

  it('does not take another run, or an attempt that is over, for its own', async () => {
    await deploy(1, 'failed')
    await deploy(1, 'succeeded')
    await store.write(record(2, 'in-progress'))
    await store.write(record(3, 'succeeded'))
    expect(await states()).toEqual(['in_progress failure', 'in_progress success inactive', 'in_progress', 'success'])
  })

  it('ignores deployments that others made for the same environment', async () => {
    const { forge } = await forgeOn(double)
    const sha = 'b'.repeat(40)
    const payloads: JsonObject[] = [{}, { version: 2, digest: 'x' }]
    for (const payload of payloads)
      await forge.deployments.create({
        sha,
        environment: 'staging',
        task: 'deploy:web',
        description: '',
        production: false,
        payload
      })
    expect(await store.read('staging', 'web')).toBeUndefined()
    expect(await store.latest('staging', 'web')).toBeUndefined()
    await deploy(1, 'succeeded')
    expect(await store.read('staging', 'web')).toEqual(record(1, 'succeeded'))
  })

  it.each([
    ['production', undefined, true],
    ['prod', undefined, true],
    ['live', (name: string) => name === 'live', true],
    ['production', () => false, false]
  ])('marks %s as production when it is', async (environment, isProduction, production) => {
    store = githubDeployments((await forgeOn(double)).forge, isProduction ? { isProduction } : {})
    await store.write(record(1, 'in-progress', { environment }))
    expect((await double.state()).deployments).toMatchObject([{ environment, production }])
  })

  it('hangs on the run’s commit what was declared elsewhere, and writes nothing without any commit', async () => {
    const elsewhere = { repository: 'acme/config', revision: 'c'.repeat(40) }
    await deploy(1, 'succeeded', elsewhere)
    await deploy(1, 'succeeded', { revision: undefined })
    expect((await double.state()).deployments).toEqual([])
    store = githubDeployments((await forgeOn(double)).forge, { fallbackSha: 'd'.repeat(40) })
    await deploy(1, 'succeeded', elsewhere)
    expect((await double.state()).deployments).toMatchObject([{ sha: 'd'.repeat(40) }])
    expect(await store.read('staging', 'web')).toMatchObject(elsewhere)
  })

  it('keeps to GitHub’s 140 characters of a description', async () => {
    await deploy(1, 'succeeded', { target: 't'.repeat(200), environment: 'e'.repeat(200) })
    expect(await store.read('e'.repeat(200), 't'.repeat(200))).toMatchObject({ digest: 'sha256:1' })
  })

  it('writes one deployment when the answer to the first try is lost', async () => {
    await double.fault({ kind: 'reset', after: true, method: 'POST', route: '/deployments' })
    await deploy(1, 'succeeded')
    expect(await states()).toEqual(['in_progress success'])
  })
})
