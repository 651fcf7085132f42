import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asList, asString, at, type Json, stringifyJson } from '../../json.ts'
import { readYaml } from '../../render/yaml/index.ts'
import type { Context } from './context.ts'

/**
 * Environment with which kops uses the kubeconfig that was given, if any. kops takes the context that is called like the
 * cluster and no other; where that is missing, it gets one beside the file that means the file's current context.
 * @throws GitOpsError when the kubeconfig cannot be read, or names no context to use
 */
export async function accessEnvironment(context: Context, cluster: string): Promise<Record<string, string>> {
  const file = context.options.access.kubeconfig
  if (file === undefined) return {}
  const config = await readConfig(file)
  const contexts = asList(at(config, 'contexts')) ?? []
  const named = (name: string | undefined) => contexts.find((one) => asString(at(one, 'name')) === name)
  if (named(cluster)) return { KUBECONFIG: file }
  const current = named(asString(at(config, 'current-context')))
  const meant = at(current, 'context')
  if (meant === undefined)
    throw new GitOpsError(`The kubeconfig has no context "${cluster}", and no current context either.`, {
      hint: `Name a context like the cluster, or set one with "kubectl config use-context".`
    })
  const { temporary } = context.options
  await mkdir(temporary, { recursive: true })
  const alias = path.join(await mkdtemp(path.join(temporary, 'kops-context-')), 'config')
  const contents = { apiVersion: 'v1', kind: 'Config', contexts: [{ name: cluster, context: meant }] }
  await writeFile(alias, stringifyJson(contents))
  return { KUBECONFIG: [alias, file].join(path.delimiter) }
}

async function readConfig(file: string): Promise<Json | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new GitOpsError(`The kubeconfig cannot be read: ${messageOf(error)}`)
  }
  try {
    return readYaml(text, 'kubeconfig')[0]?.value
  } catch {
    // Its own words could show part of a credential.
    throw new GitOpsError('The kubeconfig is no YAML.')
  }
}

/**
 * Of the calls that compare and update: kops would otherwise ask the cluster that a kubeconfig of the runner happens to
 * name for the version of its control plane, and plan something else where it can than where it cannot.
 */
export const WITHOUT_KUBECONFIG: Readonly<Record<string, string>> = { KUBECONFIG: '/dev/null' }
