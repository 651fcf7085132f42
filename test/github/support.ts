import { connectForge } from '../../src/github/connect.ts'
import type { Forge } from '../../src/github/forge.ts'
import type { Logger } from '../../src/log.ts'
import type { RunReport } from '../../src/report/report.ts'
import type { Plan } from '../../src/targets/plan.ts'
import type { GitHubDouble } from '../platform/github/index.ts'

export interface TestForge {
  forge: Forge
  /** What was logged, all levels. */
  lines: string[]
  /** How long was waited between tries, in milliseconds; nothing really waits. */
  pauses: number[]
}

export interface TestForgeOptions {
  token?: string
  repository?: string
  apiUrl?: string
  timeout?: number
  patience?: number
  now?: () => Date
}

/** The real Forge on a double. */
export async function forgeOn(double: GitHubDouble, options: TestForgeOptions = {}): Promise<TestForge> {
  const lines: string[] = []
  const pauses: number[] = []
  const forge = await connectForge({
    token: double.token,
    apiUrl: double.url,
    repository: double.repository,
    serverUrl: double.url,
    log: logTo(lines),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds)
    },
    ...options
  })
  return { forge, lines, pauses }
}

export function logTo(lines: string[]): Logger {
  const add = (message: string) => {
    lines.push(message)
  }
  return { info: add, debug: add, warning: add, error: add, group: (_title, work) => work() }
}

/** A report of a drift check with as many changes as asked for. */
export function driftReport(status: RunReport['status'], changes = 0, more: Partial<RunReport> = {}): RunReport {
  const plan: Plan = {
    target: 'web',
    kind: 'kubernetes',
    purpose: 'drift',
    changes: Array.from({ length: changes }, (_, at) => ({
      action: 'update',
      resource: { id: `apps/Deployment/shop/web-${at}`, kind: 'Deployment', name: `web-${at}`, namespace: 'shop' },
      fields: []
    })),
    unchanged: 3,
    notes: [],
    digest: 'sha256:1',
    declaredDigest: 'sha256:2'
  }
  return {
    version: 1,
    command: 'drift',
    environment: 'production',
    startedAt: '2026-01-01T03:00:00Z',
    seconds: 1,
    status,
    run: 'https://github.com/acme/shop/actions/runs/1',
    targets: [{ id: 'web', kind: 'kubernetes', status, seconds: 1, plan, outcomes: [] }],
    ...more
  }
}
