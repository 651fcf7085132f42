import { asList, asString } from '../../../../src/json.ts'
import { ApiFailure, type Call, invalid, notFound, paged, type Route } from '../call.ts'
import type { CommitStatus, Deployment } from '../state.ts'

export const deploymentRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/deployments',
    needs: [['deployments', 'read']],
    handle(call) {
      const { sha = 'none', ref = 'none', task = 'none', environment = 'none' } = call.query
      const fits = (wanted: string, value: string) => wanted === 'none' || wanted === value
      const found = call.repository.deployments.filter(
        (one) => fits(sha, one.sha) && fits(ref, one.ref) && fits(task, one.task) && fits(environment, one.environment)
      )
      return paged(call, found.toReversed(), (one) => call.present.deployment(one))
    }
  },
  {
    method: 'POST',
    path: '/deployments',
    needs: [['deployments', 'write']],
    async handle(call) {
      const ref = asString(call.body['ref']) ?? ''
      const sha = await commitOf(call, ref)
      if (!sha) throw new ApiFailure(422, `No ref found for: ${ref}`)
      await refuseWhatAutoMergeWouldDo(call, ref, sha)
      refuseFailedChecks(call, ref, sha)
      const environment = asString(call.body['environment']) ?? 'production'
      const { production_environment: production, transient_environment: transient, payload } = call.body
      const deployment: Deployment = {
        id: call.newId(),
        sha,
        ref,
        task: asString(call.body['task']) ?? 'deploy',
        environment,
        description: checkDescription('Deployment', asString(call.body['description']) ?? null),
        payload: payload ?? {},
        transient: transient === true,
        production: typeof production === 'boolean' ? production : environment === 'production',
        creator: call.user,
        createdAt: call.now,
        statuses: []
      }
      call.repository.deployments.push(deployment)
      return { status: 201, body: call.present.deployment(deployment) }
    }
  },
  {
    method: 'GET',
    path: '/deployments/{deployment_id}',
    needs: [['deployments', 'read']],
    handle: (call) => ({ status: 200, body: call.present.deployment(deploymentOf(call)) })
  },
  {
    method: 'GET',
    path: '/deployments/{deployment_id}/statuses',
    needs: [['deployments', 'read']],
    handle(call) {
      const deployment = deploymentOf(call)
      return paged(call, deployment.statuses.toReversed(), (one) => call.present.deploymentStatus(deployment, one))
    }
  },
  {
    method: 'POST',
    path: '/deployments/{deployment_id}/statuses',
    needs: [['deployments', 'write']],
    handle(call) {
      const deployment = deploymentOf(call)
      const state = asString(call.body['state']) ?? ''
      const status = addStatus(call, deployment, state)
      if (state === 'success' && call.body['auto_inactive'] !== false) makeOthersInactive(call, deployment)
      return { status: 201, body: call.present.deploymentStatus(deployment, status) }
    }
  },
  {
    method: 'POST',
    path: '/statuses/{sha}',
    needs: [['statuses', 'write']],
    async handle(call) {
      const sha = await commitOf(call, call.params['sha'] ?? '')
      if (!sha) throw new ApiFailure(422, `No commit found for SHA: ${call.params['sha']}`)
      const status: CommitStatus = {
        id: call.newId(),
        sha,
        state: asString(call.body['state']) ?? '',
        description: checkDescription('Status', asString(call.body['description']) ?? null),
        targetUrl: asString(call.body['target_url']) ?? null,
        context: asString(call.body['context']) ?? 'default',
        creator: call.user,
        createdAt: call.now
      }
      call.repository.statuses.push(status)
      return { status: 201, body: call.present.commitStatus(status) }
    }
  },
  {
    method: 'GET',
    path: '/commits/{ref}/statuses',
    needs: [['statuses', 'read']],
    async handle(call) {
      const sha = await commitOf(call, call.params['ref'] ?? '')
      const own = call.repository.statuses.filter((status) => status.sha === sha)
      return paged(call, own.toReversed(), (status) => call.present.commitStatus(status))
    }
  },
  {
    method: 'GET',
    path: '/commits/{ref}/status',
    needs: [['statuses', 'read']],
    async handle(call) {
      const sha = await commitOf(call, call.params['ref'] ?? '')
      if (!sha) throw notFound()
      const latest = latestStatuses(call, sha)
      const bad = latest.some((status) => status.state === 'failure' || status.state === 'error')
      const waiting = latest.length === 0 || latest.some((status) => status.state === 'pending')
      return {
        status: 200,
        body: {
          state: bad ? 'failure' : waiting ? 'pending' : 'success',
          sha,
          total_count: latest.length,
          statuses: latest.map((status) => {
            const { creator: _creator, ...simple } = call.present.commitStatus(status)
            return simple
          }),
          repository: await call.present.repo(),
          commit_url: call.present.api(`/commits/${sha}`),
          url: call.present.api(`/commits/${sha}/status`)
        }
      }
    }
  }
]

