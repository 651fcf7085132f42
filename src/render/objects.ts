import { createHash } from 'node:crypto'
import { GitOpsError } from '../errors.ts'
import { asList, asObject, asString, canonicalJson, isObject, type Json, type JsonObject } from '../json.ts'
import type { Place } from '../log.ts'
import { checkMetadata } from './limits.ts'
import { groupOf, idIn, type KubernetesObject, type Manifest, namespaceOf } from './manifest.ts'
import { errorAt, nameOf as placeName } from './placed.ts'
import type { YamlDocument } from './yaml/index.ts'

/**
 * The objects of a file's documents, Lists unfolded, each checked for what every object needs.
 * @param file relative to the workspace
 * @throws GitOpsError with file:line that says what is missing or wrong
 */
export function toManifests(documents: readonly YamlDocument[], file: string): Manifest[] {
  return documents.flatMap((document) => {
    if (!isObject(document.value))
      throw errorAt(
        { file, line: document.line },
        `this document is ${kindOf(document.value)}, not an object of Kubernetes.`,
        {
          hint: 'Every document of a manifest is a mapping with apiVersion, kind and metadata.'
        }
      )
    return unfold(document.value, document, file).map(({ object, line }) => ({
      object: checked(object, { file, line }),
      source: { file, line }
    }))
  })
}

interface Located {
  readonly object: JsonObject
  readonly line: number
}

function unfold(object: JsonObject, document: YamlDocument, file: string): Located[] {
  const kind = asString(object['kind']) ?? ''
  const items = itemsOf(object, kind)
  if (items === undefined) return [{ object, line: document.lineOf(object) }]
  if (!Array.isArray(items))
    throw errorAt(
      { file, line: document.lineOf(object) },
      `the items of this ${kind} are ${kindOf(items)}, not a list.`,
      { hint: 'Every item stands behind a hyphen: "- apiVersion: …".' }
    )
  return items.flatMap((item) => {
    if (!isObject(item))
      throw errorAt(
        { file, line: document.lineOf(object) },
        `an item of this ${kind} is ${kindOf(item)}, not an object.`,
        {
          hint: 'Every item is a mapping with apiVersion, kind and metadata.'
        }
      )
    // An item of a typed list may leave out what the list says (apimachinery: UnstructuredList).
    const typed = kind !== 'List' && !('apiVersion' in item) && !('kind' in item)
    const inferred: JsonObject = typed
      ? { apiVersion: object['apiVersion'] ?? '', kind: kind.slice(0, -'List'.length) }
      : {}
    return unfold({ ...inferred, ...item }, document, file).map((one) => ({ ...one, line: document.lineOf(item) }))
  })
}

/** The items of a list; undefined for what is none: a custom resource may be called SomethingList and have no items. */
function itemsOf(object: JsonObject, kind: string): Json | undefined {
  const { items } = object
  if (kind === 'List' && object['apiVersion'] === 'v1') return items ?? []
  // Go writes an empty list as null.
  if (kind.endsWith('List') && 'items' in object && asObject(object['metadata'])?.['name'] === undefined)
    return items ?? []
  return kind.endsWith('List') ? asList(items) : undefined
}

function checked(given: JsonObject, place: Place): KubernetesObject {
  const object = withHookName(given)
  const metadata = asObject(object['metadata'])
  const missing = ['apiVersion', 'kind'].filter((key) => object[key] === undefined || object[key] === '')
  if (missing.length === 2) throw notKubernetes(object, place)
  if (metadata !== undefined && metadata['name'] === undefined && metadata['generateName'] !== undefined)
    throw errorAt(place, `${nameOf(object)} has metadata.generateName and no name.`, {
      hint: 'Give it a fixed metadata.name: an object whose name the server makes up cannot be found, compared or pruned by a later run.'
    })
  if (metadata?.['name'] === undefined || metadata['name'] === null || metadata['name'] === '')
    missing.push('metadata.name')
  if (missing.length > 0)
    throw errorAt(place, `${nameOf(object)} has no ${missing.join(' and no ')}.`, {
      hint: 'Every object needs apiVersion, kind and metadata.name.'
    })
  const wrong = fieldThatIsNoText(object, metadata ?? {})
  if (wrong) throw notText(...wrong, object, place)
  if (object['kind'] === 'Kustomization' && String(object['apiVersion']).startsWith('kustomize.config.k8s.io/'))
    throw errorAt(place, `this is a kustomization, which is built, not applied.`, {
      hint: `Give the folder of the kustomization as a path of its own, and call the file kustomization.yaml.`
    })
  // All of it was looked at above.
  const typed = object as KubernetesObject
  checkMetadata(typed, place)
  checkDataSize(typed, place)
  return typed
}

/**
 * Hooks are made anew for every run and never compared, so Argo's may leave their name to the server. They get one that
 * follows from what they are: the next run finds what this one left.
 */
function withHookName(object: JsonObject): JsonObject {
  const metadata = asObject(object['metadata']) ?? {}
  const { generateName, ...rest } = metadata
  const annotations = asObject(metadata['annotations']) ?? {}
  const isHook = HOOKS.some((name) => asString(annotations[name]) !== undefined)
  if (!isHook || metadata['name'] !== undefined || typeof generateName !== 'string' || generateName === '')
    return object
  const hash = createHash('sha256').update(canonicalJson(object)).digest('hex').slice(0, 8)
  // As the API server cuts it, so that the names of a Job's pods stay labels.
  return { ...object, metadata: { ...rest, name: `${generateName.slice(0, MAX_BASE)}${hash}` } }
}

const HOOKS = ['argocd.argoproj.io/hook', 'helm.sh/hook']
const MAX_BASE = 55

