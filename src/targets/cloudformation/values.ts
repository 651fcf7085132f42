import { createHmac } from 'node:crypto'
import { asList, canonicalJson, isObject, type Json, parseJson } from '../../json.ts'
import type { FieldChange, FieldValue } from '../plan.ts'

/** What CloudFormation writes for a value that is only known once it is done. */
const UNKNOWN_VALUE = /\{\{changeSet:KNOWN_AFTER_APPLY\}\}/g
/** Shorter secrets are found by equality only: they are words that occur everywhere. */
const DISTINCT = 8
/** Shorter texts are no secrets but words. */
const SHORTEST = 4

/** Hides secret values: those that are known, and those at places that are known to be secret. */
export class Values {
  readonly #key: Buffer
  readonly #secrets: readonly string[]

  constructor(key: Buffer, secrets: readonly string[]) {
    this.#key = key
    this.#secrets = [...new Set(secrets)].filter((one) => one !== '').sort((a, b) => b.length - a.length)
  }

  /** A value for a reader; `secret` for what lies at a secret place. */
  shown(value: Json | undefined, secret = false): FieldValue {
    if (value === undefined || value === null || value === '') return { type: 'absent' }
    // NoEcho: AWS itself shows nothing else.
    if (value === '****' || secret || this.#holds(value)) {
      const fingerprint = createHmac('sha256', this.#key).update(canonicalJson(value)).digest('hex').slice(0, 16)
      return { type: 'secret', fingerprint }
    }
    return { type: 'value', value: known(value) }
  }

  /** A text with the secrets taken out: for messages of AWS that quote what was sent. */
  masked(text: string): string {
    return this.#secrets
      .filter((secret) => secret.length >= SHORTEST)
      .reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
  }

  #holds(value: Json): boolean {
    return texts(value).some((text) =>
      this.#secrets.some((secret) => text === secret || (secret.length >= DISTINCT && text.includes(secret)))
    )
  }
}

/** The leaves that differ between two values, each as a field; paths as a person writes them. */
export function fieldsBetween(
  before: Json | undefined,
  after: Json | undefined,
  path: string,
  shown: (value: Json | undefined, path: string) => FieldValue
): FieldChange[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return []
  const present = [before, after].filter((one) => one !== undefined && one !== null)
  if (present.length > 0 && present.every(isObject)) {
    const names = new Set(present.flatMap((one) => Object.keys(one)))
    return [...names].sort().flatMap((name) => {
      const below = (value: Json | undefined) => (isObject(value) ? value[name] : undefined)
      return fieldsBetween(below(before), below(after), path === '' ? name : `${path}.${name}`, shown)
    })
  }
  if (present.length === 2 && present.every(isListOfObjects)) {
    const [one, other] = [asList(before) ?? [], asList(after) ?? []]
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) =>
      fieldsBetween(one[index], other[index], `${path}[${index}]`, shown)
    ).flat()
  }
  return [{ path, before: shown(before, path), after: shown(after, path) }]
}

/** A value as a change set gives it: text, which is JSON for structures. */
export function parsedValue(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

function known(value: Json): Json {
  if (typeof value === 'string') return value.replace(UNKNOWN_VALUE, 'known after apply')
  if (Array.isArray(value)) return value.map(known)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, known(one)]))
  return value
}

function texts(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  return isObject(value) ? Object.values(value).flatMap(texts) : []
}

function isListOfObjects(value: Json): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject)
}
