import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import { findTool } from '../../toolchain/tools.ts'
import { accessEnvironment } from './access.ts'
import type { Context } from './context.ts'
import { exportKubeconfig } from './kubeconfig.ts'
import type { KopsObject } from './manifests.ts'

/**
 * Removes an instance group that Git no longer has: its nodes take no more pods, their pods move on as their disruption
 * budgets allow, then kops deletes the group. kops by itself would end the instances at once.
 */
export async function removeInstanceGroup(
  context: Context,
  cluster: string,
  group: KopsObject,
  directory: string
): Promise<void> {
  const { kops, options } = context
  if (options.rollingUpdate.cloudOnly)
    options.log.warning(
      `The nodes of ${group.name} are not drained: the Kubernetes API is not to be used (cloud only).`
    )
  else await drain(context, cluster, group, directory)
  await kops.run({
    what: `Deleting the instance group ${group.name}`,
    args: ['delete', 'instancegroup', group.name, '--name', cluster, '--yes'],
    writes: true
  })
}

async function drain(context: Context, cluster: string, group: KopsObject, directory: string): Promise<void> {
  const { options } = context
  const { kubeconfig: given, apiServer } = options.access
  const exported = path.join(directory, 'kubeconfig')
  if (given === undefined) await exportKubeconfig(context, cluster, exported, '1h')
  const env = given === undefined ? { KUBECONFIG: exported } : await accessEnvironment(context, cluster)
  const kubectl = await findTool('kubectl', { exec: options.exec, log: options.log, env: context.env })
  // By its name: the current context of a kubeconfig may be of another cluster, with groups of the same names.
  const base = [
    '--context',
    cluster,
    ...(given === undefined || apiServer === undefined ? [] : ['--server', apiServer])
  ]
  const selector = `kops.k8s.io/instancegroup=${group.name}`
  const run = async (args: readonly string[], what: string) => {
    try {
      return await options.exec(kubectl, [...base, ...args], {
        env: { ...context.env, ...env },
        onLine: (line) => options.log.info(`kubectl: ${line}`),
        ...(options.signal ? { signal: options.signal, patience: 8000 } : {})
      })
    } catch (error) {
      throw new GitOpsError(`${what} failed: ${context.redactor.text(messageOf(error))}`, {
        hint: `The instance group ${group.name} was not deleted. A pod disruption budget that allows no disruption holds its pods; a re-run goes on here.`
      })
    }
  }
  const { stdout } = await run(['get', 'nodes', '-l', selector, '-o', 'name'], `Listing the nodes of ${group.name}`)
  if (stdout.trim() === '') return
  await run(['cordon', '-l', selector], `Cordoning the nodes of ${group.name}`)
  await run(
    [
      'drain',
      '-l',
      selector,
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      `--timeout=${options.rollingUpdate.drainTimeout ?? '15m'}`
    ],
    `Draining the nodes of ${group.name}`
  )
}
