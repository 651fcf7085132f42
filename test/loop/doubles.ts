import type { EnvironmentDeclaration, KubernetesDeclaration, TargetDeclaration } from '../../src/declaration/index.ts'
import type { Logger } from '../../src/log.ts'
import type { Opened, RunContext, Source, Unit } from '../../src/loop/unit.ts'
import { type Change, type ChangeAction, type Plan, type Purpose, planDigest } from '../../src/targets/plan.ts'
import type { OutputReference } from '../../src/targets/setup.ts'
import type { ChangeResult, DeploymentRecord, Outcome, Target } from '../../src/targets/target.ts'

export const TIME = '2026-11-20T10:00:00.000Z'
export const COMMIT = 'a'.repeat(40)

export interface MemoryLog extends Logger {
  readonly lines: string[]
}

export function memoryLog(): MemoryLog {
  const lines: string[] = []
  return {
    lines,
    info: (message) => lines.push(message),
    debug: () => {},
    warning: (message) => lines.push(`warning: ${message}`),
    error: (message) => lines.push(`error: ${message}`),
    group: (title, work) => {
      lines.push(title)
      return work()
    }
  }
}

export function contextOf(more: Partial<RunContext> = {}): RunContext & { log: MemoryLog } {
  return {
    environment: 'production',
    workspace: '/workspace',
    revision: COMMIT,
    images: {
      build: async (name) => `registry/${name}@sha256:built`,
      foresee: async (name) => `registry/${name}:tree-foreseen`
    },
    now: () => new Date(TIME),
    ...more,
    log: memoryLog()
  }
}

export function recordOf(target: string, more: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    target,
    environment: 'production',
    revision: COMMIT,
    digest: `sha256:${'d'.repeat(64)}`,
    images: { web: 'registry/web@sha256:deployed' },
    time: TIME,
    status: 'succeeded',
    history: [],
    ...more
  }
}

export function changeOf(action: ChangeAction, name: string, more: Partial<Change> = {}): Change {
  return {
    action,
    resource: { id: `ConfigMap/shop/${name}`, kind: 'ConfigMap', name, namespace: 'shop' },
    fields: [],
    ...more
  }
}

export interface FakeOptions {
  readonly dependsOn?: readonly string[]
  readonly images?: readonly string[]
  /** What each plan in turn finds; the last one again and again. */
  readonly plans?: readonly (readonly Change[])[]
  readonly unchanged?: number
  readonly unchecked?: number
  readonly unsupported?: string
  readonly declaredDigest?: string
  readonly deployed?: DeploymentRecord | undefined
  readonly reproducible?: boolean
  readonly applied?: Partial<Outcome>
  readonly pruned?: Partial<Outcome>
  /** Thrown by the step of that name. */
  readonly throws?: Partial<Record<'deployed' | 'open' | 'plan' | 'apply' | 'prune', Error>>
  /** Awaited while applying. */
  readonly gate?: () => Promise<void>
  /** Outputs of others that it is rendered with. */
  readonly uses?: readonly OutputReference[]
  /** What it gives out: before it is applied, and after. */
  readonly outputs?: {
    readonly before: Readonly<Record<string, string>> | Error
    readonly after?: Readonly<Record<string, string>>
    /** Names that its declaration has, where that can be told. */
    readonly declared?: readonly string[]
  }
  readonly recordedOutside?: boolean
  readonly healsInPart?: boolean
}

