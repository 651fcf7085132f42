import { parseDuration } from '../duration.ts'
import { GitOpsError } from '../errors.ts'

export { workspacePath } from '../workspace.ts'

/**
 * Typed reading of an action's inputs. Every getter names the input in its error and says what is allowed; a
 * typo never becomes a default (field notes: k8s-deploy's `=== 'true'`).
 */
export class Inputs<Name extends string> {
  readonly #env: NodeJS.ProcessEnv

  /** `names` are the inputs of the action's `contract.ts`: reading any other does not compile. */
  constructor(_names: readonly Name[], env: NodeJS.ProcessEnv = process.env) {
    this.#env = env
  }

  /** The trimmed text, or undefined when the input is empty or not given. */
  optional(name: Name): string | undefined {
    const value = this.raw(name).trim()
    return value === '' ? undefined : value
  }

  /** The text as given, untrimmed; empty when not given. */
  raw(name: Name): string {
    return this.#env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? ''
  }

  required(name: Name): string {
    const value = this.optional(name)
    if (value === undefined)
      throw new GitOpsError(`Input "${name}" is required.`, { hint: `Give it under "with:" of the step.` })
    return value
  }

  /** Strictly `true` or `false` (any of YAML's core spellings: true, True, TRUE). */
  boolean(name: Name, fallback: boolean): boolean {
    const value = this.optional(name)
    if (value === undefined) return fallback
    if (['true', 'True', 'TRUE'].includes(value)) return true
    if (['false', 'False', 'FALSE'].includes(value)) return false
    throw new GitOpsError(`Input "${name}" is "${value}", which is not a boolean.`, { hint: 'Use true or false.' })
  }

  /** One of the allowed words. */
  choice<const T extends string>(name: Name, allowed: readonly T[], fallback: T): T {
    const value = this.optional(name)
    if (value === undefined) return fallback
    const found = allowed.find((word) => word === value)
    if (found === undefined)
      throw new GitOpsError(`Input "${name}" is "${value}", which is unknown.`, {
        hint: `Use one of: ${allowed.join(', ')}.`
      })
    return found
  }

  /** Newline-separated list; blank lines and lines that start with # do not count. */
  lines(name: Name): string[] {
    return this.raw(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
  }

  /** Newline-separated `key=value` pairs, in order; values are kept as they are. */
  pairs(name: Name): [string, string][] {
    return this.lines(name).map((line) => {
      const equals = line.indexOf('=')
      if (equals <= 0)
        throw new GitOpsError(`Input "${name}": "${line}" is not of the form key=value.`, {
          hint: 'One pair a line.'
        })
      return [line.slice(0, equals).trim(), line.slice(equals + 1)]
    })
  }

  /** A duration such as `90s`, `10m`, `1h30m`, in milliseconds. A bare number is refused: its unit would be a guess. */
  duration(name: Name, fallback: string): number {
    const value = this.optional(name) ?? fallback
    const milliseconds = parseDuration(value)
    if (milliseconds === undefined)
      throw new GitOpsError(`Input "${name}" is "${value}", which is not a duration.`, {
        hint: 'Write it with a unit: 90s, 10m, 1h30m.'
      })
    return milliseconds
  }

  /** A whole number, zero or more. */
  count(name: Name, fallback: number): number {
    const value = this.optional(name)
    if (value === undefined) return fallback
    if (!/^\d+$/.test(value))
      throw new GitOpsError(`Input "${name}" is "${value}", which is not a whole number.`, { hint: 'Use digits only.' })
    return Number(value)
  }
}
