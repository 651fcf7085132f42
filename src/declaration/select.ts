import { GitOpsError } from '../errors.ts'
import { didYouMean } from '../suggest.ts'
import type { DeclarationContent, EnvironmentDeclaration } from './model.ts'

/**
 * The environments that a run was asked for, in the order of the declaration. No name at all is allowed when there
 * is only one; `all` stands for every one.
 * @throws GitOpsError for an unknown name, or when several are declared and none is named
 */
export function selectEnvironments(
  declaration: Pick<DeclarationContent, 'environments'>,
  wanted: readonly string[]
): [string, EnvironmentDeclaration][] {
  const known = [...declaration.environments.keys()]
  if (wanted.length === 0) {
    if (known.length === 1) return [...declaration.environments]
    throw new GitOpsError(`Several environments are declared (${known.join(', ')}), and none was chosen.`, {
      hint: 'Name one or more of them in the input "environment", or "all".'
    })
  }
  refuseUnknown(
    'environment',
    wanted.filter((name) => name !== 'all'),
    known
  )
  return [...declaration.environments].filter(([name]) => wanted.includes('all') || wanted.includes(name))
}

/**
 * An environment with only the wanted targets; all of them when none is named. What they depend on beyond the choice
 * is taken as deployed.
 * @throws GitOpsError for an unknown name
 */
export function selectTargets(environment: EnvironmentDeclaration, wanted: readonly string[]): EnvironmentDeclaration {
  if (wanted.length === 0) return environment
  refuseUnknown('target', wanted, [...environment.targets.keys()])
  return { ...environment, targets: new Map([...environment.targets].filter(([name]) => wanted.includes(name))) }
}

function refuseUnknown(what: string, wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new GitOpsError(`Input "${what}" names "${unknown}", which is not declared.${didYouMean(unknown, known)}`, {
      hint: `Declared: ${known.join(', ')}.`
    })
}
