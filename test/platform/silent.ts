import type { Logger } from '../../src/log.ts'

/** Says nothing: for what must be given a log and whose words nobody reads. */
export const silent: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }
