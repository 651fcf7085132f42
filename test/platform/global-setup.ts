import { readFileSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import type { PlatformInfo } from './platform.ts'
import { startPlatform } from './platform.ts'
import { createRunFolder } from './run-folder.ts'
import type {} from './use.ts' // what may be provided

interface Shared {
  users: number
  readonly info: Promise<PlatformInfo>
  close(): Promise<void>
}

/**
 * Starts the platform for the projects that need it: the first one starts it, the last one stops it. With
 * GITOPS_ACTIONS_PLATFORM=FILE (what `npm run platform -- --json` printed) a running platform is used instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['GITOPS_ACTIONS_PLATFORM']
  if (running !== undefined && running !== '') {
    project.provide('platform', JSON.parse(readFileSync(running, 'utf8')) as PlatformInfo)
    return async () => {}
  }
  const shared = (holder[KEY] ??= start())
  shared.users += 1
  const leave = async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete holder[KEY]
    await shared.close()
  }
  try {
    project.provide('platform', await shared.info)
  } catch (error) {
    await leave()
    throw error
  }
  return leave
}

// Each vitest project loads this file on its own; what they share must live outside the module.
const KEY = Symbol.for('gitops-actions.test.platform')
const holder = globalThis as typeof globalThis & { [KEY]?: Shared }

function start(): Shared {
  const run = createRunFolder()
  const running = startPlatform(run)
  return {
    users: 0,
    info: running.then((platform) => platform.info),
    async close() {
      await running.then((platform) => platform.stop()).catch(() => {})
      await run.close()
    }
  }
}
