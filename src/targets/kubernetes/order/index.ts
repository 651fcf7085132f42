export { type ApplyOrderOptions, failureHooks, type Level, orderForApply } from './apply.ts'
export { type Hook, type HookDeletePolicy, type HookEvent, hookOf } from './hooks.ts'
export { orderForPrune } from './prune.ts'
export { podSpecOf } from './uses.ts'
