import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensure } from '../platform/binaries.ts'
import { type ControlPlane, startControlPlane } from '../platform/control-plane.ts'
import { startKwok } from '../platform/kwok.ts'
import { createRunFolder } from '../platform/run-folder.ts'
import { playRound } from './round.ts'

// A control plane of its own, because its components are killed. `npm run faults` plays many more of these rounds.
const run = createRunFolder()
let plane: ControlPlane

beforeAll(async () => {
  const bin = await ensure(['kube', 'kwok'])
  plane = await startControlPlane(bin.kube, run)
  await startKwok(bin.kwok, plane, run)
})
afterAll(async () => {
  await plane?.stop()
  await run.close()
})

/** Three or four deploys of 300 objects, and the half minute after which a lease ends by itself. */
const PATIENT = { timeout: 240_000 }

/** Among these seeds every victim dies once: the action (twice), the action with its runner, the API server, etcd. */
test.each([2, 4, 7, 8, 10])(
  'a deploy that is disturbed (seed %i) is completed by a plain re-run',
  PATIENT,
  async (seed) => {
    const directory = await mkdtemp(path.join(run.directory, 'round-'))
    const { problems, story, between } = await playRound({ seed, size: 300, plane, directory })
    expect(problems, story).toEqual([])
    expect(between, `${story}: the kill came in the middle`).toBe(true)
  }
)