/** A unit whose target lives in memory; `events` tells what was done, in order, for all units that share it. */
export function fakeUnit(id: string, events: string[], options: FakeOptions = {}): Unit {
  let planned = 0
  let applied = false
  const step = (name: keyof NonNullable<FakeOptions['throws']>) => {
    events.push(`${name} ${id}`)
    const error = options.throws?.[name]
    if (error) throw error
  }
  const target: Target = {
    id,
    kind: 'kubernetes',
    ...(options.healsInPart === undefined ? {} : { healsInPart: options.healsInPart }),
    async plan(purpose: Purpose): Promise<Plan> {
      step('plan')
      const plans = options.plans ?? [[]]
      const changes = plans[Math.min(planned++, plans.length - 1)] ?? []
      const base = {
        target: id,
        kind: 'kubernetes' as const,
        purpose,
        changes,
        unchanged: options.unchanged ?? 3,
        ...(options.unchecked === undefined ? {} : { unchecked: options.unchecked }),
        ...(options.unsupported === undefined ? {} : { unsupported: options.unsupported }),
        notes: [],
        declaredDigest: options.declaredDigest ?? recordOf(id).digest
      }
      return { ...base, digest: planDigest(base) }
    },
    async apply(plan) {
      step('apply')
      await options.gate?.()
      applied = true
      const results = plan.changes
        .filter((change) => change.action !== 'delete')
        .map(
          (change): ChangeResult => ({
            resource: change.resource,
            action: change.action === 'create' ? 'created' : 'updated'
          })
        )
      return { target: id, status: 'succeeded', results, seconds: 1, ...options.applied }
    },
    async prune(plan) {
      step('prune')
      const results = plan.changes
        .filter((change) => change.action === 'delete')
        .map((change): ChangeResult => ({ resource: change.resource, action: 'pruned' }))
      return { target: id, status: 'succeeded', results, seconds: 1, ...options.pruned }
    },
    deployed: async () => options.deployed ?? recordOf(id),
    ...(options.outputs
      ? {
          declaredOutputs: async () => options.outputs?.declared,
          async outputs() {
            events.push(`outputs ${id}`)
            const { before = {}, after = before } = options.outputs ?? {}
            const given = applied ? after : before
            if (given instanceof Error) throw given
            return given
          }
        }
      : {})
  }
  return {
    id,
    kind: 'kubernetes',
    dependsOn: options.dependsOn ?? [],
    images: options.images ?? [],
    ...(options.recordedOutside === undefined ? {} : { recordedOutside: options.recordedOutside }),
    async deployed() {
      step('deployed')
      return 'deployed' in options ? options.deployed : recordOf(id)
    },
    async open(source: Source): Promise<Opened> {
      step('open')
      events.push(`${id} is rendered from ${source.workspace} with ${JSON.stringify(source.images)}`)
      for (const reference of options.uses ?? [])
        events.push(`${id} is given ${reference.output} = ${await source.output(reference)}`)
      const reproducible = options.reproducible ?? true
      return { target, reproducible, notes: reproducible ? [] : ['not reproducible'] }
    }
  }
}

export function targetOf(more: Partial<KubernetesDeclaration> = {}): KubernetesDeclaration {
  return {
    kind: 'kubernetes',
    manifests: ['manifests'],
    helm: undefined,
    namespace: 'shop',
    images: [],
    dependsOn: [],
    timeout: 60_000,
    wait: true,
    prune: true,
    maxPrune: '50%',
    fieldConflicts: 'take-from-people',
    replace: [],
    adopt: [],
    configChecksums: true,
    ...more
  }
}

export function environmentOf(
  targets: Readonly<Record<string, TargetDeclaration>>,
  more: Partial<EnvironmentDeclaration> = {}
): EnvironmentDeclaration {
  return {
    cluster: { context: undefined, kubeconfig: undefined },
    targets: new Map(Object.entries(targets)),
    images: new Map(),
    ignore: [],
    healthChecks: undefined,
    retire: { objects: 'keep', maxPrune: 100 },
    drift: { heal: 'off', maxChanges: 100, foreignFields: 'report', unmanaged: 'report' },
    onFailure: 'none',
    ...more
  }
}

/** For units that use no output of others. */
export const noOutput: Source['output'] = async ({ from, output }) => {
  throw new Error(`output ${output} of ${from} is asked for`)
}
