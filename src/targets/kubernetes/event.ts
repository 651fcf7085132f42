import type { Inventory } from './inventory.ts'
import type { Live } from './live.ts'

export type DeployEvent = 'install' | 'upgrade' | 'rollback'

/**
 * Which hooks belong to a deploy. An installation that never succeeded is made again, its hooks included; a deleted
 * inventory is no installation where members live. Going back to exactly what was deployed before, with something else
 * in between, is a rollback, as with `helm rollback`; trying the same again after it failed stays what it was.
 */
export function eventOf(
  inventory: Pick<Inventory, 'record'> | undefined,
  live: Pick<Live, 'members'>,
  declaredDigest: string
): DeployEvent {
  const record = inventory?.record
  if (!record) return live.members.size > 0 ? 'upgrade' : 'install'
  const deployed = [record, ...record.history]
  const succeeded = deployed.filter((one) => one.status === 'succeeded')
  if (succeeded.length === 0) return 'install'
  const other = deployed.findIndex((one) => one.digest !== declaredDigest)
  // What is there already is repeated, not gone back to.
  if (other < 0 || deployed.slice(0, other).some((one) => one.status === 'succeeded')) return 'upgrade'
  return succeeded.some((one) => one.digest === declaredDigest) ? 'rollback' : 'upgrade'
}
