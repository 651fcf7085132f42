import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import { deploy } from '../../src/loop/deploy.ts'
import { type DriftOptions, drift } from '../../src/loop/drift.ts'
import { preview } from '../../src/loop/preview.ts'
import type { Unit } from '../../src/loop/unit.ts'
import { Unreachable } from '../../src/targets/kubernetes/cluster.ts'
import { changeOf, contextOf, type FakeOptions, fakeUnit, recordOf } from './doubles.ts'

const VPC = { from: 'network', output: 'vpcId' }

/** Root module and application; the application is rendered with an output of the module. */
function units(events: string[], network: FakeOptions, web: FakeOptions = {}) {
  return [
    fakeUnit('web', events, { dependsOn: ['network'], uses: [VPC], ...web }),
    fakeUnit('network', events, { ...network })
  ]
}

/** Those of the events that are about order and values. */
function story(events: readonly string[]): string[] {
  return events.filter((event) => /^(apply|plan) |is given/.test(event))
}

describe('deploy', () => {
  test('renders with the present output before the first write, and again where applying changed it', async () => {
    const events: string[] = []
    const network = {
      plans: [[changeOf('update', 'vpc')]],
      outputs: { before: { vpcId: 'old' }, after: { vpcId: 'new' } }
    }
    const report = await deploy(units(events, network), contextOf())
    expect(report.status).toBe('succeeded')
    expect(story(events)).toEqual([
      'web is given vpcId = old',
      'plan network',
      'apply network',
      'web is given vpcId = new',
      'plan web',
      'apply web'
    ])
    expect(report.targets[0]?.plan?.notes).toEqual([
      'Rendered again after what it depends on was applied, because an output that it uses changed.'
    ])
  })

  test('renders once where the output stays, and asks for it once where nothing was applied', async () => {
    for (const [changes, asked] of [
      [[changeOf('update', 'vpc')], 2],
      [[], 1]
    ] as const) {
      const events: string[] = []
      const report = await deploy(
        units(events, { plans: [changes], outputs: { before: { vpcId: 'same' } } }),
        contextOf()
      )
      expect(report.status).toBe('succeeded')
      expect(events.filter((event) => event === 'open web')).toHaveLength(1)
      expect(events.filter((event) => event === 'outputs network')).toHaveLength(asked)
      expect(report.targets[0]?.plan?.notes).toEqual([])
    }
  })

  test('renders what needs an output that is not there yet when its turn comes, and the plan says so', async () => {
    const events: string[] = []
    const network = { plans: [[changeOf('create', 'vpc')]], outputs: { before: {}, after: { vpcId: 'new' } } }
    const report = await deploy(units(events, network), contextOf())
    expect(report.status).toBe('succeeded')
    expect(story(events)).toEqual([
      'plan network',
      'apply network',
      'web is given vpcId = new',
      'plan web',
      'apply web'
    ])
    expect(report.targets[0]?.plan?.notes).toEqual([
      'Not rendered or checked before the first write: Known after "network" is applied: its output "vpcId".'
    ])
  })

  test('refuses a name that the declaration of the other has not, before anything is written', async () => {
    const nothing: Record<string, string> = {}
    for (const before of [nothing, { vpcName: 'x' }, new GitOpsError('no such stack')]) {
      const events: string[] = []
      const network = {
        deployed: undefined,
        plans: [[changeOf('create', 'vpc')]],
        outputs: { before, after: { vpc_id: 'new' }, declared: ['vpc_id', 'vpcName'] }
      }
      const reports = [
        await preview(units(events, network), contextOf()),
        await deploy(units(events, network), contextOf())
      ]
      for (const report of reports) {
        expect(report.status).toBe('failed')
        expect(report.targets[0]?.error?.message).toBe(
          '"web" needs output "vpcId" of "network", which declares no such output. It declares: vpc_id, vpcName. Did you mean "vpc_id"?'
        )
      }
      expect(events).not.toContain('apply network')
    }
  })

  test('what was never deployed and cannot be asked has no outputs yet', async () => {
    const events: string[] = []
    const before = new GitOpsError('cluster not found')
    const network = {
      deployed: undefined,
      plans: [[changeOf('create', 'vpc')]],
      outputs: { before, after: { vpcId: 'new' } }
    }
    const report = await deploy(units(events, network), contextOf())
    expect(report.status).toBe('succeeded')
    expect(report.targets[0]?.plan?.notes[0]).toContain('Known after "network" is applied: its output "vpcId". cluster')
  })

  test('what was begun and never ended keeps nobody from ending it, also when nothing is left to change', async () => {
    for (const changes of [[changeOf('update', 'vpc')], []]) {
      const events: string[] = []
      const network = {
        deployed: recordOf('network', { status: 'failed' }),
        plans: [changes],
        outputs: { before: new GitOpsError('it has no certificates yet'), after: { vpcId: 'new' } }
      }
      const report = await deploy(units(events, network), contextOf())
      expect(report.targets.map((target) => target.error?.message)).toEqual([undefined, undefined])
      expect(story(events)).toContain('web is given vpcId = new')
    }
  })

  test('a cluster that cannot be reached does not keep the target that makes it from mending it', async () => {
    const kubeconfig = { from: 'network', output: 'kubeconfig' }
    const network = { plans: [[changeOf('update', 'api')]], outputs: { before: { kubeconfig: '/a' } } }
    const run = (output: string, work: typeof deploy | typeof preview) => {
      const events: string[] = []
      const web = fakeUnit('web', events, { dependsOn: ['network'], uses: [{ ...kubeconfig, output }] })
      const open: Unit['open'] = async (source) => {
        const opened = await web.open(source)
        if (events.includes('apply network')) return opened
        throw new Unreachable('nothing listens there', { hint: 'Check the network.' })
      }
      return work([{ ...web, open }, fakeUnit('network', events, network)], contextOf())
    }
    const report = await run('kubeconfig', deploy)
    expect(report.status).toBe('succeeded')
    expect(report.targets[0]?.plan?.notes).toEqual([
      'Not rendered or checked before the first write: Known after "network" is applied: its output "kubeconfig". nothing listens there'
    ])
    // A preview applies nothing that could mend it; and of another output it says nothing.
    expect((await run('kubeconfig', preview)).targets[0]?.error?.message).toBe('nothing listens there')
    network.outputs = { before: { kubeconfig: '/a', ...{ vpcId: 'x' } } }
    expect((await run('vpcId', deploy)).targets.map((target) => target.status)).toEqual(['failed', 'skipped'])
  })

  test('what was deployed and cannot be asked stops the run before the first write', async () => {
    const events: string[] = []
    const before = new GitOpsError('the credentials expired', { hint: 'Log in again.' })
    const report = await deploy(units(events, { outputs: { before } }), contextOf())
    expect(report.targets.map((target) => [target.id, target.status, target.error?.message])).toEqual([
      ['web', 'failed', '"web" needs an output of "network", which cannot be read: the credentials expired'],
      ['network', 'skipped', 'Skipped: "web" could not be prepared, so nothing was written anywhere.']
    ])
    expect(report.targets[0]?.error?.hint).toBe('Log in again.')
    expect(story(events)).toEqual([])
  })

  test('an output that is not there after applying is an error that says which there are', async () => {
    const events: string[] = []
    const network = { plans: [[changeOf('create', 'vpc')]], outputs: { before: {}, after: { vpc_id: 'x', arn: 'y' } } }
    const report = await deploy(units(events, network), contextOf())
    expect(report.targets[0]).toMatchObject({
      status: 'failed',
      error: { message: '"web" needs output "vpcId" of "network", which has no such output. It has: vpc_id, arn.' }
    })
  })

  test('a chain of outputs is followed link by link', async () => {
    const events: string[] = []
    const created = [[changeOf('create', 'a')]]
    const report = await deploy(
      [
        fakeUnit('web', events, { dependsOn: ['b'], uses: [{ from: 'b', output: 'y' }] }),
        fakeUnit('b', events, {
          dependsOn: ['a'],
          uses: [{ from: 'a', output: 'x' }],
          outputs: { before: {}, after: { y: '2' } }
        }),
        fakeUnit('a', events, { plans: created, outputs: { before: {}, after: { x: '1' } } })
      ],
      contextOf()
    )
    expect(report.status).toBe('succeeded')
    expect(events.filter((event) => event.includes('is given'))).toEqual(['b is given x = 1', 'web is given y = 2'])
  })

  test('a target that is not part of the run gives its outputs all the same, and is not deployed', async () => {
    const events: string[] = []
    const [web, network] = units(events, { outputs: { before: { vpcId: 'live' } } })
    if (!web || !network) throw new Error('no units')
    const report = await deploy([web], contextOf({ others: [network] }))
    expect(report.targets.map((target) => [target.id, target.status])).toEqual([['web', 'succeeded']])
    expect(story(events)).toEqual(['web is given vpcId = live', 'plan web', 'apply web'])
    const missing = await deploy([web], contextOf({ others: [fakeUnit('network', [], { outputs: { before: {} } })] }))
    expect(missing.targets[0]?.error?.message).toContain('which has no such output. It has none.')
  })

  test('secrets among what was put in stand in no report', async () => {
    const context = contextOf({ secrets: new Set(['hunter2', 'x']) })
    const fields = [
      {
        path: 'data.password',
        before: { type: 'absent' as const },
        after: { type: 'value' as const, value: 'postgres://u:hunter2@db' }
      }
    ]
    const report = await deploy(
      [fakeUnit('web', [], { plans: [[changeOf('create', 'a', { fields, reason: 'was hunter2' })]] })],
      context
    )
    expect(JSON.stringify(report)).not.toContain('hunter2')
    expect(report.targets[0]?.plan?.changes[0]?.fields[0]?.after).toEqual({
      type: 'value',
      value: 'postgres://u:***@db'
    })
    expect(report.targets[0]?.plan?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})

describe('preview', () => {
  test('takes the present outputs', async () => {
    const events: string[] = []
    const report = await preview(units(events, { outputs: { before: { vpcId: 'live' } } }), contextOf())
    expect(report.status).toBe('planned')
    expect(story(events)).toEqual(expect.arrayContaining(['web is given vpcId = live', 'plan web', 'plan network']))
  })

  test('says what is known only after another target is applied, and does not fail', async () => {
    const report = await preview(units([], { outputs: { before: {} } }), contextOf())
    expect(report.status).toBe('planned')
    expect(report.targets[0]).toMatchObject({
      id: 'web',
      status: 'planned',
      pending: 'Known after "network" is applied: its output "vpcId".'
    })
    expect(report.targets[0]?.plan).toBeUndefined()
    expect(report.targets[1]?.plan).toBeDefined()
  })
})

describe('drift', () => {
  const options = (more: Partial<DriftOptions> = {}): DriftOptions => ({
    heal: 'automatic',
    maxChanges: 10,
    revision: 'deployed',
    checkouts: {
      at: async () => '/workspace',
      whyUnreachable: async () => undefined
    } as unknown as DriftOptions['checkouts'],
    ...more
  })

  test('compares with the present outputs; a missing one is an error', async () => {
    const events: string[] = []
    const good = await drift(units(events, { outputs: { before: { vpcId: 'live' } } }), contextOf(), options())
    expect(good.status).toBe('in-sync')
    expect(story(events)).toContain('web is given vpcId = live')
    const bad = await drift(units([], { outputs: { before: { other: 'x' } } }), contextOf(), options())
    expect(bad.targets.map((target) => target.status)).toEqual(['error', 'in-sync'])
    expect(bad.targets[0]?.error?.message).toContain('"network", which has no such output. It has: other.')
  })

  test('checks anew what uses an output that healing changed', async () => {
    const events: string[] = []
    const network = {
      plans: [[changeOf('create', 'vpc')], []],
      outputs: { before: { vpcId: 'old' }, after: { vpcId: 'new' } }
    }
    const report = await drift(
      units(events, network, { plans: [[], [changeOf('update', 'a')], []] }),
      contextOf(),
      options()
    )
    expect(report.targets.map((target) => target.status)).toEqual(['healed', 'healed'])
    const values = story(events).filter((event) => event.includes('is given'))
    expect(values).toEqual(['web is given vpcId = old', 'web is given vpcId = new'])
  })

  test('without a record of deployments, the checkout is compared with, and nothing healed', async () => {
    const drifted = { deployed: undefined, recordedOutside: true, plans: [[changeOf('update', 'a')]] }
    const events: string[] = []
    const report = await drift([fakeUnit('network', events, drifted)], contextOf(), options())
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.notes.join(' ')).toMatch(
      /nothing says which commit was deployed.*Not healed: nothing says/
    )
    expect(events).not.toContain('apply network')
    const onPurpose = { ...drifted, plans: [[changeOf('update', 'a')], []] }
    const healed = await drift([fakeUnit('network', events, onPurpose)], contextOf(), options({ revision: 'head' }))
    expect(healed.status).toBe('healed')
  })

  test('with a store that knows of no deployment, the target was never deployed', async () => {
    const store = { read: async () => undefined, write: async () => {} }
    const unit = fakeUnit('network', [], { deployed: undefined, recordedOutside: true })
    const report = await drift([unit], contextOf({ store }), options())
    expect(report.targets[0]?.error?.message).toContain('was never deployed')
  })

  test('two commits whose targets use each other end in an error, not in waiting', async () => {
    const report = await drift(
      [
        fakeUnit('a', [], { uses: [{ from: 'b', output: 'x' }], outputs: { before: { x: '1' } } }),
        fakeUnit('b', [], {
          uses: [{ from: 'a', output: 'x' }],
          outputs: { before: { x: '1' } },
          deployed: recordOf('b')
        })
      ],
      contextOf(),
      options()
    )
    expect(report.targets.map((target) => target.status)).toEqual(['error', 'error'])
    expect(report.targets.map((target) => target.error?.message).join(' ')).toContain("wait for each other's outputs")
  })
})
