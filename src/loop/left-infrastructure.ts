import type { EnvironmentDeclaration } from '../declaration/index.ts'
import { messageOf } from '../errors.ts'
import type { RunContext } from './unit.ts'

/**
 * Says which infrastructure was deployed from this declaration and left it. Nothing but the store of the run knows of it:
 * a state, a stack and a state store of kops do not lead to one another. Nothing is ever deleted for it.
 */
export async function warnOfLeftInfrastructure(
  { targets }: Pick<EnvironmentDeclaration, 'targets'>,
  { store, environment, declaration, log }: Pick<RunContext, 'store' | 'environment' | 'declaration' | 'log'>
): Promise<void> {
  if (!store?.known || declaration === undefined) return
  try {
    for (const { target, kind, declaration: from } of await store.known(environment)) {
      // What is in a cluster is told by its inventory; what other workflows deploy is theirs.
      if (kind === undefined || kind === 'kubernetes' || from !== declaration || targets.has(target)) continue
      log.warning(
        `Target "${target}" of ${environment} (${kind}) is no longer declared, and what it made stays as it is: nobody checks or deletes it. Declare it again; or take it down by hand, then delete its Deployments in GitHub (task deploy:${target}), which ends this warning.`
      )
    }
  } catch (error) {
    log.debug(`infrastructure that is no longer declared was not looked for: ${messageOf(error)}`)
  }
}
