import { staleArguments, updateArguments } from './arguments.ts'
import type { Context } from './context.ts'
import type { DryRun } from './dryrun/grammar.ts'
import { parseDryRun } from './dryrun/parse.ts'
import { type GroupStatus, parseRollingUpdate } from './rolling.ts'

/** What `kops update cluster` would do, from the cluster's own store or a shadow. Writes nothing. */
export async function dryRun(context: Context, cluster: string, what: string, state?: string): Promise<DryRun> {
  const { kops, options } = context
  const { stdout } = await kops.run({
    what,
    // Of all instance groups: a change that an option leaves out is still there.
    args: updateArguments(cluster, { ...options.update, instanceGroups: [] }, { yes: false }),
    timeout: options.timeout,
    ...(state === undefined ? {} : { state })
  })
  return parseDryRun(stdout)
}

/** Instance groups with the number of instances that run with an older launch template. Asks the cloud only. */
export async function groupStatuses(context: Context, cluster: string): Promise<GroupStatus[]> {
  const { kops, options } = context
  const { stdout } = await kops.run({
    what: 'Looking for instances that run with an older configuration',
    args: staleArguments(cluster),
    timeout: options.timeout
  })
  return parseRollingUpdate(stdout)
}
