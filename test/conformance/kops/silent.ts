import type { Logger } from '../../../src/log.ts'

/** Says nothing. */
export const SILENT: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_, work) => work() }
