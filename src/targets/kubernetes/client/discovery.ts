import { GitOpsError } from '../../../errors.ts'
import { asList, asObject, asString, at, type Json } from '../../../json.ts'
import { ApiError, type ApiResource } from '../cluster.ts'
import { describeApiError } from './explain.ts'
import { parseAnswer } from './objects.ts'
import type { Transport } from './transport.ts'

/** What the server serves. `unavailable` are groups that it lists but cannot ask at the moment (an extension API server that is down). */
export interface Discovery {
  readonly resources: readonly ApiResource[]
  readonly unavailable: ReadonlySet<string>
}

const AGGREGATED = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',')

interface Found {
  readonly resources: ApiResource[]
  readonly unavailable: string[]
}

/**
 * All resource types: two requests where the server knows aggregated discovery (1.26 and newer), one per group
 * version on older ones. An extension API server that is down costs only its own group.
 */
export async function discover(transport: Transport): Promise<Discovery> {
  try {
    const [core, groups] = await Promise.all([discoverRoot(transport, '/api'), discoverRoot(transport, '/apis')])
    return {
      resources: [...core.resources, ...groups.resources],
      unavailable: new Set([...core.unavailable, ...groups.unavailable])
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 403) throw describeApiError(error, 'Asking the API server what it serves')
    throw new GitOpsError(`The server does not answer as a Kubernetes API server: ${error.message}.`, {
      hint: 'Check the server in the kubeconfig: its address, its port and its path.',
      cause: error
    })
  }
}

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/**
 * Whether a CustomResourceDefinition seems to define a kind, by its name (`widgets.example.com`). Asks for names only:
 * definitions are large.
 */
export async function seemsDefined(transport: Transport, group: string, kind: string): Promise<boolean> {
  const stem = kind.toLowerCase().slice(0, -1) // policy → policies
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'
  try {
    const list = await get(transport, CRDS, accept)
    return items(list, 'items').some((item) => {
      const name = asString(at(item, 'metadata', 'name')) ?? ''
      return name.startsWith(stem) && name.endsWith(`.${group}`)
    })
  } catch (error) {
    if (error instanceof ApiError) return false // not allowed to see them
    throw error
  }
}

async function discoverRoot(transport: Transport, root: '/api' | '/apis'): Promise<Found> {
  const answer = await get(transport, root, AGGREGATED)
  return asString(asObject(answer)?.['kind']) === 'APIGroupDiscoveryList'
    ? readAggregated(answer)
    : readLegacy(transport, root, answer)
}

async function get(transport: Transport, path: string, accept = 'application/json'): Promise<Json> {
  const { text } = await transport.call({ method: 'GET', path, accept, idempotent: true, timeout: 30_000 })
  return parseAnswer(text, `GET ${path}`)
}

function readAggregated(list: Json): Found {
  const resources: ApiResource[] = []
  const unavailable: string[] = []
  for (const group of items(list, 'items')) {
    const name = asString(asObject(group['metadata'])?.['name']) ?? ''
    for (const version of items(group, 'versions')) {
      const versionName = asString(version['version']) ?? ''
      if (version['freshness'] === 'Stale') unavailable.push(name)
      for (const item of items(version, 'resources')) {
        const kind = asString(asObject(item['responseKind'])?.['kind'])
        const plural = asString(item['resource'])
        if (!kind || !plural) continue
        resources.push({
          group: name,
          version: versionName,
          kind,
          plural,
          namespaced: item['scope'] === 'Namespaced',
          verbs: strings(item['verbs']),
          shortNames: strings(item['shortNames']),
          subresources: items(item, 'subresources').map((sub) => asString(sub['subresource']) ?? '')
        })
      }
    }
  }
  return { resources, unavailable }
}

async function readLegacy(transport: Transport, root: '/api' | '/apis', answer: Json): Promise<Found> {
  const versions =
    root === '/api'
      ? strings(asObject(answer)?.['versions']).map((version) => ({ group: '', version }))
      : items(answer, 'groups').flatMap((group) =>
          items(group, 'versions').map((version) => ({
            group: asString(group['name']) ?? '',
            version: asString(version['version']) ?? ''
          }))
        )
  const unavailable: string[] = []
  const lists = await Promise.all(
    versions.map(async ({ group, version }) => {
      try {
        const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
        return readResourceList(await get(transport, path), group, version)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        unavailable.push(group)
        return []
      }
    })
  )
  return { resources: lists.flat(), unavailable }
}

function readResourceList(list: Json, group: string, version: string): ApiResource[] {
  const entries = items(list, 'resources')
  const name = (entry: { [key: string]: Json }) => asString(entry['name']) ?? ''
  return entries
    .filter((entry) => !name(entry).includes('/'))
    .map((entry) => ({
      group,
      version,
      kind: asString(entry['kind']) ?? '',
      plural: name(entry),
      namespaced: entry['namespaced'] === true,
      verbs: strings(entry['verbs']),
      shortNames: strings(entry['shortNames']),
      subresources: entries
        .filter((other) => name(other).startsWith(`${name(entry)}/`))
        .map((other) => name(other).slice(name(entry).length + 1))
    }))
}

function items(value: Json | undefined, key: string): { [key: string]: Json }[] {
  return (asList(asObject(value)?.[key]) ?? []).map(asObject).filter((item) => item !== undefined)
}

function strings(value: Json | undefined): string[] {
  return (asList(value) ?? []).filter((item) => typeof item === 'string')
}
