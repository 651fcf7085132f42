import type { Logger } from '../log.ts'
import { type Exec, exec as realExec } from '../toolchain/exec.ts'
import { contentKey as keyOf, tagOf } from './key.ts'
import { type KeyOptions, locationOf, recipeOf } from './options.ts'
import { parseRepository } from './reference.ts'
import { Registry } from './registry/client.ts'

export { type BuiltImage, buildImage } from './build.ts'
export type { Provenance } from './key.ts'
export type { BuildOptions, ImageNames, ImageSource, KeyOptions, SecretEnv, SecretFile } from './options.ts'
export { parseReference, parseRepository, type Reference, type Repository } from './reference.ts'
export { Registry } from './registry/client.ts'
export { builtSummary, failedSummary } from './summary.ts'
export { tagOf }

/**
 * The content key of an image: 40 hexadecimal digits that are equal for equal content, wherever and whenever it was
 * checked out. With `revision`, that of any commit of the clone, without checking it out.
 * @throws GitOpsError when the context, the Dockerfile or the commit does not exist
 */
export function contentKey(options: KeyOptions): Promise<string> {
  return keyOf({
    location: locationOf(options),
    recipe: recipeOf(options),
    exec: options.exec ?? realExec,
    revision: options.revision
  })
}

/**
 * The digest that a registry serves for a tag; undefined when it has no such tag.
 * @throws GitOpsError when the name is not valid, or the registry denies access or cannot be reached
 */
export function resolveImage(
  repository: string,
  tag: string,
  options: { readonly log: Logger; readonly exec?: Exec; readonly env?: NodeJS.ProcessEnv }
): Promise<string | undefined> {
  const registry = new Registry({ exec: realExec, ...options })
  return registry.digestOf(parseRepository(repository), tag)
}
