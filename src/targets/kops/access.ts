import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asList, asObject, asString, at, type Json, type JsonObject, stringifyJson } from '../../json.ts'
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
  const { name, meant } = contextFor(await readConfig(file), cluster)
  if (name === cluster) return { KUBECONFIG: file }
  const { temporary } = context.options
  await mkdir(temporary, { recursive: true })
  const alias = path.join(await mkdtemp(path.join(temporary, 'kops-context-')), 'config')
  const contents = { apiVersion: 'v1', kind: 'Config', contexts: [{ name: cluster, context: meant }] }
  await writeFile(alias, stringifyJson(contents))
  return { KUBECONFIG: [alias, file].join(path.delimiter) }
}

/**
 * The part of a kubeconfig that is about the cluster, as a file that whoever comes next can use by itself: one context, and no
 * path that is relative to the file it came from.
 * @throws GitOpsError when the kubeconfig cannot be read, or names no context to use
 */
export async function extractKubeconfig(source: string, cluster: string, apiServer?: string): Promise<JsonObject> {
  const config = await readConfig(source)
  const { meant } = contextFor(config, cluster)
  const one = (list: string, entry: string) => {
    const name = asString(at(meant, entry)) ?? ''
    const found = (asList(at(config, list)) ?? []).find((item) => asString(at(item, 'name')) === name)
    const body = Object.entries(asObject(at(found, entry)) ?? {}).map(([key, value]): [string, Json] => {
      const isPath = PATHS.has(key) && typeof value === 'string'
      return [key, isPath ? path.resolve(path.dirname(source), value) : value]
    })
    return { name, [entry]: Object.fromEntries(body) }
  }
  const server = one('clusters', 'cluster')
  if (apiServer !== undefined) server['cluster'] = { ...asObject(server['cluster']), server: apiServer }
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    contexts: [{ name: cluster, context: meant }],
    clusters: [server],
    users: [one('users', 'user')]
  }
}

const PATHS: ReadonlySet<string> = new Set(['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'])

/** The context that is called like the cluster, or else the current one. */
function contextFor(config: Json | undefined, cluster: string): { name: string; meant: Json } {
  const contexts = asList(at(config, 'contexts')) ?? []
  for (const name of [cluster, asString(at(config, 'current-context'))]) {
    const meant = at(
      contexts.find((one) => asString(at(one, 'name')) === name),
      'context'
    )
    if (name !== undefined && meant !== undefined) return { name, meant }
  }
  throw new GitOpsError(`The kubeconfig has no context "${cluster}", and no current context either.`, {
    hint: 'Name a context like the cluster, or set one with "kubectl config use-context".'
  })
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
