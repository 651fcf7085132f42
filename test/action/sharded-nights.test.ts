import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { INPUTS } from '../../actions/root/contract.ts'
import { Inputs } from '../../src/action/inputs.ts'
import { publish } from '../../src/action/publish.ts'
import { readRoot } from '../../src/action/root-inputs.ts'
import type { Unit } from '../../src/loop/unit.ts'
import type { Change } from '../../src/targets/plan.ts'
import { changeOf, fakeUnit, memoryLog } from '../loop/doubles.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { checkOfNight, environmentOfNight, sessionOfNight } from './night.ts'

let double: GitHubDouble
let workspace: string
beforeAll(async () => {
  double = await startGitHubDouble()
})
beforeEach(async () => {
  await double.reset()
  workspace = mkdtempSync(path.join(tmpdir(), 'sharded-'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  writeFileSync(
    path.join(workspace, 'gitops.yaml'),
    `version: 1
environments:
  production:
    targets:
      web: {manifests: [web]}
      api: {manifests: [web]}
      jobs: {manifests: [web]}
`
  )
  mkdirSync(path.join(workspace, 'web'))
  writeFileSync(path.join(workspace, 'web/settings.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n')
})
afterEach(async () => {
  vi.restoreAllMocks()
  rmSync(workspace, { recursive: true, force: true })
  expect(await double.problems()).toEqual([])
})
afterAll(() => double.close())

/** What the job of a shard leaves: its report; half of one, when it was killed while writing; or nothing at all. */
type Left = readonly Unit[] | 'half a report' | 'nothing'

/** One night: each shard checks in a job of its own, then one job collects what they left and keeps the issue. */
async function night(number: number, shards: readonly Left[]) {
  const folder = path.join(workspace, `artifacts-${number}`)
  for (const [index, left] of shards.entries()) {
    const place = path.join(folder, `gitops-drift-production-${index + 1}`)
    if (left === 'nothing') continue
    mkdirSync(place, { recursive: true })
    if (left === 'half a report') writeFileSync(path.join(place, 'drift-production.json'), '{"version": 1, "comm')
    else await publish([await checkOfNight(number, left)], memoryLog(), { RUNNER_TEMP: place })
  }
  const env = {
    ...environmentOfNight(number, double, workspace),
    INPUT_COMMAND: 'report',
    INPUT_REPORTS: folder,
    'INPUT_GITHUB-TOKEN': double.token
  }
  const { collected, failOnDrift } = await readRoot(new Inputs(INPUTS, env), new AbortController().signal, env)
  if (!collected) throw new Error('nothing was collected')
  const finished = await sessionOfNight(number, double, workspace).tell(collected.reports, {
    failOnDrift,
    followUps: collected.followUps
  })
  const { issues } = await double.state()
  expect(issues.length).toBeLessThanOrEqual(1)
  return { issue: issues[0], failure: finished.failure, report: finished.reports[0] }
}

const clean = (id: string) => fakeUnit(id, [])
const drifted = (id: string, changes: readonly Change[] = [changeOf('update', `${id}-settings`)]) =>
  fakeUnit(id, [], { plans: [changes] })

describe('a night whose targets several jobs share', () => {
  test('ends in one issue of all of them', async () => {
    const { issue, failure, report } = await night(1, [[drifted('web'), clean('jobs')], [drifted('api')]])
    expect(failure).toBeUndefined()
    expect(report).toMatchObject({ status: 'drifted', run: 'https://github.com/acme/shop/actions/runs/9001' })
    expect(issue).toMatchObject({ title: 'Drift in production', state: 'open' })
    expect(issue?.body).toContain('**Drifted** at 2026-11-01 03:17 UTC')
    expect(issue?.body).toContain(': 2 changes.')
    // In the order of the declaration, whichever job was done first.
    expect(issue?.body.match(/^\| `(\w+)` \| .*$/gm)).toEqual([
      '| `web` | ⚠️ drifted | 1 changed |  |',
      '| `api` | ⚠️ drifted | 1 changed |  |',
      '| `jobs` | ✅ in-sync | 3 objects in sync |  |'
    ])
    expect(issue?.body).toContain('`ConfigMap shop/web-settings`')
    expect(issue?.body).toContain('`ConfigMap shop/api-settings`')
    expect((await night(2, [[clean('web'), clean('jobs')], [clean('api')]])).issue).toMatchObject({ state: 'closed' })
  })

  test.each([
    ['left nothing', 'nothing'],
    ['was killed while it wrote', 'half a report']
  ] as const)('with a job that %s says so in the issue, keeps it open and fails', async (_what, left) => {
    await night(1, [[drifted('web'), clean('jobs')], [clean('api')]])
    // What had drifted is in sync now; of the rest nothing is known.
    const { issue, failure } = await night(2, [[clean('web'), clean('jobs')], left])
    expect(failure?.message).toBe('Checking production failed: api: "api" was not checked: no job has reported on it.')
    expect(issue).toMatchObject({ state: 'open', comments: [] })
    expect(issue?.body).toContain(
      '1 of 3 targets could not be checked. In sync: `web`, `jobs`.\n\n- `api`: "api" was not checked: no job has reported on it.'
    )
    expect(issue?.body).toContain('`█×` Drift in 1 of the last 2 runs (1 could not check)')
    expect((await night(3, [[clean('web'), clean('jobs')], [clean('api')]])).issue).toMatchObject({ state: 'closed' })
  })

  test('with a job that left nothing beside one that found drift tells of both', async () => {
    const { issue, failure } = await night(1, ['nothing', [drifted('api')]])
    expect(failure?.message).toBe('Checking production failed.')
    expect(failure?.details).toHaveLength(2)
    expect(issue).toMatchObject({ state: 'open' })
    expect(issue?.body).toContain(': 1 change. 2 of 3 targets could not be checked.')
    expect(issue?.body).toContain('### `jobs`\n\n**"jobs" was not checked: no job has reported on it.**')
    expect(issue?.body).toContain('`ConfigMap shop/api-settings`')
  })

  test('with no job that left anything closes nothing and opens nothing', async () => {
    const first = await night(1, ['nothing', 'nothing'])
    expect(first.issue).toBeUndefined()
    expect(first.failure).toBeDefined()
    await night(2, [[drifted('web'), clean('jobs')], [clean('api')]])
    const { issue } = await night(3, ['nothing', 'nothing'])
    expect(issue).toMatchObject({ state: 'open' })
    expect(issue?.body).toContain('3 of 3 targets could not be checked.')
    expect(issue?.body).toContain('`ConfigMap shop/web-settings`')
  })
})
