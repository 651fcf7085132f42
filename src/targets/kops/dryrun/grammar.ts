/**
 * The report of `kops update cluster` without --yes (upup/pkg/fi/dryrun_target.go; its shape has been the same for
 * years). It is the only description kops gives of what it would do.
 */
export interface DryRun {
  /** What kops printed before the report: banners about versions. */
  readonly preamble: readonly string[]
  readonly created: readonly Task[]
  readonly modified: readonly Task[]
  /** Deleted only with --prune. */
  readonly deferred: readonly Deletion[]
  /** Deleted by the update itself. */
  readonly deleted: readonly Deletion[]
  /** kops' own last sentence. Deferred deletions count as changes. */
  readonly verdict: 'changes' | 'none'
}

export interface Task {
  /** `AutoscalingGroup` */
  readonly type: string
  /** `nodes.shop.example.com`: may hold slashes and blanks. */
  readonly name: string
  readonly fields: readonly TaskField[]
  /** kops found the task changed, but no field of it: what it says about the three states. */
  readonly inconsistency?: readonly string[]
}

export type TaskField =
  /** Of a task that is created. */
  | { readonly name: string; readonly kind: 'value'; readonly value: string }
  /** `<nil>` where there is none. */
  | { readonly name: string; readonly kind: 'change'; readonly before: string; readonly after: string }
  /** Of a file: only the lines around a difference. */
  | { readonly name: string; readonly kind: 'diff'; readonly lines: readonly DiffLine[] }

export type DiffLine =
  | { readonly type: 'same' | 'removed' | 'added'; readonly text: string }
  | { readonly type: 'skipped' }

export interface Deletion {
  readonly type: string
  readonly item: string
}

export const HEADERS = {
  created: 'Will create resources:',
  modified: 'Will modify resources:',
  deferred: 'Items will be deleted only when the --prune flag is specified:',
  deleted: 'Items will be deleted during update:'
} as const

export type Section = keyof typeof HEADERS

/** In the order in which they are printed. */
export const SECTIONS: readonly Section[] = ['created', 'modified', 'deferred', 'deleted']

export const VERDICTS = {
  changes: 'Must specify --yes to apply changes',
  none: 'No changes need to be applied'
} as const

/** What a diff line begins with. */
export const DIFF_MARKS = { same: '  ', removed: '- ', added: '+ ' } as const
export const SKIPPED = '...'

export const INCONSISTENT = '   internal consistency error!'
