import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import type { Change } from '../../src/targets/plan.ts'
import { changeOf, fakeUnit } from '../loop/doubles.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { checkOfNight, sessionOfNight } from './night.ts'

let double: GitHubDouble
let folder: string
beforeAll(async () => {
  double = await startGitHubDouble()
})
beforeEach(async () => {
  await double.reset()
  folder = mkdtempSync(path.join(tmpdir(), 'nights-'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(async () => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
  expect(await double.problems()).toEqual([])
})
afterAll(() => double.close())

interface Night {
  readonly web?: readonly Change[]
  readonly api?: Error
  readonly heal?: 'automatic'
}

/** One run of the nightly workflow: the loop as it is, then what an action tells GitHub. */
async function play(number: number, { web = [], api, heal }: Night) {
  const units = [
    fakeUnit('web', [], { plans: heal ? [web, []] : [web], healsInPart: true }),
    fakeUnit('api', [], api ? { throws: { plan: api } } : {})
  ]
  const report = await checkOfNight(number, units, heal)
  await sessionOfNight(number, double, folder).tell([report], { failOnDrift: false, followUps: [{ issue: {} }] })
  const { issues } = await double.state()
  expect(issues.length).toBeLessThanOrEqual(1)
  return issues[0]
}

const replicas = (live: number): Change =>
  changeOf('update', 'web', {
    resource: { id: 'apps/Deployment/shop/web', kind: 'Deployment', name: 'web', namespace: 'shop' },
    fields: [
      {
        path: 'spec.replicas',
        before: { type: 'value', value: live },
        after: { type: 'value', value: 2 },
        attribution: { known: true, manager: 'kubectl-edit', operation: 'Update', time: '2026-11-01T14:05:09Z' }
      }
    ]
  })
const DOWN = new GitOpsError('The API server does not answer.', { hint: 'Look whether it is up.' })

/** What a reader sees of the text: without what is hidden. */
const seen = (body: string | undefined) => (body ?? '').replace(/^<!--.*-->\n?/gm, '')
/** The sentence beside the chart. */
const chart = (body: string | undefined) => /^`[▁▂▃▄▅▆▇█×·]+` .*?(?=<br>)/m.exec(body ?? '')?.[0]

describe('the drift issue, night after night', () => {
  test('tells when drift came, how often it was found, and what became of it', async () => {
    expect(await play(1, {})).toBeUndefined()

    const came = await play(2, { web: [replicas(5)] })
    expect(came).toMatchObject({ title: 'Drift in production', state: 'open', comments: [] })
    expect(chart(came?.body)).toBe('`█` Drift was found for the first time.')

    const stayed = await play(3, { web: [replicas(5)] })
    expect(stayed).toMatchObject({ number: came?.number, state: 'open', comments: [] })
    expect(chart(stayed?.body)).toBe(
      '`██` Drift in 2 of the last 2 runs; in every one since 2026-11-02 03:17 UTC (2 runs).'
    )
    // Of the same drift only the times and the run have changed.
    const lines = (body = '') => body.split('\n').filter((line) => line.startsWith('| changed'))
    expect(lines(stayed?.body)).toEqual(lines(came?.body))

    const changed = await play(4, { web: [replicas(7), changeOf('create', 'settings')] })
    expect(changed?.body).toContain('| `spec.replicas` | `2` | `7` | kubectl-edit, Update, 2026-11-01 14:05 UTC |')
    expect(chart(changed?.body)).toBe(
      '`▅▅█` Drift in 3 of the last 3 runs; in every one since 2026-11-02 03:17 UTC (3 runs).'
    )

    const healed = await play(5, { web: [replicas(7), changeOf('create', 'settings')], heal: 'automatic' })
    expect(healed).toMatchObject({ state: 'closed', stateReason: 'completed' })
    expect(healed?.comments).toEqual([
      'Healed: 2 changes put back ([run](https://github.com/acme/shop/actions/runs/9005)). It was found in 3 runs before, since 2026-11-02 03:17 UTC.'
    ])
    expect(healed?.body).toContain('Put back: all of it (2). A second check found it in sync.')

    const clean = await play(6, {})
    expect(clean).toMatchObject({ state: 'closed' })
    expect(clean?.comments).toHaveLength(1)
    expect(clean?.body).toContain('**In sync** at 2026-11-06 03:17 UTC')
    expect(clean?.body).toContain('<details><summary>The last drift that was found, at 2026-11-05 03:17 UTC</summary>')
    expect(chart(clean?.body)).toBe('`▅▅██▁` Drift in 4 of the last 5 runs, for the last time at 2026-11-05 03:17 UTC.')

    const blind = await play(7, { api: DOWN })
    expect(blind).toMatchObject({ state: 'closed' })
    expect(blind?.body).toContain(
      '**Could not be checked as a whole** at 2026-11-07 03:17 UTC ([run](https://github.com/acme/shop/actions/runs/9007)). 1 of 2 targets could not be checked. In sync: `web`.\n\n- `api`: The API server does not answer.'
    )

    const again = await play(8, { web: [replicas(3)] })
    expect(again).toMatchObject({ number: came?.number, state: 'open' })
    expect(again?.comments.at(-1)).toBe(
      'Drift again: 1 change ([run](https://github.com/acme/shop/actions/runs/9008)).'
    )
    expect(again?.body).not.toContain('The last drift that was found')
    expect(chart(again?.body)).toBe(
      '`▅▅██▁×▅` Drift in 5 of the last 7 runs (1 could not check); this time since 2026-11-08 03:17 UTC.'
    )

    const both = await play(9, { web: [replicas(3)], api: DOWN })
    expect(both?.body).toContain(': 1 change. 1 of 2 targets could not be checked.')
    expect(both?.body).toContain('### `api`\n\n**The API server does not answer.**')

    // What drifted is in sync, but not all is known to be.
    const unknown = await play(10, { api: DOWN })
    expect(unknown).toMatchObject({ state: 'open' })
    expect(unknown?.body).toContain('In sync: `web`.')
    expect(unknown?.body).toContain(
      '<details open><summary>The last drift that was found, at 2026-11-09 03:17 UTC</summary>'
    )

    const gone = await play(11, {})
    expect(gone).toMatchObject({ state: 'closed' })
    expect(gone?.comments.at(-1)).toBe(
      'In sync again ([run](https://github.com/acme/shop/actions/runs/9011)). It was found in 2 runs before, since 2026-11-08 03:17 UTC.'
    )
    expect(seen(gone?.body).slice(seen(gone?.body).indexOf('### History'))).toMatchInlineSnapshot(`
      "### History

      \`▅▅██▁×▅▅×▁\` Drift in 6 of the last 10 runs (2 could not check), for the last time at 2026-11-09 03:17 UTC.<br><sub>Changes that each run found, the newest at the right: ▁ none, █ 2, × could not be checked.</sub>

      | when | result | changes |  |
      | --- | --- | --- | --- |
      | 2026-11-11 03:17 UTC | in sync | 0 | [run](https://github.com/acme/shop/actions/runs/9011) |
      | 2026-11-10 03:17 UTC | could not be checked |  | [run](https://github.com/acme/shop/actions/runs/9010) |
      | 2026-11-09 03:17 UTC | drifted | 1 | [run](https://github.com/acme/shop/actions/runs/9009) |
      | 2026-11-08 03:17 UTC | drifted | 1 | [run](https://github.com/acme/shop/actions/runs/9008) |
      | 2026-11-07 03:17 UTC | could not be checked |  | [run](https://github.com/acme/shop/actions/runs/9007) |
      | 2026-11-06 03:17 UTC | in sync | 0 | [run](https://github.com/acme/shop/actions/runs/9006) |
      | 2026-11-05 03:17 UTC | drifted, healed | 2 | [run](https://github.com/acme/shop/actions/runs/9005) |
      | 2026-11-04 03:17 UTC | drifted | 2 | [run](https://github.com/acme/shop/actions/runs/9004) |
      | 2026-11-03 03:17 UTC | drifted | 1 | [run](https://github.com/acme/shop/actions/runs/9003) |
      | 2026-11-02 03:17 UTC | drifted | 1 | [run](https://github.com/acme/shop/actions/runs/9002) |

      <sub>Kept up to date by gitops-actions: changes to this text are overwritten, comments are not. Closed by itself when the environment is in sync.</sub>

      "
    `)
  })

  test('is closed where nothing can be told of one target, and stays open where nothing can be told of any', async () => {
    const blind = fakeUnit('queues', [], { unsupported: 'Nothing can be told.' })
    const tell = async (number: number, web?: readonly Change[]) => {
      const units = web ? [fakeUnit('web', [], { plans: [web] }), blind] : [blind]
      const session = sessionOfNight(number, double, folder)
      await session.tell([await checkOfNight(number, units)], { failOnDrift: false, followUps: [{ issue: {} }] })
      return (await double.state()).issues[0]
    }
    expect((await tell(1, [replicas(5)]))?.body).toContain('| `queues` | ❔ unsupported | drift cannot be told |')
    const open = await tell(2)
    expect(open).toMatchObject({ state: 'open' })
    expect(open?.body).toContain('**Cannot be checked** at 2026-11-02 03:17 UTC')
    expect(await tell(3, [])).toMatchObject({ state: 'closed' })
  })

  test('says of drift that was put back in part how much was', async () => {
    const debug = changeOf('unmanaged', 'debug', { healable: false })
    const drifted = replicas(5)
    const unit = fakeUnit('web', [], {
      plans: [[drifted, debug], [debug]],
      healsInPart: true,
      applied: { results: [{ resource: drifted.resource, action: 'updated' }] }
    })
    const report = await checkOfNight(1, [unit], 'automatic')
    await sessionOfNight(1, double, folder).tell([report], { failOnDrift: false, followUps: [{ issue: {} }] })
    const [issue] = (await double.state()).issues
    expect(issue).toMatchObject({ state: 'open' })
    expect(issue?.body).toContain('9001)): 2 changes, 1 put back.')
  })
})
