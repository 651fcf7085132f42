import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import type { Json } from '../../src/json.ts'
import { Checkouts } from '../../src/loop/checkouts.ts'
import { type DriftOptions, drift } from '../../src/loop/drift.ts'
import { changeOf, contextOf, fakeUnit, memoryLog, recordOf, TIME } from './doubles.ts'

/** A checkout per commit, without git. */
class FakeCheckouts extends Checkouts {
  readonly #refusal: string | undefined
  constructor(refusal?: string) {
    super({
      workspace: '/workspace',
      log: memoryLog(),
      exec: () => Promise.reject(new Error('no program is run here'))
    })
    this.#refusal = refusal
  }
  override whyUnreachable(): Promise<string | undefined> {
    return Promise.resolve(this.#refusal)
  }
  override at(revision: string): Promise<string> {
    return Promise.resolve(`/checkouts/${revision.slice(0, 3)}`)
  }
}

function options(more: Partial<DriftOptions> = {}): DriftOptions {
  return { heal: 'off', maxChanges: 20, revision: 'deployed', checkouts: new FakeCheckouts(), ...more }
}

const AUTOMATIC = options({ heal: 'automatic' })
const DRIFTED = [changeOf('update', 'a'), changeOf('create', 'b')]

describe('what it compares with', () => {
  test('the deployed commit with the deployed images, not the checkout', async () => {
    const events: string[] = []
    const report = await drift([fakeUnit('web', events, { images: ['web'] })], contextOf(), options())
    expect(report.status).toBe('in-sync')
    expect(events).toContain('web is rendered from /checkouts/aaa with {"web":"registry/web@sha256:deployed"}')
  })

  test('the checkout as it is with revision: head, deployed images filling what was not given', async () => {
    const events: string[] = []
    await drift([fakeUnit('web', events, { images: ['api'] })], contextOf(), options({ revision: 'head' }))
    expect(events).toContain(
      'web is rendered from /workspace with {"web":"registry/web@sha256:deployed","api":"registry/api:tree-foreseen"}'
    )
  })

  test('the workspace when the manifests lay in no repository', async () => {
    const events: string[] = []
    const { revision: _, ...record } = recordOf('web')
    await drift([fakeUnit('web', events, { deployed: record })], contextOf(), options())
    expect(events.join()).toContain('web is rendered from /workspace')
  })

  test('never deployed is an error that names the first step', async () => {
    const events: string[] = []
    const report = await drift([fakeUnit('web', events, { deployed: undefined })], contextOf(), options())
    expect(report.status).toBe('error')
    expect(report.targets[0]?.error?.message).toContain('"web" was never deployed to "production"')
    expect(report.targets[0]?.error?.hint).toContain('Deploy it first')
    expect(events).not.toContain('open web')
  })

  test('a deleted inventory is not taken for a target that was never deployed', async () => {
    const events: string[] = []
    const store = { read: async () => recordOf('web', { revision: 'b'.repeat(40) }), write: async () => {} }
    const report = await drift([fakeUnit('web', events, { deployed: undefined })], contextOf({ store }), options())
    expect(events.join()).toContain('/checkouts/bbb')
    expect(report.targets[0]?.plan?.notes.join()).toContain('The inventory of this target is gone')
  })

  test('what could not be looked at is never called in sync', async () => {
    const unit = (plans: (typeof DRIFTED)[]) => fakeUnit('web', [], { plans, unchecked: 2 })
    const check = await drift([unit([[]])], contextOf(), options())
    expect(check.status).toBe('error')
    expect(check.targets[0]?.error?.message).toMatch(/^2 declared objects could not be looked at/)
    expect((await drift([unit([DRIFTED])], contextOf(), options())).status).toBe('drifted')
    const healed = await drift([unit([DRIFTED, []])], contextOf(), AUTOMATIC)
    expect(healed).toMatchObject({ status: 'error', targets: [{ outcomes: [{ status: 'succeeded' }] }] })
  })

  test('what the engine has no means to compare is unsupported, never in sync, unless it found something', async () => {
    const unsupported = 'Nothing can be told.'
    const queues = (plan: typeof DRIFTED) => fakeUnit('queues', [], { plans: [plan], unsupported })
    const alone = await drift([queues([])], contextOf(), options())
    expect(alone).toMatchObject({ status: 'unsupported', targets: [{ status: 'unsupported', plan: { unsupported } }] })
    expect((await drift([queues(DRIFTED)], contextOf(), options())).status).toBe('drifted')
    // Of the others in the environment it says nothing.
    const beside = await drift([queues([]), fakeUnit('web', [])], contextOf(), options())
    expect(beside.targets.map((target) => target.status)).toEqual(['unsupported', 'in-sync'])
    expect(beside.status).toBe('in-sync')
  })

  test('a failed deployment is compared with what it was to become, and says so', async () => {
    const events: string[] = []
    const report = await drift(
      [fakeUnit('web', events, { deployed: recordOf('web', { status: 'failed', run: 'https://github.com/run/1' }) })],
      contextOf(),
      options()
    )
    expect(report.targets[0]?.plan?.notes.join()).toMatch(/The last deployment, of .* \(https:.*\), failed/)
  })
})

describe('healing', () => {
  test('off: drift is reported, nothing is written', async () => {
    const events: string[] = []
    const report = await drift([fakeUnit('web', events, { plans: [DRIFTED] })], contextOf(), options())
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.changes).toHaveLength(2)
    expect(events).not.toContain('apply web')
  })

  test.each([
    ['all of it', DRIFTED, {}, 'with heal: automatic, all of this would be put back.'],
    [
      'a part',
      [...DRIFTED, changeOf('unmanaged', 'c', { healable: false })],
      {},
      'with heal: automatic, 2 of these 3 changes would be put back.'
    ],
    [
      'what the policy leaves of it',
      DRIFTED,
      { except: ['ConfigMap/shop/a'] },
      'with heal: automatic, 1 of these 2 changes would be put back.'
    ],
    [
      'nothing that could be put back',
      [changeOf('unmanaged', 'c', { healable: false })],
      {},
      'with heal: automatic, nothing of this would be put back either.'
    ],
    [
      'more than the limit',
      DRIFTED,
      { maxChanges: 1 },
      'with heal: automatic, nothing would be put back either: 2 objects drifted, more than the limit of 1 for healing without a person. Look at them, then deploy, or raise the limit.'
    ]
  ] as const)('off: the report says what healing would do about it: %s', async (_what, plan, more, expected) => {
    const unit = fakeUnit('web', [], { plans: [plan], healsInPart: true })
    const report = await drift([unit], contextOf(), options(more))
    expect(report.targets[0]?.plan?.notes).toEqual([`Healing is off; ${expected}`])
    expect(report.targets[0]?.outcomes).toEqual([])
  })

  test('off: what the policy would leave says so, as it does when healing is on', async () => {
    const report = await drift(
      [fakeUnit('web', [], { plans: [DRIFTED] })],
      contextOf(),
      options({ except: ['ConfigMap/shop/a'] })
    )
    expect(report.targets[0]?.plan?.changes.map((change) => change.held?.by)).toEqual(['policy', undefined])
  })

  test('automatic: puts back and is healed only when a second plan is empty', async () => {
    const events: string[] = []
    const report = await drift([fakeUnit('web', events, { plans: [DRIFTED, []] })], contextOf(), AUTOMATIC)
    expect(report.status).toBe('healed')
    expect(events.filter((event) => /^(plan|apply|prune)/.test(event))).toEqual(['plan web', 'apply web', 'plan web'])
    expect(report.targets[0]?.plan?.changes).toHaveLength(2)
    expect(report.targets[0]?.outcomes).toHaveLength(1)
  })

  test('deletes what the inventory owns and nobody declares', async () => {
    const events: string[] = []
    const report = await drift(
      [fakeUnit('web', events, { plans: [[changeOf('delete', 'old')], []] })],
      contextOf(),
      AUTOMATIC
    )
    expect(report.status).toBe('healed')
    expect(events).toContain('prune web')
  })

  test('what happens while the rest is put back is named, and not said to have come back', async () => {
    const meanwhile = [changeOf('create', 'c')]
    const report = await drift([fakeUnit('web', [], { plans: [DRIFTED, meanwhile] })], contextOf(), AUTOMATIC)
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.error).toBeUndefined()
    expect(report.targets[0]?.plan?.notes).toEqual([
      'The check after healing found what the first one had not: missing: ConfigMap shop/c.'
    ])
  })

