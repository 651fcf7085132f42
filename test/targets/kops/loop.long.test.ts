import { beforeAll, describe, expect, test } from 'vitest'
import { CLUSTER, idsOf, MANIFEST, untouched, useKops } from './play.ts'

const play = useKops()

beforeAll(async () => {
  const target = await play.target(play.checkout())
  expect((await target.apply(await target.plan('deploy'))).failure).toBeUndefined()
}, 900_000)

describe('a pull request', () => {
  test('that changes the image of the nodes rolls these, and no others', async () => {
    const [head = '', ...groups] = MANIFEST.split('---\n')
    const manifest = [
      head,
      ...groups.map((group) => (group.includes('name: nodes') ? group.replace('ami-785db401', 'ami-1e749f67') : group))
    ].join('---\n')
    const target = await play.target(play.checkout(manifest))
    const plan = await untouched(play, () => target.plan('deploy'))
    const limited = await play.target(play.checkout(manifest), {
      rollingUpdate: { ...play.defaults.rollingUpdate, instanceGroups: ['control-plane-us-east-1a'] }
    })
    const left = (await untouched(play, () => limited.plan('deploy'))).changes.find(
      (change) => change.resource.id === 'Instances/nodes'
    )
    expect(left).toMatchObject({ action: 'restart', healable: false })
    expect(left?.reason).toContain('rolling-update leaves this group out')
    expect(idsOf(plan)).toContain('restart Instances/nodes')
    expect(idsOf(plan)).not.toContain('restart Instances/control-plane-us-east-1a')
    const outcome = await target.apply(plan)
    expect(outcome.failure).toBeUndefined()
    expect(
      outcome.results.filter((result) => result.action === 'restarted').map((result) => result.resource.id)
    ).toEqual(['Instances/nodes'])
    expect((await target.plan('drift')).changes).toEqual([])
    await restore()
  })
})

describe('an instance group that Git no longer has', () => {
  const extra = MANIFEST.split('---\n').at(-1)?.replace('name: nodes', 'name: batch') ?? ''

  beforeAll(async () => {
    const target = await play.target(play.checkout(`${MANIFEST}---\n${extra}`))
    expect((await target.apply(await target.plan('deploy'))).status).toBe('succeeded')
  })

  test('is reported, and stays, unless it may be deleted', async () => {
    const target = await play.target(play.checkout(), {
      update: { ...play.defaults.update, deleteInstanceGroups: false }
    })
    const plan = await untouched(play, () => target.plan('deploy'))
    expect(plan.changes).toEqual([])
    expect(plan.notes.join('\n')).toContain('InstanceGroup "batch": it is not in Git any more, and stays')
    expect((await target.plan('drift')).changes).toMatchObject([
      { action: 'delete', resource: { id: 'InstanceGroup/batch' }, healable: false }
    ])
    expect((await target.apply(plan)).status).toBe('succeeded')
    expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).toContain('batch')
  })

  test('is deleted where it may be, and nothing of it is left', async () => {
    const target = await play.target(play.checkout())
    const plan = await untouched(play, () => target.plan('deploy'))
    expect(idsOf(plan)).toContain('delete InstanceGroup/batch')
    const outcome = await target.apply(plan)
    expect(outcome.failure).toBeUndefined()
    expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).not.toContain('batch')
    expect((await target.plan('drift')).changes).toEqual([])
  })

  test('is never deleted when it is a control plane', async () => {
    const [cluster = '', , nodes = ''] = MANIFEST.split('---\n')
    const target = await play.target(play.checkout([cluster, nodes].join('---\n')))
    const plan = await untouched(play, () => target.plan('drift'))
    expect(plan.changes.find((change) => change.action === 'delete')).toMatchObject({
      resource: { id: 'InstanceGroup/control-plane-us-east-1a' },
      healable: false
    })
  })
})

/** Puts the cluster back to the manifest, for the next test. */
async function restore(): Promise<void> {
  const target = await play.target(play.checkout())
  expect((await target.apply(await target.plan('deploy'))).status).toBe('succeeded')
}
