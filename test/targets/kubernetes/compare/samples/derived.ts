import { asObject, at, isObject, type Json, type JsonObject } from '../../../../../src/json.ts'
import type { KubernetesObject } from '../../../../../src/render/manifest.ts'
import { type Path, printPath } from '../../../../../src/targets/kubernetes/ownership/index.ts'
import { META, type Sample } from './sample.ts'

type Values = readonly (Json | undefined)[]

/**
 * A sample made from any object: at every place of it the values that one could write there by mistake or on purpose
 * (other spellings, other types, nothing, empty ones, lists turned around or with one item twice), and with a schema
 * also at the places that the object leaves out. What the API server refuses simply does not happen.
 */
export function derived(
  object: KubernetesObject,
  options: { schema?: JsonObject; clusterScoped?: boolean } = {}
): Sample {
  const knobs: Record<string, Values> = { ...META }
  const { apiVersion, kind, metadata, status: _, ...body } = object
  for (const [field, value] of Object.entries(body)) collect(value, [field], knobs)
  const properties = asObject(options.schema?.['properties'])
  for (const [field, schema] of Object.entries(properties ?? {}))
    if (!['apiVersion', 'kind', 'metadata', 'status'].includes(field)) absent(schema, body[field], [field], knobs)
  const labels = { ...asObject(metadata['labels']), app: 'x' }
  const annotations = asObject(metadata['annotations'])
  return {
    object: {
      apiVersion,
      kind,
      metadata: { name: 'x', labels, ...(annotations === undefined ? {} : { annotations }) },
      ...body
    } as KubernetesObject,
    clusterScoped: options.clusterScoped ?? false,
    knobs
  }
}

function collect(value: Json, path: Path, knobs: Record<string, Values>): void {
  if (!canBeSet(path)) return
  knobs[printPath(path)] = variants(value)
  if (Array.isArray(value)) for (const [index, item] of value.entries()) collect(item, [...path, { index }], knobs)
  else if (isObject(value)) for (const [field, item] of Object.entries(value)) collect(item, [...path, field], knobs)
}

/** `setAt` reads a path from text, in which some names cannot be told from positions and keys. */
function canBeSet(path: Path): boolean {
  return path.every((step) => typeof step !== 'string' || !/^\d+$|[="[\]]/.test(step))
}

function variants(value: Json): Values {
  if (Array.isArray(value)) {
    const [first, ...rest] = value
    const twice = first === undefined ? [] : [[...value, first]]
    return [value, [...value].reverse(), rest, ...twice, [], null, undefined]
  }
  if (isObject(value)) {
    const [, ...rest] = Object.entries(value)
    return [value, Object.fromEntries(rest), {}, null, undefined]
  }
  if (typeof value === 'boolean') return [value, !value, null, undefined]
  if (typeof value === 'number') return [value, value + 1, 0, String(value), null, undefined]
  return [value, ...spellings(String(value)), `${String(value)}x`, '', null, undefined]
}

/** The same text as another amount, number or duration. */
function spellings(text: string): Json[] {
  const [, amount, unit] = /^(\d+)(m|Ki|Mi|Gi)$/.exec(text) ?? []
  if (amount !== undefined && unit === 'm') return [`${Number(amount) / 1000}`, `${amount}000u`, Number(amount) / 1000]
  if (amount !== undefined && unit === 'Mi')
    return [`${Number(amount) * 1024}Ki`, Number(amount) * 2 ** 20, `${amount}.0Mi`]
  return /^\d+$/.test(text) ? [Number(text), `${text}000m`, `${text}e0`] : []
}

/** Places that a schema has and the object does not. */
function absent(schema: Json, value: Json | undefined, path: Path, knobs: Record<string, Values>): void {
  if (!canBeSet(path) || path.length > 6) return
  if (value === undefined) {
    const made = example(schema)
    knobs[printPath(path)] = [made, empty(schema), null, undefined]
    return
  }
  const properties = asObject(at(schema, 'properties'))
  if (isObject(value) && properties)
    for (const [field, inner] of Object.entries(properties)) absent(inner, value[field], [...path, field], knobs)
  const items = at(schema, 'items')
  if (Array.isArray(value) && isObject(items))
    for (const [index, item] of value.entries()) absent(items, item, [...path, { index }], knobs)
}

function empty(schema: Json): Json {
  const type = at(schema, 'type')
  if (type === 'array') return []
  if (type === 'object') return {}
  if (type === 'boolean') return false
  return type === 'string' ? '' : 0
}

/** Something that a schema allows, as far as that is easily told. */
function example(schema: Json): Json {
  const choices = at(schema, 'enum')
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0]
  const type = at(schema, 'type')
  const items = at(schema, 'items')
  if (type === 'array') return items === undefined ? [] : [example(items)]
  if (type === 'object') {
    const properties = asObject(at(schema, 'properties'))
    const required = at(schema, 'required')
    const wanted = Array.isArray(required) ? required : Object.keys(properties ?? {}).slice(0, 1)
    if (!properties)
      return {
        a: isObject(at(schema, 'additionalProperties')) ? example(at(schema, 'additionalProperties') as Json) : 'b'
      }
    return Object.fromEntries(
      wanted.flatMap((name) =>
        typeof name === 'string' && properties[name] !== undefined ? [[name, example(properties[name])]] : []
      )
    )
  }
  if (type === 'boolean') return true
  if (type === 'integer' || type === 'number') return 1
  if (at(schema, 'x-kubernetes-int-or-string') === true) return '1'
  const pattern = String(at(schema, 'pattern') ?? '')
  return pattern.includes('ms') || pattern.includes('[smhdwy]') ? '30s' : 'a'
}
