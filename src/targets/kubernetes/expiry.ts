import { at } from '../../json.ts'
import { groupOf, type KubernetesObject } from '../../render/manifest.ts'

/** A finished Job with a time to live is deleted by its controller: that it is gone says nothing. */
export function mayHaveExpired(object: KubernetesObject): boolean {
  return (
    object.kind === 'Job' &&
    groupOf(object) === 'batch' &&
    typeof at(object, 'spec', 'ttlSecondsAfterFinished') === 'number'
  )
}
