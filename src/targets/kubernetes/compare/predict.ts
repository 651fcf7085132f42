import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { objectPath } from '../client/paths.ts'
import { ApiError, type Cluster, FIELD_MANAGER } from '../cluster.ts'
import { type Fields, managedEntries, NO_FIELDS, ownEntry } from '../ownership/index.ts'
import { applyLocally, type LocalResult } from './local.ts'
import { refusalOf } from './refusal.ts'
import type { Subject } from './subject.ts'

/** What applying would make of an object, as the API server says. */
export interface Answer {
  readonly predicted: KubernetesObject
  /** What we would own. */
  readonly owned: Fields
}

/** Dry runs force: who would be overruled is read from the live object. */
export async function predict(cluster: Cluster, { payload }: Subject): Promise<Answer> {
  const predicted = await cluster.apply(payload, { dryRun: true, force: true })
  return { predicted, owned: ownEntry(managedEntries(predicted))?.fields ?? NO_FIELDS }
}

/**
 * Adoption is a write of its own before the apply, which no dry run of the apply can know. So the apply is done
 * locally on what adoption makes ours, and the API server is asked to complete and judge its result.
 */
export async function predictAdopted(cluster: Cluster, subject: Subject): Promise<Answer> {
  try {
    return await predictHere(cluster, subject)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 409 || refusalOf(error).type !== 'other') throw error
    // Roles may allow to apply but not to update, and what was merged locally may be wrong: the apply alone still
    // shows what the declaration changes, if not what goes with the other tool's ownership.
    return await predict(cluster, subject)
  }
}

/** The result of a local apply, completed and judged by the API server. */
export async function predictHere(cluster: Cluster, subject: Subject): Promise<Answer> {
  const { object, fields } = applyHere(subject)
  const path = objectPath(subject.resource, object.metadata.name, namespaceOf(object))
  const predicted = await cluster.request('PUT', `${path}?dryRun=All&fieldManager=${FIELD_MANAGER}`, object)
  return { predicted: { ...object, ...predicted }, owned: fields }
}

export function applyHere({ payload, live, own, others }: Subject): LocalResult {
  return applyLocally(
    payload,
    live,
    own,
    others.map((entry) => entry.fields)
  )
}
