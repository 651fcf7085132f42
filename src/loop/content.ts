import { access } from 'node:fs/promises'
import path from 'node:path'
import type { KubernetesDeclaration } from '../declaration/index.ts'
import { fixedPart } from '../workspace.ts'

/**
 * Whether what a target is rendered from lies in the workspace but not in a checkout of an earlier commit: an earlier
 * step of the job made it, so no commit holds it.
 */
export async function isMadeByTheJob(
  declared: KubernetesDeclaration,
  workspace: string,
  checkout: string
): Promise<boolean> {
  for (const one of declared.manifests ?? (declared.helm ? [declared.helm.chart] : [])) {
    const fixed = fixedPart(one)
    if (!(await exists(path.join(checkout, fixed))) && (await exists(path.resolve(workspace, fixed)))) return true
  }
  return false
}

function exists(location: string): Promise<boolean> {
  return access(location).then(
    () => true,
    () => false
  )
}
