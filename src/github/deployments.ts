import { mapConcurrent } from '../concurrency.ts'
import { GitOpsError } from '../errors.ts'
import { asObject, asString, at, type JsonObject } from '../json.ts'
import { clip } from '../report/markdown.ts'
import type { DeploymentRecord, DeploymentStore, Memory } from '../targets/target.ts'
import type { Deployment, DeploymentState, Forge } from './forge.ts'

export interface GitHubDeployments extends DeploymentStore {
  /** The newest deployment of an environment's target that succeeded, with those before it as history. */
  read(environment: string, target: string): Promise<DeploymentRecord | undefined>
  /** The newest of any state, without history: an attempt that failed or is under way counts. */
  latest(environment: string, target: string): Promise<DeploymentRecord | undefined>
  /** Kept as Deployments of a task of their own, which are inactive from the start: they deploy nothing. */
  memory(environment: string, target: string): Memory
}

export interface DeploymentOptions {
  /** The commit to hang a deployment on whose manifests come from elsewhere; usually the run's own (GITHUB_SHA). */
  readonly fallbackSha?: string
  /** Whether an environment is the real thing for users; default: those named `production` or `prod`. */
  readonly isProduction?: (environment: string) => boolean
}

/** How many deployments are looked at for one that succeeded, and how many of them are read as history. */
const LOOK_BACK = 30
const HISTORY = 5

/**
 * GitHub's Deployments as a second memory of what was deployed: one Deployment for each environment and target and
 * attempt, its task `deploy:<target>`, its payload the record. Written `in-progress` at the start and completed at the
 * end; a target whose revision GitHub does not have, and no fallback, is not written: GitHub hangs deployments on commits.
 */
export function githubDeployments(
  forge: Pick<Forge, 'repository' | 'deployments'>,
  options: DeploymentOptions = {}
): GitHubDeployments {
  const { deployments } = forge
  const list = (environment: string, target: string) =>
    deployments.list({ environment, task: taskOf(target) }, LOOK_BACK)

  return {
    async read(environment, target) {
      const known = ours(await list(environment, target))
      for (const [index, deployment] of known.entries()) {
        const record = await readRecord(forge, deployment)
        if (record.status !== 'succeeded') continue
        const earlier = known.slice(index + 1, index + 1 + HISTORY)
        return {
          ...record,
          history: await mapConcurrent(earlier, HISTORY, async (one) => withoutHistory(await readRecord(forge, one)))
        }
      }
      return undefined
    },

    async latest(environment, target) {
      const [newest] = ours(await list(environment, target))
      return newest ? readRecord(forge, newest) : undefined
    },

    memory(environment, target) {
      const task = `heal:${target}`
      return {
        async read() {
          const [newest] = await deployments.list({ environment, task }, 1)
          return newest && at(newest.payload, 'version') === 1 ? at(newest.payload, 'healings') : undefined
        },
        async write(healings) {
          // GitHub hangs deployments on commits; which one says nothing here.
          const sha = options.fallbackSha
          if (sha === undefined)
            throw new GitOpsError(
              'What was healed is remembered in GitHub, which needs the commit of the run (GITHUB_SHA).'
            )
          const description = clip(`What drift checks healed in ${target}`, 140)
          const payload = { version: 1, healings }
          const made = await deployments.create({ sha, environment, task, description, production: false, payload })
          await deployments.addState(made.id, { state: 'inactive', description })
        }
      }
    },

    async write(record) {
      const known = ours(await list(record.environment, record.target))
      // Only the newest can be the one that this run began.
      const [newest] = known
      const begun =
        newest && isSameAttempt(newest, record) && !isFinal(effective(await deployments.states(newest.id)))
          ? newest
          : undefined
      const deployment = begun ?? (await create(forge, record, options))
      if (!deployment) return
      await deployments.addState(deployment.id, {
        state: STATES[record.status],
        description: clip(describe(record), 140),
        ...(record.run ? { logUrl: record.run } : {})
      })
      if (record.status === 'succeeded')
        await retire(
          forge,
          known.filter((one) => one.id !== deployment.id)
        )
    }
  }
}

