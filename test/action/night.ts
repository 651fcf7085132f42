import { Session } from '../../src/action/session.ts'
import { Checkouts } from '../../src/loop/checkouts.ts'
import { type DriftOptions, drift } from '../../src/loop/drift.ts'
import type { Unit } from '../../src/loop/unit.ts'
import type { RunReport } from '../../src/report/report.ts'
import { contextOf, memoryLog } from '../loop/doubles.ts'
import type { GitHubDouble } from '../platform/github/index.ts'

/** A commit is checked out without git. */
class NoCheckouts extends Checkouts {
  constructor() {
    super({
      workspace: '/workspace',
      log: memoryLog(),
      exec: () => Promise.reject(new Error('no program is run here'))
    })
  }
  override whyUnreachable(): Promise<string | undefined> {
    return Promise.resolve(undefined)
  }
  override at(revision: string): Promise<string> {
    return Promise.resolve(`/checkouts/${revision}`)
  }
}

/** What the runner says in the run of a night. */
export function environmentOfNight(number: number, double: GitHubDouble, folder: string): NodeJS.ProcessEnv {
  return {
    GITHUB_API_URL: double.url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: double.repository,
    GITHUB_RUN_ID: String(9000 + number),
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder
  }
}

/** The drift check of a night, by the loop as it is; nights are days of November 2026. */
export function checkOfNight(
  number: number,
  units: readonly Unit[],
  heal: DriftOptions['heal'] = 'off'
): Promise<RunReport> {
  const context = contextOf({
    now: () => new Date(Date.UTC(2026, 10, number, 3, 17, 20)),
    run: `https://github.com/acme/shop/actions/runs/${9000 + number}`,
    repository: 'acme/shop'
  })
  return drift(units, context, { heal, maxChanges: 20, revision: 'deployed', checkouts: new NoCheckouts() })
}

/** The run of an action that night. */
export function sessionOfNight(number: number, double: GitHubDouble, folder: string): Session {
  return new Session({
    kubeconfig: undefined,
    token: double.token,
    githubDeployments: false,
    signal: new AbortController().signal,
    env: environmentOfNight(number, double, folder)
  })
}
