import { ApiError, type Cluster } from '../cluster.ts'
import { type Displacement, displacementPatch, managerKind, ownersOf } from '../ownership/index.ts'
import type { Conflict, ForeignField } from './comparison.ts'
import { type Answer, applyHere, predictHere } from './predict.ts'
import { additionsTo, type Subject } from './subject.ts'

/** What becomes of an object when others' fields make way for what is declared. */
export interface Displaced {
  /** The same object with those fields as ours. */
  readonly subject: Subject
  readonly answer: Answer
  readonly fields: readonly ForeignField[]
  readonly displacement: Displacement
}

/**
 * For an object that the API server takes with what is declared or with what others put in its place, but not with
 * both (a port beside the only one, which has no name; two members of a union): without as few of the others' fields
 * as make it valid. Undefined where that is not what is wrong.
 */
export async function displace(cluster: Cluster, subject: Subject): Promise<Displaced | undefined> {
  if (subject.adoption) return undefined
  const candidates = additionsTo(subject, applyHere(subject).fields).fields
  if (candidates.length === 0) return undefined
  const all = await without(cluster, subject, candidates)
  if (all === undefined || candidates.length === 1) return all
  const isValid = async (fields: readonly ForeignField[]) => (await without(cluster, subject, fields)) !== undefined
  const fewest = await needed([], candidates, isValid)
  return fewest.length === candidates.length ? all : ((await without(cluster, subject, fewest)) ?? all)
}

async function without(
  cluster: Cluster,
  subject: Subject,
  fields: readonly ForeignField[]
): Promise<Displaced | undefined> {
  const displacement = displacementPatch(
    subject.live,
    fields.map((field) => field.location)
  )
  if (displacement === undefined) return undefined
  const after: Subject = { ...subject, own: displacement.fields, others: displacement.others }
  try {
    return { subject: after, answer: await predictHere(cluster, after), fields, displacement }
  } catch (error) {
    if (error instanceof ApiError && error.code === 422) return undefined
    throw error
  }
}

/** Those of `open` without which `given` does not suffice, in few questions (Junker's QuickXplain). */
async function needed<T>(
  given: readonly T[],
  open: readonly T[],
  suffices: (some: readonly T[]) => Promise<boolean>,
  mayDo = false
): Promise<readonly T[]> {
  if (mayDo && (await suffices(given))) return []
  if (open.length <= 1) return open
  const half = Math.ceil(open.length / 2)
  const [first, second] = [open.slice(0, half), open.slice(half)]
  const ofSecond = await needed([...given, ...first], second, suffices, true)
  const ofFirst = await needed([...given, ...ofSecond], first, suffices, ofSecond.length > 0 || given.length > 0)
  return [...ofFirst, ...ofSecond]
}

/** Whom it is taken from: a deploy asks before it overrules another tool, here as where it sets a field. */
export function displacedConflicts({ subject, fields }: Displaced): Conflict[] {
  return fields.flatMap((field) =>
    ownersOf(subject.entries, field.location).map(({ manager, operation, time, subresource }) => ({
      path: field.path,
      manager,
      kind: managerKind(manager, operation),
      operation,
      ...(time === undefined ? {} : { time }),
      ...(subresource === undefined ? {} : { subresource })
    }))
  )
}
