import { asString, at } from '../../json.ts'
import type { Context } from './context.ts'
import { CLUSTER_LABEL, type Declared, type KopsObject } from './manifests.ts'
import { openStateStore } from './store/state-store.ts'

/**
 * The SSHCredentials that the cluster does not have yet. kops would write one each time it is asked to replace it, so
 * what is there already is left out. Where the store cannot be read, all of them.
 */
export async function missingCredentials(
  context: Context,
  declared: Declared,
  configBase: string
): Promise<KopsObject[]> {
  if (declared.sshCredentials.length === 0) return []
  const store = await openStateStore(configBase, context.env)
  // kops keeps keys by user and fingerprint.
  const folder = 'pki/ssh/public/admin'
  const known = store ? new Set((await store.texts(folder)).map(keyOf)) : new Set<string>()
  return declared.sshCredentials
    .filter((one) => !known.has(keyOf(asString(at(one.object, 'spec', 'publicKey')) ?? '')))
    .map((one) => ({
      ...one,
      name: one.name || (asString(at(one.object, 'metadata', 'labels', CLUSTER_LABEL)) ?? 'admin')
    }))
}

/** Type and key, without the comment. */
function keyOf(text: string): string {
  return text.trim().split(/\s+/).slice(0, 2).join(' ')
}
