/**
 * Compares what is declared with what lives. In the order of the work:
 *
 * - `payload.ts`, `ignore.ts` (`pattern.ts`, `settle.ts`): what is sent for a declared object
 * - `prove.ts` (`items.ts`, `equal.ts`, `types/`): proves most objects unchanged without a request
 * - `ask.ts` (`predict.ts`, `local.ts`, `displace.ts`, `refusal.ts`): dry runs of the rest, and what stands in for one
 *   that is refused
 * - `judge.ts` (`diff.ts`, `shape.ts`): which differences are ours, who owns them now
 * - `foreign.ts` (`writers.ts`), `unrecorded.ts`: what others put into our objects
 */
export { type Adoption, adoptionPatch } from '../ownership/index.ts'
export { defaultIgnores } from './autoscaling.ts'
export { compareAll } from './compare-all.ts'
export type { CompareOptions, Comparison, Conflict, ForeignField, IgnoreRule, Pair, Recognised } from './comparison.ts'
export { removalPatch } from './foreign.ts'
export { payloadOf } from './payload.ts'
export { redactedError } from './secrets.ts'
export { withoutUnrecorded } from './unrecorded.ts'
export { REVERT_MANAGER } from './writers.ts'
