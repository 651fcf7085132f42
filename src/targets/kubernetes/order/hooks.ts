import { asString, at } from '../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../render/manifest.ts'

export type HookEvent =
  | 'pre-install'
  | 'post-install'
  | 'pre-upgrade'
  | 'post-upgrade'
  | 'pre-rollback'
  | 'post-rollback'
  | 'pre-delete'
  | 'post-delete'
  | 'test'
  /** Argo's Sync: in the middle of the sync, at its wave. */
  | 'sync'
  /** Argo's SyncFail: after a failed deploy. */
  | 'sync-fail'

export type HookDeletePolicy = 'before-hook-creation' | 'hook-succeeded' | 'hook-failed'

/** An object that is run at an event and is no part of what is deployed. */
export interface Hook {
  /** Empty: never run (Argo's `Skip`, unknown events). */
  readonly events: readonly HookEvent[]
  /** Smaller ones run first. Helm's hook-weight, or Argo's sync-wave. */
  readonly weight: number
  /** Empty when none is given; then both Helm and Argo delete an older one before they create it anew. */
  readonly deletePolicies: readonly HookDeletePolicy[]
}

const HELM = 'helm.sh/hook'
const ARGO = 'argocd.argoproj.io/hook'
export const WAVE = 'argocd.argoproj.io/sync-wave'

const HELM_EVENTS: Readonly<Record<string, HookEvent>> = {
  'pre-install': 'pre-install',
  'post-install': 'post-install',
  'pre-upgrade': 'pre-upgrade',
  'post-upgrade': 'post-upgrade',
  'pre-rollback': 'pre-rollback',
  'post-rollback': 'post-rollback',
  'pre-delete': 'pre-delete',
  'post-delete': 'post-delete',
  test: 'test',
  'test-success': 'test',
  'test-failure': 'test'
}

const ARGO_EVENTS: Readonly<Record<string, readonly HookEvent[]>> = {
  PreSync: ['pre-install', 'pre-upgrade', 'pre-rollback'],
  Sync: ['sync'],
  PostSync: ['post-install', 'post-upgrade', 'post-rollback'],
  SyncFail: ['sync-fail'],
  PreDelete: ['pre-delete'],
  PostDelete: ['post-delete'],
  Skip: []
}

const POLICIES: Readonly<Record<string, HookDeletePolicy>> = {
  'before-hook-creation': 'before-hook-creation',
  'hook-succeeded': 'hook-succeeded',
  'hook-failed': 'hook-failed',
  BeforeHookCreation: 'before-hook-creation',
  HookSucceeded: 'hook-succeeded',
  HookFailed: 'hook-failed'
}

/**
 * What kind of hook an object is, or undefined for one that is simply deployed. Where both are given Helm's annotation
 * counts, because it tells install from upgrade; charts add Argo's for Argo, which cannot. Helm 2's `crd-install` is
 * no hook any more: such a CRD is deployed. Never throws; `hookProblems` says what is wrong with the annotations.
 */
export function hookOf(object: KubernetesObject): Hook | undefined {
  if (object.metadata['annotations'] === undefined) return undefined
  const helm = words(object, HELM)
  if (helm.length > 0) {
    if (helm.includes('crd-install') && isDefinition(object)) return undefined
    return {
      events: unique(helm.flatMap((word) => HELM_EVENTS[word] ?? [])),
      weight: integer(annotation(object, 'helm.sh/hook-weight')) ?? 0,
      deletePolicies: policies(object, 'helm.sh/hook-delete-policy')
    }
  }
  const argo = words(object, ARGO)
  if (argo.length === 0) return undefined
  return {
    events: unique(argo.flatMap((word) => ARGO_EVENTS[word] ?? [])),
    weight: waveOf(object),
    deletePolicies: policies(object, 'argocd.argoproj.io/hook-delete-policy')
  }
}

/** The sync wave of an object; 0 when it names none, or none that is a number. */
export function waveOf(object: KubernetesObject): number {
  return integer(annotation(object, WAVE)) ?? 0
}

/** What is wrong with the annotations of hooks and waves: a typo there would silently leave an object out. */
export function hookProblems(object: KubernetesObject): string[] {
  const problems: string[] = []
  const check = (key: string, known: readonly string[]) => {
    for (const word of words(object, key))
      if (!known.includes(word)) problems.push(`${key} is "${word}"; it knows ${known.join(', ')}`)
  }
  check(HELM, [...Object.keys(HELM_EVENTS), ...(isDefinition(object) ? ['crd-install'] : [])])
  check(ARGO, Object.keys(ARGO_EVENTS))
  check('helm.sh/hook-delete-policy', ['before-hook-creation', 'hook-succeeded', 'hook-failed'])
  check('argocd.argoproj.io/hook-delete-policy', ['BeforeHookCreation', 'HookSucceeded', 'HookFailed'])
  for (const key of ['helm.sh/hook-weight', WAVE]) {
    const value = annotation(object, key)
    if (value !== undefined && integer(value) === undefined)
      problems.push(`${key} is "${value}", which is no whole number`)
  }
  return problems
}

export function annotation(object: KubernetesObject, key: string): string | undefined {
  return asString(at(object, 'metadata', 'annotations', key))
}

function words(object: KubernetesObject, key: string): string[] {
  const text = annotation(object, key)
  if (text === undefined) return []
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function policies(object: KubernetesObject, key: string): HookDeletePolicy[] {
  return unique(words(object, key).flatMap((word) => POLICIES[word] ?? []))
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined
}

function isDefinition(object: KubernetesObject): boolean {
  return object.kind === 'CustomResourceDefinition' && groupOf(object) === 'apiextensions.k8s.io'
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)]
}
