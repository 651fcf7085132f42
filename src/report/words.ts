import type { ChangeAction, Plan } from '../targets/plan.ts'
import type { ChangeResult, Outcome } from '../targets/target.ts'

const PLANNED: Readonly<Record<ChangeAction, string>> = {
  create: 'to create',
  update: 'to update',
  replace: 'to replace',
  delete: 'to delete',
  'remove-foreign': 'with foreign fields',
  reclaim: 'to take back ownership of',
  restart: 'to restart',
  unmanaged: 'that nobody declared',
  unhealthy: 'unhealthy'
}

/** What a change of a plan means where it is drift. */
export const FOUND: Readonly<Record<ChangeAction, string>> = {
  create: 'missing',
  update: 'changed',
  replace: 'changed',
  delete: 'not in Git',
  'remove-foreign': 'with fields added',
  reclaim: 'with ownership taken',
  restart: 'running with drifted content',
  unmanaged: 'not declared',
  unhealthy: 'unhealthy'
}

const DONE: Readonly<Record<ChangeResult['action'], string>> = {
  created: 'created',
  updated: 'updated',
  replaced: 'replaced',
  pruned: 'pruned',
  restarted: 'restarted',
  failed: 'failed',
  skipped: 'skipped',
  unchanged: 'unchanged'
}

/** `1 to create, 2 to update, 14 unchanged`; without changes, `nothing to do, 17 unchanged`. */
export function planWords(plan: Pick<Plan, 'changes' | 'unchanged'>): string {
  const parts = wordsOf(PLANNED, countBy(plan.changes.map((change) => change.action)))
  if (parts.length === 0) parts.push('nothing to do')
  if (plan.unchanged > 0) parts.push(`${plan.unchanged} unchanged`)
  return parts.join(', ')
}

/** `1 missing, 2 changed`; without changes, `17 objects in sync`, unless that cannot be told. */
export function driftWords(plan: Pick<Plan, 'changes' | 'unchanged' | 'unsupported'>): string {
  const parts = wordsOf(FOUND, countBy(plan.changes.map((change) => change.action)))
  if (parts.length === 0 && plan.unsupported !== undefined) return 'drift cannot be told'
  return parts.length > 0
    ? parts.join(', ')
    : `${plan.unchanged} ${plan.unchanged === 1 ? 'object' : 'objects'} in sync`
}

/** `1 created, 2 updated`, or `nothing changed`. */
export function outcomeWords(outcomes: readonly Outcome[]): string {
  const counts = countBy(outcomes.flatMap((outcome) => outcome.results.map((result) => result.action)))
  counts.delete('unchanged')
  return wordsOf(DONE, counts).join(', ') || 'nothing changed'
}

/** How often each word occurs. */
export function countBy<T extends string>(words: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Each word once, in the order of `words`: two kinds of change may mean the same to a reader. */
function wordsOf<T extends string>(words: Readonly<Record<T, string>>, counts: ReadonlyMap<T, number>): string[] {
  const sums = new Map<string, number>()
  for (const key of Object.keys(words) as T[]) {
    const count = counts.get(key)
    if (count !== undefined) sums.set(words[key], (sums.get(words[key]) ?? 0) + count)
  }
  return [...sums].map(([word, count]) => `${count} ${word}`)
}
