import { asList, asObject, asString, at, type Json, stringifyJson } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Change } from '../../plan.ts'
import type { Step } from '../findings.ts'
import { managedEntries, ownEntry } from '../ownership/index.ts'

/** A ConfigMap or Secret whose content was wrong for a while, as healing finds it. */
export interface WrongContent {
  /** Object id of the ConfigMap or Secret. */
  readonly id: string
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly namespace: string
  /** Keys whose values were wrong. */
  readonly keys: ReadonlySet<string>
  /** Their paths, as the changes of the plan show them; none where the object as a whole was missing. */
  readonly paths: readonly string[]
  /** It was not there at all: then only what can do without it has started. */
  readonly missing?: true
  /** Since when, in milliseconds; as exactly as `managedFields` says, to the second. */
  readonly since: number
  /** Nothing tells when it became wrong: some time after `since`, when it was applied last. */
  readonly guessed?: true
  /** When it was put right, in milliseconds: pods that started later have what is declared. */
  readonly until?: number
  /** UIDs of the pods that were left with it, where that is known: no others count. */
  readonly pods?: ReadonlySet<string>
}

/**
 * Content of ConfigMaps and Secrets that the steps put right.
 * @param deployed when all of it was deployed (RFC 3339): since when what is missing may have been missing
 */
export function wrongContents(
  steps: ReadonlyMap<string, Step>,
  changes: (id: string) => readonly Change[],
  deployed?: string
): WrongContent[] {
  const found: WrongContent[] = []
  for (const [id, step] of steps) {
    const { kind, metadata } = step.payload
    if (step.payload.apiVersion !== 'v1' || (kind !== 'ConfigMap' && kind !== 'Secret')) continue
    const namespace = asString(metadata['namespace'])
    if (step.leaving || namespace === undefined) continue
    const base = { id, kind, name: metadata.name, namespace } as const
    if (step.live === undefined) {
      const since = Date.parse(deployed ?? '')
      if (!Number.isNaN(since))
        found.push({ ...base, keys: contentKeys(step.payload), paths: [], since, missing: true })
      continue
    }
    const keys = wrongKeys(step, changes(id))
    if (keys.size > 0)
      found.push({ ...base, keys, paths: pathsOf(keys, changes(id)), ...sinceOf(step.live, changes(id)) })
  }
  return found
}

/** Keys that healing gives another value, or takes away. */
function wrongKeys(step: Step, changes: readonly Change[]): Set<string> {
  const keys = new Set<string>()
  if (step.action !== 'remove-foreign')
    for (const field of CONTENT) {
      const [declared, live] = [asObject(step.payload[field]), asObject(at(step.live, field))]
      for (const [key, value] of Object.entries(declared ?? {}))
        if (stringifyJson(live?.[key]) !== stringifyJson(value)) keys.add(key)
    }
  for (const { location } of step.foreign ?? [])
    if (CONTENT.some((field) => field === location[0])) addKeys(keys, location[1], at(step.live, String(location[0])))
  // What we owned and no longer declare stands in no payload.
  for (const { fields } of changes)
    for (const { path, after } of fields) {
      const name = after.type === 'absent' ? keyOf(path) : undefined
      if (name !== undefined && (step.action !== 'remove-foreign' || step.foreign?.some((one) => one.path === path)))
        keys.add(name)
    }
  return step.action === 'remove-foreign' || step.foreign ? keys : withoutForeign(keys, changes)
}

const CONTENT = ['data', 'binaryData'] as const

function contentKeys(payload: KubernetesObject): Set<string> {
  return new Set(CONTENT.flatMap((field) => Object.keys(asObject(payload[field]) ?? {})))
}

/** Where the changes of an object show wrong keys: each at its own place, or all of them at that of the whole map. */
function pathsOf(keys: ReadonlySet<string>, changes: readonly Change[]): string[] {
  return changes
    .flatMap((change) => change.fields.map(({ path }) => path))
    .filter((path) => CONTENT.some((field) => field === path) || keys.has(keyOf(path) ?? ''))
}

/** Keys that somebody added and that healing leaves are no wrong content. */
function withoutForeign(keys: Set<string>, changes: readonly Change[]): Set<string> {
  for (const change of changes)
    if (change.action === 'remove-foreign')
      for (const { path } of change.fields) {
        const name = keyOf(path)
        if (name !== undefined) keys.delete(name)
      }
  return keys
}

