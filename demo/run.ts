import { rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { messageOf } from '../src/errors.ts'
import { startPlatform } from '../test/platform/platform.ts'
import { createRunFolder } from '../test/platform/run-folder.ts'
import { type Cloud, startCloud } from './cloud.ts'
import { infrastructureStory } from './infrastructure-story.ts'
import { DemoFailure } from './play.ts'
import { heading, type Row, say, table } from './screen.ts'
import { REPOSITORY, setStage } from './stage.ts'
import { story } from './story.ts'

/** `npm run demo`: the life of a small repository, on real components, verified at every step. Exit 0 only if all of it held. */
const folder = createRunFolder()
let platform: Awaited<ReturnType<typeof startPlatform>> | undefined
let cloud: Cloud | undefined
let ending: Promise<never> | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal === 'SIGINT' ? 130 : 143))

// What the demo waits for last holds no handle that would keep the process alive.
const alive = setInterval(() => {}, 2 ** 30)
const rows: Row[] = []
try {
  const started = Date.now()
  heading(0, 'Kubernetes, a registry, BuildKit, an emulator of AWS and a double of GitHub start on this machine')
  platform = await startPlatform(folder)
  cloud = await startCloud(folder)
  const stage = await setStage(platform.info, REPOSITORY, cloud)
  rows.push({ step: '0 set-up', shown: 'every component serves', seconds: (Date.now() - started) / 1000 })
  for (const step of [...story, ...infrastructureStory(cloud)]) {
    const begun = Date.now()
    heading(rows.length, step.title)
    const shown = await step.play(stage)
    rows.push({ step: `${rows.length} ${step.name}`, shown, seconds: (Date.now() - begun) / 1000 })
  }
  const problems = await stage.github.problems()
  if (problems.length > 0)
    throw new DemoFailure(`GitHub's API was used in a way it does not allow:\n${problems.join('\n')}`)
  table(rows)
  say(
    `\nEverything above was checked against the API servers themselves. ${((Date.now() - started) / 1000).toFixed(0)} s in all.`
  )
  await end(0)
} catch (error) {
  if (!ending) {
    console.error(`\nThe demo failed at step ${rows.length}: ${messageOf(error)}`)
    if (error instanceof DemoFailure && error.log) {
      const file = path.join(os.tmpdir(), `gitops-actions-demo-${process.pid}.log`)
      await rm(file, { force: true })
      await writeFile(file, error.log)
      console.error(`${error.log.split('\n').slice(-40).join('\n')}\n\nThe whole log of the workflow: ${file}`)
    } else if (!(error instanceof DemoFailure) && error instanceof Error) console.error(error.stack)
    await end(1)
  }
}

function end(code: number): Promise<never> {
  ending ??= (async () => {
    await cloud?.stop().catch(() => {})
    await platform?.stop().catch(() => {}) // the folder's reaper ends what is left
    await folder.close()
    clearInterval(alive)
    process.exit(code)
  })()
  return ending
}
