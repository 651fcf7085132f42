import { asString, at, type JsonObject } from '../../src/json.ts'
import type { ControlPlane } from '../platform/control-plane.ts'
import { type Place, setIdOf } from './verify.ts'

const PART_OF = 'applyset.kubernetes.io/part-of'

/**
 * Objects of others in the namespace of a round, of every sort that pruning could take for its own: one that has
 * nothing to do with it, a copy with its label, one of another set, and one of its set that has got an owner.
 */
const SORTS: readonly { readonly name: string; readonly label: 'none' | 'own' | 'other'; readonly manager: string }[] =
  [
    { name: 'foreign-plain', label: 'none', manager: 'somebody' },
    { name: 'foreign-copy', label: 'own', manager: 'somebody' },
    { name: 'foreign-set', label: 'other', manager: 'gitops-actions' },
    { name: 'foreign-owned', label: 'own', manager: 'gitops-actions' }
  ]

/** Their names. */
export const FOREIGN: ReadonlySet<string> = new Set(SORTS.map((one) => one.name))

/** Creates what is not ours, where it is missing; its UIDs and versions as text. */
export async function createForeign(plane: ControlPlane, place: Place): Promise<string> {
  const folder = `/api/v1/namespaces/${place.namespace}/configmaps`
  const found: string[] = []
  let owner = ''
  for (const { name, label, manager } of SORTS) {
    const there = await plane.api.call('GET', `${folder}/${name}`)
    if (there.status === 404) {
      const part = label === 'own' ? setIdOf(place) : `applyset-of-${place.namespace}`
      const object: JsonObject = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name,
          ...(label === 'none' ? {} : { labels: { [PART_OF]: part } }),
          ...(name === 'foreign-owned'
            ? { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'foreign-plain', uid: owner }] }
            : {})
        },
        data: { of: 'others' }
      }
      await plane.api.need('PATCH', `${folder}/${name}?fieldManager=${manager}`, object, 'application/apply-patch+yaml')
    }
    const object = await plane.api.need('GET', `${folder}/${name}`)
    const uid = asString(at(object, 'metadata', 'uid')) ?? ''
    if (name === 'foreign-plain') owner = uid
    found.push(`${name} ${uid} ${asString(at(object, 'metadata', 'resourceVersion'))}`)
  }
  return found.join()
}
