import { chmod, writeFile } from 'node:fs/promises'
import { stringifyJson } from '../../json.ts'
import { extractKubeconfig } from './access.ts'
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

/** What targets that depend on the cluster are given: of the kubeconfig that reaches it, if one was given; else a new one. */
export async function handOnKubeconfig(
  context: Context,
  cluster: string,
  file: string,
  lifetime: string
): Promise<void> {
  const { kubeconfig, apiServer } = context.options.access
  if (kubeconfig === undefined) return exportKubeconfig(context, cluster, file, lifetime)
  const content = stringifyJson(await extractKubeconfig(kubeconfig, cluster, apiServer))
  await writeFile(file, content, { mode: 0o600 })
}
