import path from 'node:path'
import type { KopsDeclaration } from '../../declaration/index.ts'
import type { InfrastructureEngine } from '../infrastructure-unit.ts'

/** Clusters that kops makes. What was deployed is recorded in the state store. */
export const kopsEngine: InfrastructureEngine<KopsDeclaration> = {
  kind: 'kops',
  values: () => new Map(),
  // The state store is where the cluster is now, whatever an earlier commit said.
  combine: (deployed, present) => ({ ...present, manifests: deployed.manifests }),
  async target(declared, { workspace }, setup) {
    const { findKops, kopsTarget } = await import('../../targets/kops/index.ts')
    const { version, cluster, access, ...rest } = declared
    const { exec, log, signal } = setup
    const kops = await findKops(version, { exec, log, ...(signal ? { signal } : {}) })
    return kopsTarget({
      ...rest,
      ...(cluster === undefined ? {} : { cluster }),
      access:
        access.kubeconfig === undefined
          ? access
          : { ...access, kubeconfig: path.resolve(workspace, access.kubeconfig) },
      ...setup,
      kops
    })
  },
  async deployed({ manifests, state, cluster }, { checkout }) {
    const { readDeployment, readManifests } = await import('../../targets/kops/index.ts')
    const name = cluster ?? (await readManifests({ checkout, manifests })).cluster.name
    return readDeployment({ state, cluster: name })
  }
}
