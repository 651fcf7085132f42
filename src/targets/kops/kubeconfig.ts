import { chmod, writeFile } from 'node:fs/promises'
import { exportArguments } from './arguments.ts'
import type { Context } from './context.ts'

/** Writes a kubeconfig with an administrator's certificate of its own, readable by nobody else, valid for `lifetime`. */
export async function exportKubeconfig(
  context: Context,
  cluster: string,
  file: string,
  lifetime: string
): Promise<void> {
  // kops keeps the mode of a file that is there.
  await writeFile(file, '', { mode: 0o600 })
  await context.kops.run({
    what: 'Exporting a kubeconfig',
    args: exportArguments(cluster, file, lifetime, context.options.access)
  })
  await chmod(file, 0o600)
}
