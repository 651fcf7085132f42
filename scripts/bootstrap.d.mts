/** Types of bootstrap.mjs, which is plain JavaScript because it runs before Node 24 and node_modules are there. */
export class SetupError extends Error {}
export function progress(message: string): void
export function cacheDirectory(): string
export function exclusively<T>(name: string, work: () => Promise<T>, onWait?: (owner: string) => void): Promise<T>
export function cached(options: {
  readonly name: string
  readonly key: string
  /** What making it is called in progress messages: `building Kubernetes 1.36`. */
  readonly what: string
  /** How long that takes: `7 min on 2 cores`. */
  readonly usually: string
  readonly make: (directory: string) => Promise<void>
}): Promise<string>
export function run(
  file: string,
  args: readonly string[],
  options?: {
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
    /** What to do when the program does not exist. */
    readonly missing?: string
    /** Appended to the error when the program fails. */
    readonly failed?: string
    /** How many lines of its output the error shows; 20. */
    readonly lines?: number
  }
): Promise<string>
export function unpackNpmPackage(options: {
  /** name@version */
  readonly specification: string
  readonly integrity: string
  readonly directory: string
}): Promise<void>
