import { afterAll, beforeAll } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import { createRunFolder, type RunFolder } from '../run-folder.ts'
import { type Aws, startAws } from './index.ts'

/**
 * AWS for one test file: started before its first test, gone after its last. Call it at the top of the file; what it
 * returns can be used inside tests and hooks.
 */
export function useAws(): Aws & { readonly run: RunFolder } {
  let started: { aws: Aws; run: RunFolder } | undefined
  const now = () => {
    if (!started) throw new GitOpsError('AWS is only there inside tests and hooks.')
    return started
  }
  beforeAll(async () => {
    const run = createRunFolder()
    try {
      started = { run, aws: await startAws(run) }
    } catch (error) {
      await run.close()
      throw error
    }
  }, 300_000)
  afterAll(async () => {
    await started?.aws.stop()
    await started?.run.close()
  })
  return {
    get run() {
      return now().run
    },
    get endpoint() {
      return now().aws.endpoint
    },
    get env() {
      return now().aws.env
    },
    get calls() {
      return now().aws.calls
    },
    get cloudformation() {
      return now().aws.cloudformation
    },
    get upstream() {
      return now().aws.upstream
    },
    refuse: (rule) => now().aws.refuse(rule),
    hold: (rule) => now().aws.hold(rule),
    reset: () => now().aws.reset(),
    stop: () => now().aws.stop()
  }
}
