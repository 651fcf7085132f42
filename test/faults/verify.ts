import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { GitOpsError } from '../../src/errors.ts'
import { asList, asObject, asString, at, type Json, type JsonObject } from '../../src/json.ts'
import { applySetId } from '../../src/targets/kubernetes/inventory.ts'
import type { Api } from '../platform/api.ts'
import { type Declared, isHook } from './objects.ts'

export interface Place {
  readonly namespace: string
  /** Of the CustomResourceDefinition. */
  readonly group: string
}

/** Lists that hold everything a round can have made. */
function collections({ namespace, group }: Place): Readonly<Record<string, string>> {
  const inside = (path: string) => path.replace('*', `namespaces/${namespace}`)
  return {
    ConfigMap: inside('/api/v1/*/configmaps'),
    Secret: inside('/api/v1/*/secrets'),
    Service: inside('/api/v1/*/services'),
    ServiceAccount: inside('/api/v1/*/serviceaccounts'),
    Role: inside('/apis/rbac.authorization.k8s.io/v1/*/roles'),
    RoleBinding: inside('/apis/rbac.authorization.k8s.io/v1/*/rolebindings'),
    Deployment: inside('/apis/apps/v1/*/deployments'),
    Widget: inside(`/apis/${group}/v1/*/widgets`),
    Job: inside('/apis/batch/v1/*/jobs'),
    CustomResourceDefinition: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  }
}

/** The set that a round's deploys own. */
export function setIdOf({ namespace }: Place): string {
  return applySetId({ environment: 'default', target: 'web', namespace })
}

/** The UID of every object that a round can have made, by `Kind/name`. */
export async function identities(api: Api, place: Place): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  // The kind that the round brings is not there at first.
  for (const [kind, path] of Object.entries(collections(place)))
    for (const item of (await itemsOf(api, path)) ?? [])
      found.set(`${kind}/${asString(at(item, 'metadata', 'name'))}`, asString(at(item, 'metadata', 'uid')) ?? '')
  return found
}

/** An API server that has just come back says "try later" (429) until it has read a custom kind from its store. */
const PATIENCE = 60_000

/** The items of a list; undefined where the API server does not know the kind. */
async function itemsOf(api: Api, path: string): Promise<readonly Json[] | undefined> {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    const { status, body } = await api.call('GET', path)
    if (status === 404) return undefined
    if (status < 300) return asList(at(body, 'items')) ?? []
    if (status !== 429 || Date.now() > deadline)
      throw new GitOpsError(`GET ${path}: ${status} ${String(at(body, 'message') ?? '')}`)
    await sleep(200)
  }
}

/** Declared objects that were there and are not the same any more: lost and made anew. Hooks are made anew on purpose. */
export function replaced(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  declared: readonly Declared[]
): string[] {
  return declared
    .filter((object) => !isHook(object))
    .map((object) => `${object.kind}/${object.metadata.name}`)
    .filter((id) => before.has(id) && after.has(id) && before.get(id) !== after.get(id))
    .map((id) => `${id} was deleted and made anew`)
}

/** What Kubernetes puts into every namespace, and our inventory. */
const FURNITURE = new Set(['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt', 'Secret/gitops.default.web'])

/**
 * What is not as declared: one line per object that is missing, different or left over.
 * @param foreign names of objects that are others'
 */
export async function differences(
  api: Api,
  place: Place,
  declared: readonly Declared[],
  foreign: ReadonlySet<string>
): Promise<string[]> {
  const found: string[] = []
  const part = setIdOf(place)
  for (const [kind, path] of Object.entries(collections(place))) {
    const items = (await itemsOf(api, path)) ?? []
    const live = new Map(items.map((item) => [asString(at(item, 'metadata', 'name')) ?? '', item]))
    const wanted = declared.filter((one) => one.kind === kind)
    for (const object of wanted) {
      const { name } = object.metadata
      const there = live.get(name)
      if (there === undefined) found.push(`${kind} ${name} is missing`)
      else if (!holds(there, comparable(object))) found.push(`${kind} ${name} is not as declared`)
      else if (!isHook(object) && memberOf(there) !== part) found.push(`${kind} ${name} is not in the set`)
    }
    const names = new Set(wanted.map((one) => one.metadata.name))
    for (const [name, item] of live) {
      if (names.has(name) || foreign.has(name) || FURNITURE.has(`${kind}/${name}`)) continue
      // The namespace is the round's own; of what lies outside, only what carries its label is.
      if (memberOf(item) === part || kind !== 'CustomResourceDefinition') found.push(`${kind} ${name} is left over`)
    }
  }
  const lease = await api.call(
    'GET',
    `/apis/coordination.k8s.io/v1/namespaces/${place.namespace}/leases/gitops.default.web`
  )
  if (lease.status !== 404) found.push('the lease was not released')
  const inventory = await api.need('GET', `/api/v1/namespaces/${place.namespace}/secrets/gitops.default.web`)
  const record: unknown = JSON.parse(
    Buffer.from(asString(at(inventory, 'data', 'record')) ?? 'e30=', 'base64').toString('utf8')
  )
  if (asString(at(record as Json, 'status')) !== 'succeeded')
    found.push(`the record says ${JSON.stringify(at(record as Json, 'status'))}`)
  const kinds = asString(at(inventory, 'metadata', 'annotations', 'applyset.kubernetes.io/contains-group-kinds')) ?? ''
  for (const object of declared)
    if (!isHook(object) && !kinds.split(',').some((one) => one.split('.')[0] === object.kind))
      found.push(`the inventory does not know ${object.kind}`)
  return [...new Set(found)]
}

function memberOf(object: Json): string | undefined {
  return asString(at(object, 'metadata', 'labels', 'applyset.kubernetes.io/part-of'))
}

function comparable(object: Declared): JsonObject {
  // The items of a list say neither their kind nor its version.
  const { apiVersion: _, kind: __, stringData, ...rest } = object
  const texts = asObject(stringData)
  if (!texts) return rest
  const data = Object.entries(texts).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')] as const)
  return { ...rest, data: Object.fromEntries(data) }
}

/** Whether everything that is declared stands in what lives; lists item by item. */
function holds(live: Json | undefined, declared: Json): boolean {
  const map = asObject(declared)
  if (map) return Object.entries(map).every(([key, value]) => value === undefined || holds(at(live, key), value))
  const list = asList(declared)
  if (list) {
    const there = asList(live)
    return there?.length === list.length && list.every((value, index) => holds(there[index], value))
  }
  return isDeepStrictEqual(live, declared)
}
