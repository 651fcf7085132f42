import type { GivenValue } from '../targets/setup.ts'
import type { Path } from './shape.ts'
import type { TargetDeclaration } from './target.ts'

// Without the reader of declarations, and the library that it needs: an action whose inputs are the declaration starts
// faster.

/** The values of a target that may come from other targets, each with its place below the target. */
export function valuesOf(declared: TargetDeclaration): { path: Path; value: GivenValue }[] {
  const [place, values] = givenOf(declared)
  return [...values].map(([key, value]) => ({ path: [...place, key], value }))
}

function givenOf(declared: TargetDeclaration): [Path, ReadonlyMap<string, GivenValue>] {
  switch (declared.kind) {
    case 'terraform':
      return [['terraform', 'variables'], declared.terraform.variables]
    case 'cloudformation':
      return [['cloudformation', 'parameters'], declared.cloudformation.parameters]
    case 'kubernetes':
      return [['helm', 'set'], declared.helm?.set ?? new Map()]
    case 'kops':
      return [[], new Map()]
  }
}

/** What a target depends on: as it says itself, and through the outputs that it uses. */
export function dependenciesOf(declared: TargetDeclaration): readonly string[] {
  const used = valuesOf(declared).flatMap(({ value }) => (typeof value === 'string' ? [] : [value.from]))
  return [...new Set([...declared.dependsOn, ...used])]
}

/**
 * The kops cluster that a target is deployed into: the nearest of those it depends on, over any number of steps.
 * Several that are equally near are ambiguous; none is undefined.
 */
export function clusterTargets(targets: ReadonlyMap<string, TargetDeclaration>, id: string): readonly string[] {
  const seen = new Set([id])
  let step = [id]
  while (step.length > 0) {
    const next = step.flatMap((one) => {
      const declared = targets.get(one)
      return declared ? dependenciesOf(declared) : []
    })
    const found = [...new Set(next.filter((one) => targets.get(one)?.kind === 'kops'))]
    if (found.length > 0) return found
    step = [...new Set(next.filter((one) => !seen.has(one)))]
    for (const one of step) seen.add(one)
  }
  return []
}