  test('what comes back at once is drift and names it', async () => {
    const events: string[] = []
    const report = await drift([fakeUnit('web', events, { plans: [DRIFTED] })], contextOf(), AUTOMATIC)
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.error?.message).toBe(
      'Put back, but it differs again at once: ConfigMap/shop/a, ConfigMap/shop/b.'
    )
  })

  test('what is only to be reported stays drift without being an error', async () => {
    const foreign = changeOf('remove-foreign', 'c', { healable: false })
    const events: string[] = []
    const report = await drift(
      [
        fakeUnit('web', events, { plans: [[...DRIFTED, foreign], [foreign]] }),
        fakeUnit('api', events, { plans: [[foreign]] })
      ],
      contextOf(),
      AUTOMATIC
    )
    expect(report.targets.map((target) => [target.status, target.error])).toEqual([
      ['drifted', undefined],
      ['drifted', undefined]
    ])
    expect(events).toContain('apply web')
    expect(events).not.toContain('apply api')
  })

  test('a recorded commit that nobody has accepted is compared with, and never applied', async () => {
    const events: string[] = []
    const checkouts = new FakeCheckouts('it is on no branch')
    const units = [fakeUnit('web', events, { plans: [DRIFTED, []] })]
    const report = await drift(units, contextOf(), options({ heal: 'automatic', checkouts }))
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.notes.join()).toMatch(
      /Not healed: commit a+, .* not known to be accepted: it is on no/
    )
    expect(events).not.toContain('apply web')
    const head = options({ heal: 'automatic', checkouts, revision: 'head' })
    expect((await drift([fakeUnit('web', events, { plans: [DRIFTED, []] })], contextOf(), head)).status).toBe('healed')
  })

  test('a target that can only be put back as a whole is left when a part of it is held back', async () => {
    const events: string[] = []
    const report = await drift(
      [fakeUnit('web', events, { plans: [DRIFTED] })],
      contextOf(),
      options({ heal: 'automatic', except: ['ConfigMap/shop/a'] })
    )
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.notes.join()).toContain(
      'Not healed: this target can only be put back as a whole, and of ConfigMap/shop/a the policy excludes it'
    )
    expect(events).not.toContain('apply web')
  })

  test.each([
    ['in force', '2026-11-20T10:00:01.000Z', 'drifted'],
    ['that is over', '2026-11-20T10:00:00.000Z', 'healed']
  ])('a pause %s', async (_what, until, status) => {
    const pause = { until: new Date(until), by: 'gitops.yaml (target web)', reason: 'incident 4711' }
    const unit = { ...fakeUnit('web', [], { plans: [DRIFTED, []] }), pause }
    const report = await drift([unit], contextOf(), AUTOMATIC)
    expect(report.status).toBe(status)
    const text = report.targets[0]?.plan?.notes.join() ?? ''
    if (status === 'drifted')
      expect(text).toMatch(/paused until .* by gitops.yaml \(target web\), because: incident 4711/)
    else expect(text).toBe('')
  })

  test('a failure of yesterday does not keep today from healing', async () => {
    const applied = { status: 'failed', failure: { message: 'forbidden', resources: [] } } as const
    const yesterday = await drift([fakeUnit('web', [], { plans: [DRIFTED], applied })], contextOf(), AUTOMATIC)
    expect(yesterday.status).toBe('error')
    const today = await drift([fakeUnit('web', [], { plans: [DRIFTED, []] })], contextOf(), AUTOMATIC)
    expect(today.status).toBe('healed')
  })

  test('a fight over what keeps no memory itself is seen by that of the run, which may fail without stopping anything', async () => {
    let kept: Json | undefined
    let broken = false
    const memory = {
      read: async () => kept,
      write: async (value: Json) => {
        if (broken) throw new GitOpsError('Resource not accessible by integration')
        kept = value
      }
    }
    const store = { read: async () => recordOf('web'), write: async () => {}, memory: () => memory }
    const events: string[] = []
    const night = async () => {
      const context = contextOf({ store })
      const unit = {
        ...fakeUnit('web', events, { plans: [[changeOf('create', 'a')], []] }),
        kind: 'terraform' as const
      }
      return { report: await drift([unit], context, AUTOMATIC), log: context.log.lines.join('\n') }
    }
    broken = true
    expect(await night()).toMatchObject({
      report: { status: 'healed' },
      log: expect.stringContaining('warning: What was healed cannot be remembered')
    })
    broken = false
    for (let count = 1; count <= 3; count++) expect((await night()).report.status).toBe('healed')
    const { report, log } = await night()
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.changes[0]?.held).toMatchObject({ by: 'fight' })
    expect(log).toContain('warning: A fight over ConfigMap/shop/a')
    expect(events.filter((event) => event === 'apply web')).toHaveLength(4)
  })

  test('more changes than the limit are reported, not healed', async () => {
    const events: string[] = []
    const report = await drift(
      [fakeUnit('web', events, { plans: [DRIFTED] })],
      contextOf(),
      options({ heal: 'automatic', maxChanges: 1 })
    )
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.notes.join()).toContain('2 objects drifted, more than the limit of 1')
    expect(events).not.toContain('apply web')
  })

  test('the pods that start again with content that is put right are no drifted objects of their own', async () => {
    const follows = [{ resource: 'ConfigMap/shop/a', paths: ['data.MODE'] }]
    const pods = Array.from({ length: 150 }, (_, index) => changeOf('restart', `pod-${index}`, { follows }))
    const report = await drift(
      [fakeUnit('web', [], { plans: [[changeOf('update', 'a'), ...pods], []] })],
      contextOf(),
      options({ heal: 'automatic', maxChanges: 1 })
    )
    expect(report.status).toBe('healed')
  })

  test('does not work against a deployment that is running, but does not believe it for ever', async () => {
    const running = recordOf('web', { status: 'in-progress' })
    const events: string[] = []
    const now = (offset: number) => () => new Date(Date.parse(TIME) + offset)
    const plans = [DRIFTED, []]
    const report = await drift(
      [fakeUnit('web', events, { deployed: running, plans })],
      contextOf({ now: now(60_000) }),
      AUTOMATIC
    )
    expect(report.targets[0]?.plan?.notes.join()).toContain('a deployment seems to be running')
    expect(events).not.toContain('apply web')
    const later = await drift(
      [fakeUnit('web', events, { deployed: running, plans })],
      contextOf({ now: now(7_200_000) }),
      AUTOMATIC
    )
    // One that was killed has not run its hooks: it is not carried on by healing.
    expect(later.status).toBe('drifted')
    expect(later.targets[0]?.plan?.notes.join()).toContain('did not succeed')
    expect(events).not.toContain('apply web')
    const repeated = { ...running, history: [recordOf('web')] }
    const again = await drift(
      [fakeUnit('web', events, { deployed: repeated, plans })],
      contextOf({ now: now(7_200_000) }),
      AUTOMATIC
    )
    expect(again.status).toBe('healed')
  })

  test('does not carry on a deployment that failed: it deletes nothing that still serves', async () => {
    const events: string[] = []
    const report = await drift(
      [
        fakeUnit('web', events, {
          deployed: recordOf('web', { status: 'failed', history: [recordOf('web', { digest: 'sha256:old' })] }),
          plans: [[...DRIFTED, changeOf('delete', 'old')], []]
        })
      ],
      contextOf(),
      AUTOMATIC
    )
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.notes.join()).toContain('Not healed: the last deployment')
    expect(events.some((event) => /^(apply|prune)/.test(event))).toBe(false)
  })

  test('does not make everything anew where the target was never deployed: it may be another cluster', async () => {
    const events: string[] = []
    const store = { read: async () => recordOf('web'), write: async () => {} }
    const healing = (unchanged: number) =>
      drift(
        [fakeUnit('web', events, { deployed: undefined, plans: [[changeOf('create', 'a')], []], unchanged })],
        contextOf({ store }),
        AUTOMATIC
      )
    const report = await healing(0)
    expect(report.status).toBe('drifted')
    expect(report.targets[0]?.plan?.notes.join()).toContain('not the cluster or the namespace')
    expect(events).not.toContain('apply web')
    expect((await healing(1)).status).toBe('healed')
  })

  test('a failure of healing is an error with its reason', async () => {
    const events: string[] = []
    const report = await drift(
      [
        fakeUnit('web', events, {
          plans: [DRIFTED],
          applied: { status: 'failed', failure: { message: 'forbidden', hint: 'Give the role.', resources: [] } }
        })
      ],
      contextOf(),
      AUTOMATIC
    )
    expect(report.targets[0]).toMatchObject({
      status: 'error',
      error: { message: 'Healing failed: forbidden', hint: 'Give the role.' }
    })
  })

  test("one target's failure stops no other, not even one that depends on it", async () => {
    const events: string[] = []
    const report = await drift(
      [
        fakeUnit('db', events, { throws: { plan: new GitOpsError('the API server went away') } }),
        fakeUnit('web', events, { dependsOn: ['db'], plans: [DRIFTED, []] })
      ],
      contextOf(),
      AUTOMATIC
    )
    expect(report.status).toBe('error')
    expect(report.targets.map((target) => target.status)).toEqual(['error', 'healed'])
  })

  test('heals in the order of dependencies', async () => {
    const events: string[] = []
    await drift(
      [
        fakeUnit('web', events, { dependsOn: ['settings'], plans: [DRIFTED, []] }),
        fakeUnit('settings', events, { plans: [DRIFTED, []] })
      ],
      contextOf(),
      AUTOMATIC
    )
    expect(events.filter((event) => event.startsWith('apply'))).toEqual(['apply settings', 'apply web'])
  })

  test('what renders differently than when it was deployed is never deleted nor called drift for that', async () => {
    const events: string[] = []
    const report = await drift(
      [fakeUnit('web', events, { reproducible: false, plans: [[changeOf('delete', 'random')]] })],
      contextOf(),
      AUTOMATIC
    )
    expect(report.status).toBe('in-sync')
    expect(report.targets[0]?.plan?.notes).toEqual([
      'not reproducible',
      'Differs only because it renders differently now, and is no drift: ConfigMap/shop/random (not rendered this time).'
    ])
    expect(events.some((event) => /^(apply|prune)/.test(event))).toBe(false)
  })

  describe('where the deployed commit renders differently now', () => {
    const field = (path: string, manager?: string) => ({
      path,
      before: { type: 'value', value: 'live' } as const,
      after: { type: 'value', value: 'rendered' } as const,
      ...(manager === undefined ? {} : { attribution: { known: true, manager } as const })
    })

    test('a field that we still own is no drift; one that somebody changed is, but is not healed with it', async () => {
      const mixed = changeOf('update', 'a', {
        fields: [field('data.ours', 'gitops-actions'), field('data.theirs', 'kubectl')]
      })
      const own = changeOf('update', 'b', { fields: [field('data.ours')] })
      const events: string[] = []
      const report = await drift(
        [fakeUnit('web', events, { reproducible: false, plans: [[mixed, own]] })],
        contextOf(),
        AUTOMATIC
      )
      const [target] = report.targets
      expect(report.status).toBe('drifted')
      expect(target?.plan?.changes.map((change) => change.fields.map(({ path }) => path))).toEqual([['data.theirs']])
      expect(target?.plan?.notes.join()).toContain('ConfigMap/shop/a (data.ours); ConfigMap/shop/b (data.ours)')
      expect(target?.plan?.notes.join()).toContain('Not healed: putting it back would also write')
      expect(events).not.toContain('apply web')
    })

    test('what is drift alone is healed', async () => {
      const theirs = changeOf('update', 'a', { fields: [field('data.theirs', 'kubectl')] })
      const events: string[] = []
      const report = await drift(
        [fakeUnit('web', events, { reproducible: false, plans: [[theirs], []] })],
        contextOf(),
        AUTOMATIC
      )
      expect(report.status).toBe('healed')
    })
  })

  test('after a cancellation nothing is healed', async () => {
    const controller = new AbortController()
    controller.abort()
    const events: string[] = []
    const report = await drift(
      [fakeUnit('web', events, { plans: [DRIFTED] })],
      contextOf({ signal: controller.signal }),
      AUTOMATIC
    )
    expect(report.status).toBe('error')
    expect(events).toEqual([])
  })
})
