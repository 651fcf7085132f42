import { asString, at } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { managedEntries, nodeAt, ownEntry } from './ownership/index.ts'

/** Where the key lies in the data of the Secret that holds the inventory. */
export const FINGERPRINT_KEY = 'fingerprint-key'
/** Bytes. */
export const FINGERPRINT_KEY_LENGTH = 32

/**
 * The key of a target's fingerprints: under it the same value of a Secret looks the same in every drift report, so that
 * a reader sees whether a wrong value is still the one of yesterday. A deploy draws it once and keeps it in the
 * inventory, which nobody can read who may not read Secrets.
 *
 * Undefined where a deploy has not written one yet, and where somebody else did: who has chosen the key can try out
 * values against a report that the whole repository reads.
 */
export function fingerprintKeyIn(secret: KubernetesObject): Buffer | undefined {
  const own = ownEntry(managedEntries(secret))?.fields
  if (nodeAt(own, ['data', FINGERPRINT_KEY]) === undefined) return undefined
  const key = Buffer.from(asString(at(secret, 'data', FINGERPRINT_KEY)) ?? '', 'base64')
  return key.length === FINGERPRINT_KEY_LENGTH ? key : undefined
}
