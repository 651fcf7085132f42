import { access, cp, mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { KubernetesDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { fixedPart, workspacePath } from '../workspace.ts'

export interface ContentOptions {
  /** The job's own checkout. */
  readonly workspace: string
  /** The one of the commit that is looked at. */
  readonly checkout: string
  /** Its commit. */
  readonly revision?: string | undefined
  /** Whether Git knows of anything at a path of the workspace. */
  isTracked(location: string): Promise<boolean>
}

/**
 * Where a target is rendered from when an earlier commit is looked at. What an earlier step of the job made lies in no
 * commit and is taken as it is: where that is all there is, from the workspace; where it only goes with what is
 * committed (the values of a chart), it is put into the checkout beside that.
 * @throws GitOpsError when what is committed now lay elsewhere then: taking the present content would call every
 *   commit since the deployment drift
 */
export async function contentWorkspace(
  declared: KubernetesDeclaration,
  options: ContentOptions
): Promise<{ workspace: string; note?: string }> {
  const { workspace, checkout } = options
  const whole = declared.manifests ?? (declared.helm ? [declared.helm.chart] : [])
  const made: string[] = []
  for (const one of [...whole, ...(declared.helm?.values ?? [])]) {
    const fixed = fixedPart(one)
    if (await exists(path.join(checkout, fixed))) continue
    if (!(await exists(path.resolve(workspace, fixed)))) continue
    if (await options.isTracked(fixed)) throw moved(fixed, options)
    made.push(fixed)
  }
  if (made.length === 0) return { workspace: checkout }
  if (whole.every((one) => made.includes(fixedPart(one))))
    return {
      workspace,
      note: 'The manifests lie in no commit; they are taken as they are in the workspace.'
    }
  for (const fixed of new Set(made)) {
    const target = path.join(checkout, fixed)
    await mkdir(path.dirname(target), { recursive: true })
    await cp(workspacePath(workspace, fixed), target, { recursive: true, verbatimSymlinks: true })
  }
  return {
    workspace: checkout,
    note: `What lies in no commit is taken as it is in the workspace: ${[...new Set(made)].join(', ')}.`
  }
}

function moved(fixed: string, { revision }: ContentOptions): GitOpsError {
  return new GitOpsError(
    `Commit ${revision ?? ''}, which was deployed, has no "${fixed}": it was added or moved there since, or lies in a submodule.`,
    {
      hint: 'Deploy once more, so that what is deployed and what is checked lie in the same place; or give the path as it was then; or compare with the checkout as it is: revision: head.'
    }
  )
}

function exists(location: string): Promise<boolean> {
  return access(location).then(
    () => true,
    () => false
  )
}
