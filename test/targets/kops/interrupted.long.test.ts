import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { exec } from '../../../src/toolchain/exec.ts'
import { CLUSTER, MANIFEST, STATE, useKops } from './play.ts'

/** Runs that are killed between two steps, one after the other; the last one finishes what they left. */
const play = useKops()
const POOL = MANIFEST.split('---\n').at(-1)?.replace('name: nodes', 'name: batch') ?? ''
const CHANGED = MANIFEST.replaceAll('ami-785db401', 'ami-1e749f67').replace('203.0.113.0/24', '198.51.100.0/24')
let runs = 0

/** Applies `manifest` in a process that is killed after the step `title`; without one, it comes to its end. */
async function run(manifest: string, title = ''): Promise<{ lines: string[]; code: number }> {
  runs += 1
  const options = path.join(play.aws.run.directory, `run-${runs}.json`)
  writeFileSync(
    options,
    JSON.stringify({
      id: 'cluster',
      environment: 'production',
      checkout: play.checkout(manifest),
      manifests: ['cluster.yaml'],
      state: STATE,
      kops: play.program,
      ...play.defaults,
      validate: { enabled: false, wait: '1s' },
      access: {},
      timeout: 300_000,
      source: { run: `run-${runs}` },
      temporary: path.join(play.aws.run.directory, 'temp')
    })
  )
  const script = path.join(import.meta.dirname, 'apply-until.ts')
  // A run that was killed still has the lock: each next one comes when that has run out.
  const args = ['--no-warnings', script, options, title, String(runs * 11)]
  const { code, stdout, stderr } = await exec(process.execPath, args, { env: play.env, allowFailure: true }).catch(
    (error: unknown) => ({ code: -1, stdout: '', stderr: String(error) })
  )
  return { code, lines: [...stdout.split('\n'), ...stderr.split('\n')] }
}

beforeAll(async () => {
  // The creation itself is interrupted, too: the store has the cluster, the cloud nothing of it.
  await run(`${MANIFEST}---\n${POOL}`, 'Replace in the state store')
  expect(await play.kops(['get', 'clusters'])).toContain(CLUSTER)
  const { lines } = await run(`${MANIFEST}---\n${POOL}`)
  expect(lines).toContain('outcome: succeeded ')
}, 900_000)

describe('a run that is killed', () => {
  test.each([
    'Replace in the state store',
    'Update the control plane',
    'Replace instances of the control plane',
    'Update the cloud',
    'Replace instances',
    'Remove the instance group batch'
  ])('after "%s" leaves nothing that the next one cannot finish', async (title) => {
    const { lines } = await run(CHANGED, title)
    expect(lines.some((line) => line.startsWith('outcome:'))).toBe(false)
    expect((await play.bucket()).some((one) => one.includes('lock.json'))).toBe(true)
  })

  test('is finished by a run that comes to its end: nothing is left, and the lock is given back', async () => {
    const { lines } = await run(CHANGED)
    expect(
      lines.some((line) => /The lock of "shop\.example\.com" is taken over: the run run-\d+ since/.test(line))
    ).toBe(true)
    expect(lines).toContain('outcome: succeeded ')
    expect((await play.bucket()).some((one) => one.includes('lock.json'))).toBe(false)
    const target = await play.target(play.checkout(CHANGED))
    expect((await target.plan('drift')).changes).toEqual([])
    expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).not.toContain('batch')
    expect((await target.deployed())?.status).toBe('succeeded')
  })
})