const STATES: Readonly<Record<DeploymentRecord['status'], DeploymentState>> = {
  'in-progress': 'in_progress',
  succeeded: 'success',
  failed: 'failure'
}

function taskOf(target: string): string {
  return `deploy:${target}`
}

async function create(
  forge: Pick<Forge, 'repository' | 'deployments'>,
  record: DeploymentRecord,
  options: DeploymentOptions
): Promise<Deployment | undefined> {
  const here = record.repository === undefined || record.repository.toLowerCase() === forge.repository.toLowerCase()
  const sha = (here ? record.revision : undefined) ?? options.fallbackSha
  if (sha === undefined) return undefined
  const isProduction = options.isProduction ?? ((name: string) => /^prod(uction)?$/i.test(name))
  return forge.deployments.create({
    sha,
    environment: record.environment,
    task: taskOf(record.target),
    description: clip(`${record.target} → ${record.environment}`, 140),
    production: isProduction(record.environment),
    payload: toPayload(record)
  })
}

/** GitHub shows one environment as active per deployment that is not inactive: earlier ones of this target are over. */
async function retire(forge: Pick<Forge, 'deployments'>, earlier: readonly Deployment[]): Promise<void> {
  for (const deployment of earlier.slice(0, HISTORY)) {
    const [state] = await forge.deployments.states(deployment.id)
    if (state === 'success')
      return forge.deployments.addState(deployment.id, {
        state: 'inactive',
        description: 'Replaced by a later deployment'
      })
  }
}

/** The record is kept whole but for its history, which GitHub keeps itself, and its status, which changes. */
function toPayload(record: DeploymentRecord): JsonObject {
  const { history: _history, status: _status, images, ...rest } = record
  return { version: 1, ...rest, images: { ...images } }
}

/** Deployments whose payload is a record of ours: workflows and other tools make deployments too. */
function ours(all: readonly Deployment[]): Deployment[] {
  return all.filter((one) => at(one.payload, 'version') === 1 && asString(at(one.payload, 'digest')) !== undefined)
}

function isSameAttempt(deployment: Deployment, record: DeploymentRecord): boolean {
  const { payload } = deployment
  return payload['digest'] === record.digest && payload['run'] === record.run && payload['revision'] === record.revision
}

async function readRecord(forge: Pick<Forge, 'deployments'>, deployment: Deployment): Promise<DeploymentRecord> {
  const text = (key: string) => asString(at(deployment.payload, key))
  const state = effective(await forge.deployments.states(deployment.id))
  const images = Object.entries(asObject(at(deployment.payload, 'images')) ?? {})
  const optional = Object.fromEntries(
    ['repository', 'revision', 'run'].map((key) => [key, text(key)]).filter(([, value]) => value)
  )
  return {
    ...optional,
    target: text('target') ?? '',
    environment: text('environment') ?? '',
    digest: text('digest') ?? '',
    images: Object.fromEntries(images.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
    time: text('time') ?? deployment.createdAt,
    status: state === 'success' ? 'succeeded' : isFinal(state) ? 'failed' : 'in-progress',
    history: []
  }
}

/**
 * What a deployment came to: `inactive` only means that it is over (GitHub sets that by itself too, also when a job with
 * an `environment:` succeeds), so the state before it counts. Newest first.
 */
function effective(states: readonly DeploymentState[]): DeploymentState | undefined {
  return states.find((state) => state !== 'inactive') ?? states[0]
}

function isFinal(state: DeploymentState | undefined): boolean {
  return state === 'success' || state === 'failure' || state === 'error' || state === 'inactive'
}

function describe(record: DeploymentRecord): string {
  const words = { 'in-progress': 'is being deployed', succeeded: 'is deployed', failed: 'could not be deployed' }
  return `${record.target} ${words[record.status]}${record.revision ? ` at ${record.revision.slice(0, 12)}` : ''}`
}

function withoutHistory({ history: _history, ...record }: DeploymentRecord): Omit<DeploymentRecord, 'history'> {
  return record
}