/** The key in a path as reports print it: `data.LEVEL`, `data[app.yaml]`. */
function keyOf(path: string): string | undefined {
  const [, plain, inBrackets] = /^(?:data|binaryData)(?:\.([^.[]+)|\["?(.*?)"?\])$/.exec(path) ?? []
  return plain ?? inBrackets
}

function addKeys(keys: Set<string>, step: unknown, all: Json | undefined): void {
  if (typeof step === 'string') keys.add(step)
  else for (const key of Object.keys(asObject(all) ?? {})) keys.add(key)
}

/**
 * The earliest time that `managedFields` gives for the wrong content. A removal is recorded nowhere: then it is wrong,
 * as far as anybody knows, since we applied it last.
 */
function sinceOf(live: KubernetesObject, changes: readonly Change[]): Pick<WrongContent, 'since' | 'guessed'> {
  const ours = ownEntry(managedEntries(live))?.time ?? asString(live.metadata['creationTimestamp'])
  const times = changes
    .flatMap((change) => change.fields)
    .filter(({ path }) => /^(data|binaryData)\b/.test(path))
    .map(({ attribution }) => {
      const recorded = attribution?.known ? attribution.time : undefined
      return { since: Date.parse(recorded ?? ours ?? ''), guessed: recorded === undefined }
    })
    .filter(({ since }) => !Number.isNaN(since))
    .sort((a, b) => a.since - b.since)
  const [first] = times
  return first ? { since: first.since, ...(first.guessed ? { guessed: true } : {}) } : { since: 0 }
}

/**
 * Whether a pod runs a container that started while the content was wrong and uses it: by environment variables or by
 * a volume. The kubelet renews files of a volume by itself (not those mounted with `subPath`), but programs read their
 * files when they start; so it is the start that counts, whatever way the content comes in.
 */
export function startedWith(
  pod: KubernetesObject,
  content: WrongContent,
  until = content.until ?? Number.POSITIVE_INFINITY
): boolean {
  if (at(pod, 'metadata', 'deletionTimestamp') != null) return false
  if (content.pods?.has(asString(pod.metadata['uid']) ?? '') === false) return false
  const phase = at(pod, 'status', 'phase')
  if (phase === 'Succeeded' || phase === 'Failed') return false
  const volumes = new Map(
    (asList(at(pod, 'spec', 'volumes')) ?? []).map((volume) => [String(at(volume, 'name')), volume] as const)
  )
  for (const [specs, statuses] of CONTAINERS) {
    const states = asList(at(pod, 'status', statuses)) ?? []
    for (const container of asList(at(pod, 'spec', specs)) ?? []) {
      if (!uses(container, volumes, content)) continue
      const state = states.find((one) => at(one, 'name') === at(container, 'name'))
      const started = Date.parse(
        asString(at(state, 'state', 'running', 'startedAt') ?? at(state, 'state', 'terminated', 'startedAt')) ?? ''
      )
      // Both times are whole seconds: one that is the same may be before or after, and counts.
      if (started >= content.since && started <= until) return true
    }
  }
  return false
}

/** Not the ephemeral ones: a debug container is somebody's look into a pod whose own program may have started well. */
const CONTAINERS = [
  ['containers', 'containerStatuses'],
  ['initContainers', 'initContainerStatuses']
] as const

function uses(container: Json, volumes: ReadonlyMap<string, Json>, content: WrongContent): boolean {
  const [keyRef, mapRef] =
    content.kind === 'ConfigMap' ? ['configMapKeyRef', 'configMapRef'] : ['secretKeyRef', 'secretRef']
  for (const variable of asList(at(container, 'env')) ?? []) {
    const source = at(variable, 'valueFrom', keyRef)
    if (at(source, 'name') !== content.name || !content.keys.has(String(at(source, 'key')))) continue
    if (mayDoWithout(source, content)) return true
  }
  for (const source of asList(at(container, 'envFrom')) ?? [])
    if (at(source, mapRef, 'name') === content.name && mayDoWithout(at(source, mapRef), content)) return true
  return (asList(at(container, 'volumeMounts')) ?? []).some((mount) => {
    const files = filesOf(volumes.get(String(at(mount, 'name'))), content)
    const below = asString(at(mount, 'subPath')) ?? ''
    return [...files].some((file) => below === '' || file === below || file.startsWith(`${below}/`))
  })
}

/** Whether a container that refers to content this way can have started: without what is optional, too. */
function mayDoWithout(reference: Json | undefined, content: WrongContent): boolean {
  return content.missing === undefined || at(reference, 'optional') === true
}

/** Files of a volume that come from wrong keys. */
function filesOf(volume: Json | undefined, content: WrongContent): Set<string> {
  const files = new Set<string>()
  const sources = [volume, ...(asList(at(volume, 'projected', 'sources')) ?? [])]
  for (const source of sources) {
    const part = at(source, content.kind === 'ConfigMap' ? 'configMap' : 'secret')
    // A volume says `secretName`, a projection `name`.
    if ((at(part, 'name') ?? at(part, 'secretName')) !== content.name || !mayDoWithout(part, content)) continue
    const items = asList(at(part, 'items'))
    for (const key of content.keys) {
      if (items === undefined || items.length === 0) files.add(key)
      else for (const item of items) if (at(item, 'key') === key) files.add(asString(at(item, 'path')) ?? key)
    }
  }
  return files
}
