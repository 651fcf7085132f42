import { createHmac } from 'node:crypto'
import type { FieldValue } from '../plan.ts'

export const HIDDEN = '(hidden)'

/** Environment variables whose values kops puts into user data and manifests, or that must never be shown anyway. */
const SECRET_VARIABLE = /(SECRET|TOKEN|PASSWORD|PASSWD|ACCESS_KEY|API_KEY|CREDENTIAL)/i
/** Shorter values would hide words of every text. */
const SHORTEST = 8

const SECRET_KEY =
  /^([\s"'-]*)((?:[\w.-]*(?:secret|password|passwd|private[-_]?key|access[-_]?key|api[-_]?key|credentials?)|(?:[\w.-]*[-_.])?token|auth|[\w.-]*[a-z]Token)["']?\s*[:=]\s*)(\S.*)$/i
/** Values of such keys that are settings: `secretStore: s3://…`, `encryptionSecret: true`, references. */
const HARMLESS = /^["']?(?:true|false|null|\d+[smhd]?|required|optional|[a-z0-9]+:\/\/[^@\s]*|\/[\w./-]*|)["']?,?$/i
const NAMED = /^[\s-]*["']?name["']?\s*:\s*["']?([\w.-]+)/i
const VALUE = /^(\s*["']?value["']?\s*:\s*)(\S.*)$/i

/**
 * Takes secrets out of texts that kops prints: values of the environment, private keys, values of keys that are called
 * so. Of a file, line after line, so that an environment variable's value is known by the name before it.
 */
export class Redactor {
  readonly #values: readonly string[]
  readonly #key: Buffer

  constructor(env: NodeJS.ProcessEnv, key: Buffer) {
    this.#values = Object.entries(env)
      .filter(([name, value]) => SECRET_VARIABLE.test(name) && (value ?? '').length >= SHORTEST)
      .map(([, value]) => value ?? '')
      // A value that holds another one must go first.
      .sort((a, b) => b.length - a.length)
    this.#key = key
  }

  /** Lines of one text, in order. */
  lines(lines: readonly string[]): string[] {
    let named = false
    let inKey = false
    return lines.map((line) => {
      if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line)) inKey = true
      const ends = /-----END [A-Z ]*PRIVATE KEY-----/.test(line)
      const hideAll = inKey
      if (ends) inKey = false
      if (hideAll) return HIDDEN
      const value = named ? VALUE.exec(line) : undefined
      named = SECRET_VARIABLE.test(NAMED.exec(line)?.[1] ?? '')
      if (value) return `${value[1]}${HIDDEN}`
      return this.#line(line)
    })
  }

  text(text: string): string {
    return this.lines(text.split('\n')).join('\n')
  }

  /** A value that is secret as a whole. */
  secret(text: string): FieldValue {
    return { type: 'secret', fingerprint: createHmac('sha256', this.#key).update(text).digest('hex').slice(0, 16) }
  }

  #line(line: string): string {
    let text = line
    for (const value of this.#values) text = text.replaceAll(value, HIDDEN)
    text = text
      .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN)
      .replace(/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, HIDDEN)
      .replace(/(:\/\/[^/\s:@]+:)[^/\s@]+@/g, `$1${HIDDEN}@`)
    const [, indent = '', key, value = ''] = SECRET_KEY.exec(text) ?? []
    return key === undefined || HARMLESS.test(value) ? text : `${indent}${key}${HIDDEN}`
  }
}