/**
 * The first field that is no text although the API server takes nothing else there, and its value; YAML makes `1.10`,
 * `yes` and `0644` something else. Undefined when all are.
 */
function fieldThatIsNoText(object: JsonObject, metadata: JsonObject): [string, Json] | undefined {
  for (const key of ['apiVersion', 'kind']) {
    const value = object[key]
    if (value !== undefined && typeof value !== 'string') return [key, value]
  }
  const { name, namespace, labels, annotations } = metadata
  if (name !== undefined && typeof name !== 'string') return ['metadata.name', name]
  if (namespace !== undefined && namespace !== null && typeof namespace !== 'string')
    return ['metadata.namespace', namespace]
  const found = entryThatIsNoText('metadata.labels', labels) ?? entryThatIsNoText('metadata.annotations', annotations)
  if (found || (object['kind'] !== 'ConfigMap' && object['kind'] !== 'Secret')) return found
  for (const key of ['data', 'binaryData', 'stringData']) {
    const entry = entryThatIsNoText(key, object[key])
    if (entry) return entry
  }
  return undefined
}

function entryThatIsNoText(path: string, map: Json | undefined): [string, Json] | undefined {
  if (!isObject(map)) return undefined
  for (const key of Object.keys(map)) {
    const value = map[key]
    // The API server reads null as the empty text.
    if (value !== undefined && value !== null && typeof value !== 'string') return [`${path}["${key}"]`, value]
  }
  return undefined
}

function notText(path: string, value: Json, object: JsonObject, place: Place): GitOpsError {
  return errorAt(place, `${path} of ${nameOf(object)} is ${kindOf(value)}, and must be text.`, {
    hint: typeof value === 'object' ? 'Give it a text.' : 'Put the value in quotes.'
  })
}

function notKubernetes(object: JsonObject, place: Place): GitOpsError {
  const base = place.file.split('/').at(-1) ?? ''
  const what = /^values([.-].*)?\.ya?ml$/.test(base)
    ? 'It looks like a values file of Helm.'
    : base === 'Chart.yaml'
      ? 'It is the description of a Helm chart.'
      : `It begins with ${
          Object.keys(object)
            .slice(0, 3)
            .map((key) => `"${key}"`)
            .join(', ') || 'nothing'
        }.`
  return errorAt(place, `this is no object of Kubernetes: it has neither apiVersion nor kind. ${what}`, {
    hint: 'Move the file out of the directory of manifests, or name the manifests one by one or by a glob.'
  })
}

// ValidateConfigMap and ValidateSecret of the API server: 1 MiB of values.
const MAX_DATA = 1024 * 1024

function checkDataSize(object: KubernetesObject, place: Place): void {
  if (groupOf(object) !== '' || (object.kind !== 'ConfigMap' && object.kind !== 'Secret')) return
  const size = dataSize(object)
  if (size > MAX_DATA)
    throw errorAt(place, `${nameOf(object)} holds ${mebibytes(size)} MiB; the API server takes 1 MiB at most.`, {
      hint: 'Split it, or put large files into an image or a volume.'
    })
}

/** etcd refuses larger requests (--max-request-bytes). */
const MAX_OBJECT = 1.5 * 1024 * 1024

/**
 * Refuses an object that no cluster could store.
 * @param json the object as JSON
 */
export function checkSize({ object, source }: Manifest, json: string): void {
  if (json.length * 3 <= MAX_OBJECT) return
  const size = Buffer.byteLength(json)
  if (size > MAX_OBJECT)
    throw errorAt(source, `${nameOf(object)} has ${mebibytes(size)} MiB; a cluster stores 1.5 MiB at most.`, {
      hint: 'Make it smaller; of a CustomResourceDefinition, descriptions can be left out.'
    })
}

function dataSize(object: KubernetesObject): number {
  let size = 0
  for (const key of ['data', 'binaryData', 'stringData'])
    for (const value of Object.values(asObject(object[key]) ?? {})) {
      const encoded = key === 'binaryData' || (key === 'data' && object.kind === 'Secret')
      if (typeof value === 'string') size += encoded ? Buffer.byteLength(value, 'base64') : Buffer.byteLength(value)
    }
  return size
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}

/**
 * Refuses a set that declares an object twice, since only one of them could win. The same object as two hooks of Helm
 * is not meant: they live one after the other.
 * @throws GitOpsError that names both places
 */
export function refuseDuplicates(manifests: readonly Manifest[], defaultNamespace: string | undefined): void {
  const first = new Map<string, Manifest>()
  for (const manifest of manifests) {
    const { object } = manifest
    const id = idIn(object, namespaceOf(object) ?? defaultNamespace)
    const other = first.get(id)
    if (other && !(isHook(other) && isHook(manifest))) {
      const message = `${nameOf(object)} is declared twice: ${placeName(other.source)} and ${placeName(manifest.source)}.`
      const annotations = [other, manifest].map(({ source }) => ({ place: source, message }))
      throw new GitOpsError(message, { hint: 'Keep one of them.', annotations })
    }
    first.set(id, manifest)
  }
}

function isHook(manifest: Manifest): boolean {
  return asObject(manifest.object.metadata['annotations'])?.['helm.sh/hook'] !== undefined
}

function nameOf(object: JsonObject): string {
  const metadata = asObject(object['metadata'])
  const kind = asString(object['kind']) || 'the object'
  const name = metadata?.['name']
  if ((typeof name !== 'string' && typeof name !== 'number') || name === '') return kind
  const namespace = asString(metadata?.['namespace'])
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`
}

function kindOf(value: Json): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'object':
      return 'a mapping'
    case 'string':
      return 'a text'
    case 'boolean':
      return `the boolean ${value}`
    default:
      return 'a number'
  }
}
