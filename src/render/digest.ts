import { createHash } from 'node:crypto'

/**
 * `sha256:…` over all objects: the same for the same objects, whatever their order, files and key order.
 * @param objects canonical JSON of each
 */
export function digestOf(objects: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of [...objects].sort()) hash.update(text).update('\n')
  return `sha256:${hash.digest('hex')}`
}
