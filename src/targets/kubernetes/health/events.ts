import { asObject, at, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Cluster } from '../cluster.ts'
import { clause, integerAt, stringAt } from './status.ts'

/** An event as it tells of one object; equal ones are counted, not repeated. */
export interface EventLine {
  readonly object: { readonly kind: string; readonly name: string; readonly uid: string }
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
  /** Milliseconds since the epoch, of the last occurrence; 0 when it is not known. */
  readonly last: number
}

/** What events are asked about: the object itself and what belongs to it. */
export interface EventSubject {
  readonly kind: string
  readonly name: string
  readonly uid: string
}

/** A subject for each object. */
export function subjectsOf(objects: readonly KubernetesObject[]): EventSubject[] {
  return objects.map((object) => ({
    kind: object.kind,
    name: stringAt(object, 'metadata', 'name'),
    uid: stringAt(object, 'metadata', 'uid')
  }))
}

/**
 * The events about some objects of one namespace, oldest first. Events are a luxury: where they cannot be read there
 * are none. The events of cluster-scoped objects lie in `default`.
 */
export async function eventsAbout(
  cluster: Cluster,
  namespace: string,
  subjects: readonly EventSubject[],
  type: 'Warning' | 'all' = 'Warning'
): Promise<EventLine[]> {
  const resource = await cluster.resourceFor('v1', 'Event').catch(() => undefined)
  if (!resource || subjects.length === 0) return []
  const [only] = subjects
  const selectors = [
    ...(type === 'Warning' ? ['type=Warning'] : []),
    ...(subjects.length === 1 && only ? [`involvedObject.kind=${only.kind}`, `involvedObject.name=${only.name}`] : [])
  ]
  try {
    const { items } = await cluster.list(resource, {
      namespace: namespace || 'default',
      ...(selectors.length > 0 ? { fieldSelector: selectors.join(',') } : {})
    })
    return items
      .map(readEvent)
      .filter((event) => subjects.some((subject) => isAbout(event, subject)))
      .sort((a, b) => a.last - b.last)
  } catch {
    return []
  }
}

/** One line per different event, newest last: `Pod web-1: BackOff: Back-off restarting failed container (7 times)`. */
export function eventLines(events: readonly EventLine[], limit = 12): string[] {
  const merged = new Map<string, EventLine & { objects: Set<string> }>()
  for (const event of events) {
    const key = `${event.object.kind} ${event.reason} ${withoutNames(event)}`
    const known = merged.get(key)
    merged.delete(key) // put last again: the order is that of the last occurrence
    const objects = (known?.objects ?? new Set<string>()).add(event.object.name)
    merged.set(key, { ...event, count: event.count + (known?.count ?? 0), objects })
  }
  return [...merged.values()].slice(-limit).map(({ object, reason, message, count, objects }) => {
    const who = objects.size > 1 ? `${objects.size} ${object.kind}s` : `${object.kind} ${object.name}`
    return `${who}: ${reason}: ${clause(tidy(message))}${count > 1 ? ` (${count} times)` : ''}`
  })
}

/** A message without what only machines read: UIDs, and the scheduler's word on preemption after its reason. */
export function tidy(message: string): string {
  return message
    .replaceAll(/\([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)/g, '')
    .replace(/\. (no new claims to deallocate|preemption:).*$/, '')
}

/** A message without what differs between the pods of one workload. */
function withoutNames(event: EventLine): string {
  return event.message
    .replaceAll(event.object.name, '…')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replaceAll(/[-\w]+-[a-z0-9]{5}\b/g, '…')
}

function isAbout(event: EventLine, subject: EventSubject): boolean {
  if (event.object.kind !== subject.kind || event.object.name !== subject.name) return false
  return event.object.uid === '' || subject.uid === '' || event.object.uid === subject.uid
}

function readEvent(event: JsonObject): EventLine {
  const about = asObject(event['involvedObject']) ?? asObject(event['regarding'])
  const times = [
    stringAt(event, 'series', 'lastObservedTime'),
    stringAt(event, 'lastTimestamp'),
    stringAt(event, 'eventTime'),
    stringAt(event, 'metadata', 'creationTimestamp')
  ]
  const last = times.map((time) => Date.parse(time)).find((time) => !Number.isNaN(time)) ?? 0
  return {
    object: { kind: stringAt(about, 'kind'), name: stringAt(about, 'name'), uid: stringAt(about, 'uid') },
    type: stringAt(event, 'type'),
    reason: stringAt(event, 'reason'),
    message: stringAt(event, 'message') || stringAt(event, 'note'),
    count: at(event, 'series') ? integerAt(event, 1, 'series', 'count') : Math.max(1, integerAt(event, 1, 'count')),
    last
  }
}
