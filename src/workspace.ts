import { lstatSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { GitOpsError } from './errors.ts'

/**
 * Resolves a path below the workspace and refuses what leaves it, links included (design §9). The path need not
 * exist: then its nearest existing parent decides.
 * @throws GitOpsError naming both paths
 */
export function workspacePath(workspace: string, relative: string): string {
  const root = realpathSync(workspace)
  const wanted = path.resolve(root, relative)
  let existing = wanted
  let rest = ''
  for (;;) {
    try {
      const real = path.join(realpathSync(existing), rest)
      if (real !== root && !real.startsWith(root + path.sep))
        throw new GitOpsError(`Path "${relative}" leaves the workspace (it is ${real}; the workspace is ${root}).`, {
          hint: 'Give a path inside the repository checkout.'
        })
      return real
    } catch (error) {
      if (error instanceof GitOpsError || path.dirname(existing) === existing) throw error
      // A link to nothing would lead out of the workspace as soon as something is written through it.
      if (lstatSync(existing, { throwIfNoEntry: false })?.isSymbolicLink())
        throw new GitOpsError(`Path "${relative}" goes through a link whose target does not exist (${existing}).`, {
          hint: 'Mend or remove the link.'
        })
      rest = path.join(path.basename(existing), rest)
      existing = path.dirname(existing)
    }
  }
}

/** The folders of a glob before its first wildcard. */
export function fixedPart(glob: string): string {
  const parts = glob.split('/')
  const first = parts.findIndex((part) => /[*?[\]{}]/.test(part))
  return first < 0 ? glob : parts.slice(0, first).join('/') || '.'
}
