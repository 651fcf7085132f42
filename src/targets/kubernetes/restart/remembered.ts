import { asList, asString, at, type Json } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { managedEntries, ownEntry } from '../ownership/index.ts'
import type { WrongContent } from './stale.ts'

/** More pods than this are found by their time of start alone. */
const MOST_PODS = 500

/** The form in which content that pods may still run is kept, from before it is put right until the last pod is new. */
export function contentsToJson(contents: readonly WrongContent[]): Json {
  return {
    version: 1,
    contents: contents.map(({ id, keys, paths, since, until, missing, guessed, pods }) => ({
      id,
      keys: [...keys],
      paths: [...paths],
      since: new Date(since).toISOString(),
      ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
      ...(missing ? { missing } : {}),
      ...(guessed ? { guessed } : {}),
      ...(pods && pods.size <= MOST_PODS ? { pods: [...pods] } : {})
    }))
  }
}

/**
 * Content that was wrong when healing began to put it right, so that pods may still run it. Anybody who may write to
 * the inventory may have written it: it counts only for what is declared (`lives`: those as they live, or are made anew, by object id),
 * and what is not of our form is left out.
 */
export function readContents(value: Json | undefined, lives: ReadonlyMap<string, KubernetesObject>): WrongContent[] {
  if (at(value, 'version') !== 1) return []
  return (asList(at(value, 'contents')) ?? []).flatMap((item): WrongContent[] => {
    const id = asString(at(item, 'id')) ?? ''
    const live = lives.get(id)
    const kind = live?.kind
    const namespace = asString(live?.metadata['namespace'])
    const since = momentAt(item, 'since')
    if (live?.apiVersion !== 'v1' || (kind !== 'ConfigMap' && kind !== 'Secret')) return []
    if (namespace === undefined || since === undefined) return []
    const until = momentAt(item, 'until')
    const pods = asList(at(item, 'pods'))
    return [
      {
        id,
        kind,
        name: live.metadata.name,
        namespace,
        keys: new Set(texts(at(item, 'keys'))),
        paths: texts(at(item, 'paths')),
        since,
        ...(until === undefined ? {} : { until }),
        ...(at(item, 'missing') === true ? { missing: true } : {}),
        ...(at(item, 'guessed') === true ? { guessed: true } : {}),
        ...(pods ? { pods: new Set(texts(pods)) } : {})
      }
    ]
  })
}

/** How long after it was put right a container may still have been given the old content: its start comes later. */
const GRACE_MS = 5_000

/**
 * When wrong content was put right: by what the API server recorded of our last apply, since the time of whoever asks
 * may be much later. Undefined where it is not recorded, or was not put right since it became wrong.
 */
export function putRightAt(live: KubernetesObject | undefined, { since }: WrongContent): number | undefined {
  const time = Date.parse((live && ownEntry(managedEntries(live))?.time) ?? '')
  return time >= since ? time + GRACE_MS : undefined
}

function momentAt(item: Json, name: string): number | undefined {
  const time = Date.parse(asString(at(item, name)) ?? '')
  return Number.isNaN(time) ? undefined : time
}

function texts(value: Json | undefined): string[] {
  return (asList(value) ?? []).filter((one) => typeof one === 'string')
}