/** The commit a name stands for; where the repository's commits are not here, a full SHA is taken on trust. */
async function commitOf(call: Call, name: string): Promise<string | undefined> {
  const { repository } = call
  const known = await repository.git.resolve(name)
  return known ?? (!repository.knowsItsCommits && /^[0-9a-f]{40}$/.test(name) ? name : undefined)
}

/** GitHub merges the default branch into what is deployed unless told not to: for a deployment of a commit that is wrong. */
async function refuseWhatAutoMergeWouldDo(call: Call, ref: string, sha: string): Promise<void> {
  const { git, knowsItsCommits } = call.repository
  if (call.body['auto_merge'] === false || !knowsItsCommits) return
  const branch = await git.defaultBranch()
  if ((await git.between(sha, branch)).length > 0) throw new ApiFailure(409, `Conflict merging ${branch} into ${ref}.`)
}

/** Without `required_contexts` every status of the commit must be a success. */
function refuseFailedChecks(call: Call, ref: string, sha: string): void {
  const required = asList(call.body['required_contexts'])
  const latest = latestStatuses(call, sha).filter((status) => !required || required.includes(status.context))
  const missing = (required ?? []).filter((context) => !latest.some((status) => status.context === context))
  if (missing.length > 0 || latest.some((status) => status.state !== 'success'))
    throw new ApiFailure(409, `Conflict: Commit status checks failed for ${ref}.`)
}

function latestStatuses(call: Call, sha: string): CommitStatus[] {
  const own = call.repository.statuses.filter((status) => status.sha === sha)
  return [...new Map(own.map((status) => [status.context, status])).values()]
}

function addStatus(call: Call, deployment: Deployment, state: string) {
  const text = (name: string) => asString(call.body[name]) ?? ''
  const status = {
    id: call.newId(),
    state,
    description: checkDescription('DeploymentStatus', text('description')) ?? '',
    environment: text('environment') || deployment.environment,
    environmentUrl: text('environment_url'),
    logUrl: text('log_url') || text('target_url'),
    creator: call.user,
    createdAt: call.now
  }
  deployment.statuses.push(status)
  return status
}

/** Documented: only earlier deployments of the same environment that had succeeded, not transient, not production. */
function makeOthersInactive(call: Call, deployment: Deployment): void {
  for (const other of call.repository.deployments) {
    const last = other.statuses.at(-1)
    if (other.id >= deployment.id || other.environment !== deployment.environment) continue
    if (other.transient || other.production || last?.state !== 'success') continue
    other.statuses.push({ ...last, id: call.newId(), state: 'inactive', createdAt: call.now })
  }
}

function checkDescription(resource: string, text: string | null): string | null {
  if (text !== null && text.length > 140)
    throw invalid(resource, 'description', 'custom', 'description is too long (maximum is 140 characters)')
  return text
}

function deploymentOf(call: Call): Deployment {
  const found = call.repository.deployments.find((one) => String(one.id) === call.params['deployment_id'])
  if (!found) throw notFound()
  return found
}
