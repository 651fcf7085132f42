import { GitOpsError } from '../../errors.ts'
import { asList, asObject, asString, at, type Json, type JsonObject, parseJson, stringifyJson } from '../../json.ts'
import type { DeploymentRecord } from '../target.ts'
import type { StateStore } from './store/state-store.ts'

const HISTORY = 10

/**
 * Where we keep what we know about a cluster. Beside the cluster's own folder, not in it: `kops delete cluster` refuses
 * to delete a folder that holds what it does not know.
 */
export const OUR_FOLDER = 'gitops-actions'

export function recordKey(cluster: string): string {
  return `${OUR_FOLDER}/${cluster}/record.json`
}

/**
 * What was deployed last.
 * @throws GitOpsError when the record is damaged
 */
export async function readRecord(store: StateStore, cluster: string): Promise<DeploymentRecord | undefined> {
  const found = await store.read(recordKey(cluster))
  return found && parseRecord(found.text, recordKey(cluster))
}

/** Writes what is being, or was, deployed; what was there before becomes history, unless it is the same deployment. */
export async function writeRecord(
  store: StateStore,
  cluster: string,
  record: Omit<DeploymentRecord, 'history'>
): Promise<void> {
  // The lock is ours: nobody else writes meanwhile, but for one whose lock we took over.
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = await store.read(recordKey(cluster))
    const before = found && readable(found.text)
    const text = `${stringifyJson({ format: 1, ...record, history: historyOf(record, before) }, 2)}\n`
    const written = found
      ? await store.replace(recordKey(cluster), text, found.version)
      : await store.create(recordKey(cluster), text)
    if (written !== undefined) return
  }
  throw new GitOpsError(
    `The record of the deployment of "${cluster}" could not be written: somebody else keeps writing it.`
  )
}

function historyOf(
  record: Omit<DeploymentRecord, 'history'>,
  before: DeploymentRecord | undefined
): Omit<DeploymentRecord, 'history'>[] {
  if (!before) return []
  const { history, ...last } = before
  const isSame = last.time === record.time && last.digest === record.digest
  return (isSame ? [...history] : [last, ...history]).slice(0, HISTORY)
}

function readable(text: string): DeploymentRecord | undefined {
  try {
    return parseRecord(text, '')
  } catch {
    return undefined
  }
}

function parseRecord(text: string, key: string): DeploymentRecord {
  let value: Json
  try {
    value = parseJson(text)
  } catch {
    throw damaged(key)
  }
  const record = one(value)
  if (!record || at(value, 'format') !== 1) throw damaged(key)
  const history = (asList(at(value, 'history')) ?? []).map(one).filter((entry) => entry !== undefined)
  return { ...record, history }
}

function one(value: Json): Omit<DeploymentRecord, 'history'> | undefined {
  const object = asObject(value)
  const [target, environment, digest, time] = ['target', 'environment', 'digest', 'time'].map((key) =>
    asString(object?.[key])
  )
  const status = (['succeeded', 'failed', 'in-progress'] as const).find((word) => word === object?.['status'])
  if (!object || target === undefined || environment === undefined) return undefined
  if (digest === undefined || time === undefined || !status) return undefined
  return { target, environment, digest, time, status, images: {}, ...optional(object) }
}

function optional(object: JsonObject): Pick<DeploymentRecord, 'repository' | 'revision' | 'run'> {
  return Object.fromEntries(
    (['repository', 'revision', 'run'] as const)
      .map((key) => [key, asString(object[key])] as const)
      .filter(([, value]) => value !== undefined)
  )
}

function damaged(key: string): GitOpsError {
  return new GitOpsError(`The record of what was deployed (${key} in the state store) is damaged.`, {
    hint: 'A deploy writes it anew.'
  })
}
