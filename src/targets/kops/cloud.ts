import { WITHOUT_KUBECONFIG } from './access.ts'
import { staleArguments, updateArguments } from './arguments.ts'
import type { Context } from './context.ts'
import type { Deletion, DryRun } from './dryrun/grammar.ts'
import { parseDryRun } from './dryrun/parse.ts'
import { type GroupStatus, parseRollingUpdate } from './rolling.ts'

/**
 * What `kops update cluster` would do, from the cluster's own store or a shadow. Writes nothing.
 *
 * kops looks for extra rules of one security group while it still finds the others; when it is faster with the first, it
 * leaves its extra rules out without a word, and the same dry run says something else the next time. Its log tells when
 * that happened: then it is asked again.
 */
export async function dryRun(context: Context, cluster: string, what: string, state?: string): Promise<DryRun> {
  const { kops, options } = context
  // Of all instance groups: a change that an option leaves out is still there.
  const unlimited = { ...options.update, instanceGroups: [], instanceGroupRoles: [] }
  const args = [...updateArguments(cluster, unlimited, { yes: false }), ...TELL_SKIPPED]
  const seen: DryRun[] = []
  for (;;) {
    const { stdout, stderr } = await kops.run({
      what,
      args,
      env: WITHOUT_KUBECONFIG,
      timeout: options.timeout,
      ...(state === undefined ? {} : { state })
    })
    const report = parseDryRun(stdout)
    // A group that is yet to be created is found by no attempt; with it, kops looks for no extra rules at all.
    const isComplete = !SKIPPED.test(stderr) || report.created.some((task) => task.type === 'SecurityGroup')
    if (isComplete) return report
    seen.push(report)
    options.log.debug('kops left out what it would delete of a security group: it is asked again')
    if (seen.length < ATTEMPTS) continue
    options.log.warning(
      'kops did not look at all rules of the security groups: extra rules may be missing in this plan.'
    )
    return { ...report, deferred: united(seen), ...(united(seen).length > 0 ? { verdict: 'changes' } : {}) }
  }
}

/** Makes kops tell (in one file of its sources) what it leaves out. */
const TELL_SKIPPED = ['--vmodule=securitygroup=4']
const SKIPPED = /Deletion skipping find of SecurityGroupRule/
const ATTEMPTS = 6

function united(reports: readonly DryRun[]): Deletion[] {
  const all = reports.flatMap((report) => report.deferred)
  return [...new Map(all.map((one) => [`${one.type} ${one.item}`, one])).values()]
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
