import { readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../../errors.ts'
import { asList, asObject, asString, isObject, type Json, type JsonObject } from '../../../json.ts'
import { readYaml } from '../../../render/yaml/index.ts'

/** A kubeconfig as merged from its files: entries by name, each with the folder its relative paths are relative to. */
export interface KubeConfig {
  readonly currentContext: string | undefined
  readonly contexts: ReadonlyMap<string, ConfigEntry>
  readonly clusters: ReadonlyMap<string, ConfigEntry>
  readonly users: ReadonlyMap<string, ConfigEntry>
  /** Where it was read from, for messages: file names, or `the input "kubeconfig"`. */
  readonly origin: string
}

export interface ConfigEntry {
  readonly value: JsonObject
  /** Folder of the file that the entry stands in; relative paths in it start there. */
  readonly directory: string
}

/** What one context selects. */
export interface SelectedContext {
  readonly name: string
  readonly namespace: string | undefined
  readonly cluster: ConfigEntry
  readonly user: ConfigEntry
  readonly userName: string
}

interface Part {
  readonly config: JsonObject
  readonly directory: string
}

/**
 * Reads the kubeconfig as kubectl would: the text or path that was given, else the files of `KUBECONFIG` merged (the
 * first file that says something wins), else `~/.kube/config`. Undefined when there is none: then only an in-cluster
 * account is left.
 * @throws GitOpsError when a file that was asked for does not exist, or is no kubeconfig
 */
export function loadKubeConfig(given: string | undefined, env: NodeJS.ProcessEnv): KubeConfig | undefined {
  if (given !== undefined && given.trim() !== '') {
    const text = inlineText(given)
    if (text !== undefined) {
      const origin = 'the given kubeconfig content'
      return merge([{ config: parse(text, origin), directory: process.cwd() }], origin)
    }
    const file = path.resolve(expandHome(given.trim(), env))
    return merge([readPart(file, true)].filter(isPresent), file)
  }
  const list = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '')
  // No shell expands the home folder in the `env:` of a workflow.
  const files =
    list.length > 0 ? list.map((file) => expandHome(file, env)) : [path.join(homeOf(env), '.kube', 'config')]
  // Duplicates count once, missing files do not count: so does kubectl.
  const parts = [...new Set(files)].map((file) => readPart(path.resolve(file), false)).filter(isPresent)
  if (parts.length === 0) {
    if (list.length > 0 && !env['KUBERNETES_SERVICE_HOST'])
      throw new GitOpsError(`KUBECONFIG names ${list.join(', ')}, and no such file exists.`, {
        hint: 'Write the kubeconfig in an earlier step, or give its content or path as the input "kubeconfig".'
      })
    return undefined
  }
  return merge(parts, files.join(path.delimiter))
}

/**
 * The context by its name, or the current one.
 * @throws GitOpsError naming the known contexts, or what the context refers to in vain
 */
export function selectContext(config: KubeConfig, wanted: string | undefined): SelectedContext {
  const known = [...config.contexts.keys()].sort()
  const name = wanted ?? config.currentContext
  const hint = known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has no contexts at all.'
  if (name === undefined || name === '') {
    throw new GitOpsError(`No context was given and ${config.origin} has no current-context.`, {
      hint: `${hint} Give one as the input "context".`
    })
  }
  const context = config.contexts.get(name)
  if (!context) throw new GitOpsError(`Context "${name}" is not in ${config.origin}.`, { hint })
  const clusterName = asString(context.value['cluster']) ?? ''
  const userName = asString(context.value['user']) ?? ''
  const cluster = config.clusters.get(clusterName)
  if (!cluster)
    throw new GitOpsError(
      `Context "${name}" of ${config.origin} refers to cluster "${clusterName}", which is missing.`,
      {
        hint: `Clusters there: ${[...config.clusters.keys()].sort().join(', ') || 'none'}.`
      }
    )
  const user = config.users.get(userName)
  if (!user && userName !== '')
    throw new GitOpsError(`Context "${name}" of ${config.origin} refers to user "${userName}", which is missing.`, {
      hint: `Users there: ${[...config.users.keys()].sort().join(', ') || 'none'}.`
    })
  return {
    name,
    namespace: asString(context.value['namespace']) || undefined,
    cluster,
    user: user ?? { value: {}, directory: cluster.directory },
    userName
  }
}

/** Kubeconfig content, when `given` is content and not a path: YAML, JSON, or either in base64 (as secrets often hold it). */
function inlineText(given: string): string | undefined {
  if (given.includes('\n') || given.trimStart().startsWith('{')) return fromBase64(given) ?? given
  return fromBase64(given)
}

function fromBase64(given: string): string | undefined {
  const packed = given.replace(/\s+/g, '')
  if (packed.length < 40 || !/^[A-Za-z0-9+/]+=*$/.test(packed)) return undefined
  const text = Buffer.from(packed, 'base64').toString('utf8')
  return /\b(apiVersion|clusters|contexts)\b/.test(text) ? text : undefined
}

function readPart(file: string, required: boolean): Part | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' && !required) return undefined
    throw new GitOpsError(
      code === 'ENOENT'
        ? `Kubeconfig ${file} does not exist.`
        : `Kubeconfig ${file} cannot be read: ${messageOf(error)}`,
      { hint: 'Give the path or the content of a kubeconfig file as the input "kubeconfig".', cause: error }
    )
  }
  return { config: parse(text, file), directory: path.dirname(file) }
}

function parse(text: string, origin: string): JsonObject {
  let value: Json | undefined
  try {
    value = readYaml(text, origin)[0]?.value
  } catch (error) {
    throw new GitOpsError(`The kubeconfig is not valid YAML: ${messageOf(error)}`)
  }
  const config = asObject(value ?? {})
  const kind = config ? asString(config['kind']) : undefined
  if (!config || (kind !== undefined && kind !== 'Config'))
    throw new GitOpsError(`${origin} is not a kubeconfig: it is ${kind ?? 'no object'}, not a kind Config.`, {
      hint: 'A kubeconfig has the keys clusters, users and contexts.'
    })
  return config
}

function merge(parts: readonly Part[], origin: string): KubeConfig {
  return {
    currentContext: parts.map((part) => asString(part.config['current-context'])).find((name) => !!name),
    contexts: entries(parts, 'contexts', 'context'),
    clusters: entries(parts, 'clusters', 'cluster'),
    users: entries(parts, 'users', 'user'),
    origin
  }
}

function entries(parts: readonly Part[], list: string, key: string): Map<string, ConfigEntry> {
  const found = new Map<string, ConfigEntry>()
  for (const { config, directory } of parts) {
    for (const item of asList(config[list]) ?? []) {
      const entry = asObject(item)
      const name = asString(entry?.['name'])
      if (entry === undefined || name === undefined || found.has(name)) continue
      const value = entry[key]
      found.set(name, { value: isObject(value) ? value : {}, directory })
    }
  }
  return found
}

function expandHome(file: string, env: NodeJS.ProcessEnv): string {
  return file === '~' || file.startsWith('~/') ? path.join(homeOf(env), file.slice(1)) : file
}

function homeOf(env: NodeJS.ProcessEnv): string {
  return env['HOME'] || os.homedir()
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined
}
