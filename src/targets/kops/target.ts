import { mkdir, mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import type { Plan } from '../plan.ts'
import type { DeploymentRecord, Target } from '../target.ts'
import { executePlan } from './apply.ts'
import { openContext } from './context.ts'
import { handOnKubeconfig } from './kubeconfig.ts'
import { readManifests } from './manifests.ts'
import type { KopsTargetOptions } from './options.ts'
import { makePlan, type Planned } from './plan.ts'
import { readRecord } from './record.ts'
import { openStateStore } from './store/state-store.ts'

/**
 * A kops cluster as a target. Git, the state store and the cloud are compared; applying makes them equal in this order.
 * @throws GitOpsError when the state store is none, or options contradict one another
 */
export async function kopsTarget(options: KopsTargetOptions): Promise<Target> {
  const { instanceGroups, instanceGroupRoles = [] } = options.update
  if (instanceGroups.length > 0 && instanceGroupRoles.length > 0)
    throw new GitOpsError(
      'The update is limited to instance groups by name and by role: kops looks at one of them only.',
      {
        hint: 'Give instance-groups or instance-group-roles.'
      }
    )
  const context = await openContext(options)
  const plans = new WeakMap<Plan, Planned>()
  const clusterName = async () =>
    options.cluster ?? (await readManifests({ checkout: options.checkout, manifests: options.manifests })).cluster.name
  return {
    id: options.id,
    kind: 'kops',
    async plan(purpose) {
      const planned = await makePlan(context, purpose)
      plans.set(planned.plan, planned)
      return planned.plan
    },
    async apply(plan) {
      const planned = plans.get(plan)
      if (!planned) throw new Error('a plan of another target was given to kops')
      return executePlan(context, planned)
    },
    async deployed() {
      return context.store && readRecord(context.store, await clusterName())
    },
    declaredOutputs: async () => ['kubeconfig'],
    async outputs() {
      await mkdir(options.temporary, { recursive: true })
      const directory = await mkdtemp(path.join(options.temporary, 'kops-kubeconfig-'))
      const kubeconfig = path.join(directory, 'kubeconfig')
      await handOnKubeconfig(context, await clusterName(), kubeconfig, KUBECONFIG_LIFETIME)
      return { kubeconfig }
    }
  }
}

/** Long enough for the targets that depend on the cluster; a leaked one is soon worth nothing. */
const KUBECONFIG_LIFETIME = '2h'

/**
 * What was deployed last, read without kops and manifests.
 * @throws GitOpsError when the store cannot be read, or the record is damaged
 */
export async function readDeployment(options: {
  state: string
  cluster: string
  env?: NodeJS.ProcessEnv
}): Promise<DeploymentRecord | undefined> {
  if (!options.cluster) throw new GitOpsError('The name of the cluster is needed to read what was deployed.')
  const store = await openStateStore(options.state, options.env ?? process.env)
  return store && readRecord(store, options.cluster)
}
