import { asList, asObject, asString, isObject, type Json, parseJson } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { ApiError, type ApiResource } from '../cluster.ts'
import { plainText } from './status.ts'

/** `group/version` as it stands in an object's apiVersion. */
export function apiVersionOf(resource: Pick<ApiResource, 'group' | 'version'>): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
}

/** True for JSON with the fields that every object has. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return (
    isObject(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isObject(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  )
}

/** An object from the text of an answer. @throws ApiError when something on the way answered in its place */
export function readObject(text: string, asked: string): KubernetesObject {
  const value = parseAnswer(text, asked)
  if (!isKubernetesObject(value)) throw unexpected(asked, text)
  return value
}

export interface Page {
  readonly items: KubernetesObject[]
  readonly resourceVersion: string
  readonly next: string | undefined
}

/** A page of a list. Items of a list lack apiVersion and kind: they are filled in. */
export function readPage(text: string, resource: ApiResource, asked: string): Page {
  const list = asObject(parseAnswer(text, asked))
  const items = asList(list?.['items'])
  const metadata = asObject(list?.['metadata'])
  // A list of nothing may be `"items": null` (some extension API servers).
  if (!list || !metadata || (items === undefined && list['items'] !== null)) throw unexpected(asked, text)
  const apiVersion = apiVersionOf(resource)
  const objects: KubernetesObject[] = []
  for (const item of items ?? []) {
    if (!isObject(item)) throw unexpected(asked, text)
    item['apiVersion'] ??= apiVersion
    item['kind'] ??= resource.kind
    if (!isKubernetesObject(item)) throw unexpected(asked, text)
    objects.push(item)
  }
  return {
    items: objects,
    resourceVersion: asString(metadata['resourceVersion']) ?? '',
    next: asString(metadata['continue']) || undefined
  }
}

export function parseAnswer(text: string, asked: string): Json {
  try {
    return parseJson(text)
  } catch {
    throw unexpected(asked, text)
  }
}

function unexpected(asked: string, text: string): ApiError {
  const start = plainText(text).slice(0, 120) || 'nothing'
  return new ApiError(
    502,
    'UnexpectedAnswer',
    `${asked}: the answer is not what a Kubernetes API server gives: ${start}`
  )
}
