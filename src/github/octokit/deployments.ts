import { GitOpsError } from '../../errors.ts'
import { asObject, canonicalJson, parseJson } from '../../json.ts'
import type { Deployment, DeploymentOperations, DeploymentState } from '../forge.ts'
import type { Client } from './client.ts'

interface Answer {
  id: number
  sha: string
  created_at: string
  payload: { [key: string]: unknown } | string
}

export function deploymentOperations(client: Client): DeploymentOperations {
  const list: DeploymentOperations['list'] = ({ environment, task }, limit) =>
    client.call(
      'deployments: read',
      (rest) =>
        rest.repos.listDeployments({
          ...client.place,
          environment,
          ...(task === undefined ? {} : { task }),
          per_page: Math.min(limit, 100)
        }),
      (data) => data.map(readDeployment)
    )

  return {
    list,
    create: (deployment) =>
      client.call<Answer | { message?: string }, Deployment>(
        'deployments: write',
        (rest) =>
          rest.repos.createDeployment({
            ...client.place,
            ref: deployment.sha,
            environment: deployment.environment,
            task: deployment.task,
            description: deployment.description,
            production_environment: deployment.production,
            transient_environment: false,
            payload: deployment.payload,
            // It records what is being done: GitHub must neither merge the default branch into it first (and refuse
            // when that conflicts) nor wait for the commit's checks, one of which is the very job that deploys.
            auto_merge: false,
            required_contexts: []
          }),
        (data) => {
          if ('id' in data) return readDeployment(data)
          throw new GitOpsError(`GitHub did not create the deployment: ${data.message ?? 'no reason given'}`)
        },
        {
          confirm: async () =>
            (await list(deployment, 10)).find(
              (one) => one.sha === deployment.sha && canonicalJson(one.payload) === canonicalJson(deployment.payload)
            )
        }
      ),
    states: (id) =>
      client.call(
        'deployments: read',
        (rest) => rest.repos.listDeploymentStatuses({ ...client.place, deployment_id: id, per_page: 100 }),
        (data): DeploymentState[] => data.map((status) => status.state)
      ),
    addState: (id, { state, description, logUrl }) =>
      client.call(
        'deployments: write',
        (rest) =>
          rest.repos.createDeploymentStatus({
            ...client.place,
            deployment_id: id,
            state,
            description,
            ...(logUrl ? { log_url: logUrl } : {}),
            // GitHub would mark every other target of the environment inactive: it knows no targets.
            auto_inactive: false
          }),
        () => undefined
      )
  }
}

function readDeployment(answer: Answer): Deployment {
  return { id: answer.id, sha: answer.sha, createdAt: answer.created_at, payload: readPayload(answer.payload) }
}

/** Others may have given a text; and GitHub has handed objects back as text of JSON. */
function readPayload(payload: Answer['payload']) {
  if (typeof payload !== 'string') return asObject(payload) ?? {}
  try {
    return asObject(parseJson(payload)) ?? {}
  } catch {
    return {}
  }
}
