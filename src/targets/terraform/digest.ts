import { createHash, scryptSync } from 'node:crypto'
import { canonicalJson, type Json } from '../../json.ts'

/** What scrypt takes: 32 MiB and about a tenth of a second for each guess. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 }

/**
 * `sha256:…` over a value. Digests of plans are published, and nearly all that goes into them can be read in the
 * repository: where the rest is secret, each guess at it is made expensive.
 */
export function digestOf(value: Json, { secret }: { readonly secret: boolean }): string {
  const text = canonicalJson(value)
  return `sha256:${sha256(secret ? scryptSync(text, 'gitops-actions', 32, COST) : text)}`
}

/** In hex. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
