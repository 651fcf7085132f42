import { asNumber, asObject, asString, parseJson } from '../../../json.ts'
import { ApiError, type ApiResource, type ListOptions, type WatchEvent } from '../cluster.ts'
import { ConnectionError } from './http.ts'
import { apiVersionOf, isKubernetesObject } from './objects.ts'
import { collectionPath, query } from './paths.ts'
import { statusError } from './status.ts'
import type { Transport } from './transport.ts'

/**
 * A watch is renewed after this long (seconds), and given up as dead if nothing ends it a little later: load
 * balancers drop connections that are silent for 60 s without telling anybody.
 */
const WATCH_SECONDS = 55
const GRACE_SECONDS = 10

/**
 * Events from a resourceVersion on. Renewed inside across the server's own time limits, lost connections and restarts
 * of the API server; ends when `signal` aborts, or after `EXPIRED`, when a new list is needed.
 */
export async function* watchEvents(
  transport: Transport,
  resource: ApiResource,
  options: ListOptions & { readonly resourceVersion: string },
  signal: AbortSignal
): AsyncGenerator<WatchEvent> {
  let resourceVersion = options.resourceVersion
  let failures = 0
  while (!signal.aborted) {
    try {
      for await (const line of lines(transport, resource, { ...options, resourceVersion }, signal)) {
        const event = readEvent(line, resource)
        failures = 0
        if (event.resourceVersion) resourceVersion = event.resourceVersion
        if (event.event) yield event.event
        if (event.event?.type === 'EXPIRED') return
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && error.code === 410) {
        yield { type: 'EXPIRED' }
        return
      }
      const passing = error instanceof ConnectionError || (error instanceof ApiError && isPassing(error))
      if (!passing || ++failures > 10) throw error
      await transport.recover(error)
    }
  }
}

/** 401: the credentials were renewed meanwhile. */
function isPassing(error: ApiError): boolean {
  return error.code === 401 || error.code === 429 || error.code >= 500
}

async function* lines(
  transport: Transport,
  resource: ApiResource,
  options: ListOptions & { readonly resourceVersion: string },
  signal: AbortSignal
): AsyncGenerator<string> {
  const path = `${collectionPath(resource, options.namespace)}${query({
    watch: true,
    allowWatchBookmarks: true,
    resourceVersion: options.resourceVersion,
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
    timeoutSeconds: WATCH_SECONDS
  })}`
  const response = await transport.stream({ method: 'GET', path, idempotent: true, timeout: 30_000 }, signal)
  const silence = setTimeout(
    () => response.destroy(Object.assign(new Error('the watch fell silent'), { code: 'ETIMEDOUT' })),
    (WATCH_SECONDS + GRACE_SECONDS) * 1000
  )
  response.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of response) {
      const parts = (rest + String(chunk)).split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) if (part !== '') yield part
    }
  } catch (error) {
    throw error instanceof Error && !signal.aborted ? new ConnectionError(error, true, false) : error
  } finally {
    clearTimeout(silence)
    response.destroy()
  }
}

interface Read {
  readonly event?: WatchEvent
  readonly resourceVersion: string | undefined
}

function readEvent(line: string, resource: ApiResource): Read {
  const event = asObject(parseJson(line))
  const type = asString(event?.['type'])
  const object = asObject(event?.['object'])
  if (type === 'ERROR') {
    if (asNumber(object?.['code']) === 410) return { event: { type: 'EXPIRED' }, resourceVersion: undefined }
    throw statusError(object ?? {}, 500, undefined, `watch of ${resource.plural}`)
  }
  const resourceVersion = asString(asObject(object?.['metadata'])?.['resourceVersion'])
  if (object && (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED')) {
    object['apiVersion'] ??= apiVersionOf(resource)
    object['kind'] ??= resource.kind
    if (isKubernetesObject(object)) return { event: { type, object }, resourceVersion }
  }
  return { resourceVersion } // BOOKMARK, or a type of a later Kubernetes
}
