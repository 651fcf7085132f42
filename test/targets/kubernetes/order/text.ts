import { loadAll } from 'js-yaml'
import type { Json } from '../../../../src/json.ts'
import type { KubernetesObject, Manifest } from '../../../../src/render/manifest.ts'
import { isKubernetesObject } from '../../../../src/targets/kubernetes/client/objects.ts'
import { type Level, orderForApply } from '../../../../src/targets/kubernetes/order/index.ts'
import { nameOf } from '../../../../src/targets/kubernetes/order/problems.ts'

/** Manifests from YAML documents; line numbers count documents, so that messages can be checked. */
export function manifestsOf(yaml: string): Manifest[] {
  return loadAll(yaml).flatMap((document: Json | unknown, index) => {
    if (!isKubernetesObject(document)) throw new Error(`document ${index + 1} is no Kubernetes object`)
    return [{ object: document, source: { file: 'app.yaml', line: index + 1 } }]
  })
}

export function objectsOf(yaml: string): KubernetesObject[] {
  return manifestsOf(yaml).map((manifest) => manifest.object)
}

/** Levels as one line each: `main: Namespace shop`, with what must be healthy before in brackets. */
export function levelsText(levels: readonly Level[]): string[] {
  const names = (manifests: readonly Manifest[]) => manifests.map((manifest) => nameOf(manifest.object)).join(', ')
  return levels.map(({ phase, manifests, requires, backends }) => {
    const waits = requires.length === 0 ? '' : ` [after ${names(requires)}]`
    return `${phase}: ${names(manifests)}${waits}${backends.length === 0 ? '' : ` [served by ${names(backends)}]`}`
  })
}

/** The levels of YAML documents for an event. */
export function order(yaml: string, event: 'install' | 'upgrade' | 'rollback' = 'install'): string[] {
  return levelsText(orderForApply(manifestsOf(yaml), { event }))
}

/** The message, hint and details that a call fails with, one per line. */
export function failure(work: () => unknown): string[] {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const details = 'details' in error && Array.isArray(error.details) ? error.details.map(String) : []
    return [error.message, ...details]
  }
  throw new Error('it did not fail')
}
