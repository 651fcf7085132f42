import { GitOpsError } from '../../../errors.ts'
import { type KubernetesObject, type Manifest, namespaceOf } from '../../../render/manifest.ts'
import { DEPENDS_ON, type DependsOnProblem, dependsOn } from './depends-on.ts'
import type { CycleStep } from './graph.ts'

/** `Deployment shop/web`. */
export function nameOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object)
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`
}

/** `file:line: `, or nothing. */
export function placeOf(manifest: Manifest): string {
  const { file, line } = manifest.source
  return file === '' ? '' : `${file}${line === undefined ? '' : `:${line}`}: `
}

/** The cycle as `A → B → A` (each waits for the next), with one detail per step. */
export function cycleError(cycle: readonly CycleStep[], manifests: readonly Manifest[]): GitOpsError {
  const name = (index: number) => {
    const manifest = manifests[index]
    return manifest ? nameOf(manifest.object) : ''
  }
  const path = [...cycle.map((step) => name(step.from)), name(cycle[0]?.from ?? 0)].join(' → ')
  return new GitOpsError(`These objects wait for each other, so none of them can be the first: ${path}.`, {
    hint: 'Take one of the rules between them away.',
    details: cycle.map((step) => {
      const manifest = manifests[step.from]
      return `${manifest ? placeOf(manifest) : ''}${name(step.from)} waits for ${name(step.to)}: ${step.reason.text}`
    })
  })
}

/** `dependsOn` with its problems in words. */
export function dependsOnText(
  object: KubernetesObject,
  known: (reference: string) => boolean
): { references: string[]; problems: string[] } {
  const found = dependsOn(object, known)
  return {
    references: found.references,
    problems: found.problems.map(inWords)
  }
}

function inWords({ type, reference }: DependsOnProblem): string {
  switch (type) {
    case 'invalid-reference':
      return `${DEPENDS_ON} has "${reference}", which must be group/namespaces/NAMESPACE/Kind/name or group/Kind/name`
    case 'duplicate-dependency':
      return `${DEPENDS_ON} names ${reference} twice`
    case 'external-dependency':
      return `${DEPENDS_ON} names ${reference}, which is not among these manifests`
  }
}
