/** What the absence of a key of a target means; the inputs of the actions have the same defaults. */
export const TARGET_DEFAULTS = {
  namespace: 'default',
  timeout: '10m',
  maxPrune: '50%',
  fieldConflicts: 'take-from-people'
} as const

/** What the absence of `drift` means. */
export const DRIFT_DEFAULTS = { heal: 'off', maxChanges: 100, foreignFields: 'report', unmanaged: 'report' } as const

/** What the absence of `retire` means. */
export const RETIRE_DEFAULTS = { objects: 'keep', maxPrune: 100 } as const

export const FIELD_CONFLICTS = ['take-from-people', 'fail', 'force'] as const
export const RETIRED_OBJECTS = ['keep', 'delete'] as const
export const HEAL = ['off', 'automatic'] as const
export const FOREIGN_FIELDS = ['report', 'revert', 'ignore'] as const
export const UNMANAGED = ['report', 'ignore'] as const
export const ON_FAILURE = ['none', 'rollback-pull-request'] as const

/** A number of things or a share of them. */
export type Limit = number | `${number}%`

/** `20`, `50%`; undefined for anything else. */
export function parseLimit(value: string | number): Limit | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined
  if (/^\d+$/.test(value)) return Number(value)
  const percent = /^(\d{1,3})%$/.exec(value)
  return percent && Number(percent[1]) <= 100 ? (value as `${number}%`) : undefined
}
