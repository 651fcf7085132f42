/** Where a message belongs in the repository, so that GitHub shows it as an annotation on that line. */
export interface Place {
  file: string
  line?: number
  column?: number
}

/**
 * What the suite says while it works. Injected everywhere; the one real implementation writes the runner's
 * workflow commands (`src/action/log.ts`), tests collect lines. Text is untrusted: implementations escape it.
 */
export interface Logger {
  info(message: string): void
  debug(message: string): void
  warning(message: string, place?: Place): void
  error(message: string, place?: Place): void
  /** Groups what `work` logs under a title that a reader can fold. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
}
