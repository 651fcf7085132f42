import { isObject, type Json } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { matchesItem, type Pattern } from '../../../../src/targets/kubernetes/compare/pattern.ts'

/**
 * Where two states of an object differ, found by brute force and independently of the product: every leaf is written
 * down with a path in which items of lists stand as `*`. Items are paired by name-like fields where both lists have
 * them, else by position; a changed order shows at the list itself.
 */
export function changedPlaces(before: KubernetesObject, after: KubernetesObject): string[] {
  const found = new Set<string>()
  walk(clean(before), clean(after), [], found, isBuiltIn(before.apiVersion))
  return [...found]
}

export function isBuiltIn(apiVersion: string): boolean {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  return !group.includes('.') || group.endsWith('.k8s.io')
}

/** The path of a report in the same form. */
export function skeleton(path: string): string {
  return path
    .replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]])*\]/g, (part) =>
      /^\[(\d+|=.*|[\w]+=.*)\]$/.test(part) ? '.*' : `.${part.slice(1, -1)}`
    )
    .replaceAll('"', '')
}

/** The values that patterns of fields and keyed items select. */
export function valuesAt(root: Json, patterns: readonly Pattern[]): Json[] {
  return patterns.flatMap((pattern) => {
    let values: Json[] = [root]
    for (const step of pattern)
      values = values.flatMap((value) => {
        if (Array.isArray(value)) return value.filter((item, index) => matchesItem(step, item, index))
        const next = isObject(value) && step.step === 'field' ? value[step.name] : undefined
        return next === undefined ? [] : [next]
      })
    return values
  })
}

/** Without what the API server and controllers write by themselves. */
export function clean(object: KubernetesObject): Json {
  const { status, ...rest } = structuredClone(object)
  // The only kind of the samples whose status anybody may write.
  if (object.kind === 'Plain' && status !== undefined) rest['status'] = status
  // Claims are bound at any time.
  if (object.kind === 'PersistentVolumeClaim' && isObject(rest['spec'])) delete rest['spec']['volumeName']
  const metadata = { ...object.metadata } as { [key: string]: Json }
  for (const noise of [
    'managedFields',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'uid',
    'deletionTimestamp'
  ])
    delete metadata[noise]
  const annotations = metadata['annotations']
  if (isObject(annotations)) {
    const kept = Object.entries(annotations).filter(
      ([key]) =>
        !/last-applied|deployment.kubernetes.io\/revision|deprecated.daemonset|^(pv|volume).*kubernetes.io\//.test(key)
    )
    if (kept.length > 0) metadata['annotations'] = Object.fromEntries(kept)
    else delete metadata['annotations']
  }
  return { ...rest, metadata }
}

function walk(a: Json | undefined, b: Json | undefined, path: string[], found: Set<string>, builtin: boolean): void {
  if (a === b) return
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      walk(a[key], b[key], [...path, key], found, builtin)
  } else if (Array.isArray(a) && Array.isArray(b)) walkLists(a, b, path, found, builtin)
  else if (!(builtin && sameAmount(a, b, path))) {
    // A whole map or list that came or went: each of its leaves did.
    const value = a ?? b
    if ((a === undefined || b === undefined) && isObject(value) && Object.keys(value).length > 0)
      for (const key of Object.keys(value))
        walk(isObject(a) ? a[key] : undefined, isObject(b) ? b[key] : undefined, [...path, key], found, builtin)
    else found.add(path.join('.'))
  }
}

/** What items are paired by, first match wins: fields that every item of both lists has, and no two alike. */
const NAMES = [
  ['port', 'protocol'],
  ['containerPort', 'protocol'],
  ['name'],
  ['mountPath'],
  ['uid'],
  ['ip'],
  ['topologyKey']
]

function walkLists(a: Json[], b: Json[], path: string[], found: Set<string>, builtin: boolean): void {
  const fields = NAMES.find((names) => [a, b].every((list) => list.length > 0 && distinct(list, names)))
  if (fields === undefined) {
    if (a.length !== b.length) found.add(path.join('.'))
    else for (const [index, item] of a.entries()) walk(item, b[index], [...path, '*'], found, builtin)
    return
  }
  const of = (list: Json[]): Map<string, Json> => new Map(list.map((item) => [nameOf(item, fields) ?? '', item]))
  const [x, y] = [of(a), of(b)]
  for (const key of new Set([...x.keys(), ...y.keys()])) walk(x.get(key), y.get(key), [...path, '*'], found, builtin)
  const order = (one: Map<string, Json>, other: Map<string, Json>): string =>
    JSON.stringify([...one.keys()].filter((key) => other.has(key)))
  if (order(x, y) !== order(y, x)) found.add(path.join('.'))
}

function distinct(list: Json[], fields: readonly string[]): boolean {
  const names = list.map((item) => nameOf(item, fields))
  return names.every((name) => name !== undefined) && new Set(names).size === names.length
}

function nameOf(item: Json, fields: readonly string[]): string | undefined {
  if (!isObject(item) || fields.some((field) => !['string', 'number'].includes(typeof item[field]))) return undefined
  return fields.map((field) => String(item[field])).join('/')
}

const AMOUNT = /(^|\.)(requests|limits|hard|max|min|storage|sizeLimit|divisor|averageValue|cpu|memory|pods)(\.|$)/
const UNITS: Readonly<Record<string, number>> = {
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40
}

/** Amounts that differ in spelling only, where Kubernetes has amounts. */
function sameAmount(a: Json | undefined, b: Json | undefined, path: string[]): boolean {
  if (!AMOUNT.test(path.join('.'))) return false
  const amount = (value: Json | undefined): number => {
    const match = /^([\d.]+(?:e\d+)?)(u|m|k|Ki|Mi|Gi|Ti)?$/.exec(String(value))
    return match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1) : Number.NaN
  }
  return amount(a) === amount(b)
}
