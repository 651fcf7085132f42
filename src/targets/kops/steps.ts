import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseDuration } from '../../duration.ts'
import type { GitOpsError } from '../../errors.ts'
import { asList, asString, at, type Json } from '../../json.ts'
import type { UnhealthyResource } from '../target.ts'
import { accessEnvironment, WITHOUT_KUBECONFIG } from './access.ts'
import { rollingUpdateArguments, updateArguments, validateArguments } from './arguments.ts'
import { groupStatuses } from './cloud.ts'
import type { Context } from './context.ts'
import { explainFailure } from './explain.ts'
import { parseJsonStream } from './json-stream.ts'
import type { KopsObject } from './manifests.ts'
import type { Limit } from './roles.ts'
import { documents } from './shadow.ts'
import { content } from './stored.ts'

/** The steps of an apply, each one call of kops that can be repeated. */

/** Writes objects to the state store: those that differ and no others, since kops counts every replacement. */
export async function replaceObjects(
  context: Context,
  directory: string,
  objects: readonly KopsObject[]
): Promise<void> {
  if (objects.length === 0) return
  const file = path.join(directory, 'replace.yaml')
  await writeFile(file, documents(objects.map((one) => content(one.object))), { mode: 0o600 })
  await context.kops.run({
    what: `Replacing ${objects.map((one) => `${one.kind} ${one.name}`).join(', ')} in the state store`,
    args: ['replace', '--force', '-f', file],
    writes: true
  })
}

/** @param call.within only these groups or roles; default: as the options say */
export async function updateCloud(
  context: Context,
  cluster: string,
  call: { readonly within?: Limit; readonly prune?: boolean }
): Promise<void> {
  const { kops, options } = context
  const { within, prune = false } = call
  await kops.run({
    what: within ? 'Updating the control plane' : prune ? 'Deleting what is left over' : 'Updating the cloud',
    args: updateArguments(cluster, { ...options.update, ...within }, { yes: true, prune }),
    env: WITHOUT_KUBECONFIG,
    writes: true
  })
}

/**
 * Replaces instances that run with an older launch template; nothing where there are none.
 * @param among names of groups that may be touched
 * @param done groups whose instances this run has replaced: with force, that is enough
 * @returns the groups whose instances were replaced
 */
export async function rollInstances(
  context: Context,
  cluster: string,
  among: readonly string[],
  done: ReadonlySet<string>
): Promise<string[]> {
  const { kops, options } = context
  const { rollingUpdate, access } = options
  const statuses = await groupStatuses(context, cluster)
  const groups = statuses
    .filter(
      (group) => among.includes(group.name) && (group.needUpdate > 0 || (rollingUpdate.force && !done.has(group.name)))
    )
    .map((group) => group.name)
  if (groups.length === 0) return []
  await kops.run({
    what: `Replacing the instances of ${groups.join(', ')}`,
    args: rollingUpdateArguments(cluster, rollingUpdate, access, groups),
    env: await accessEnvironment(context, cluster),
    writes: true
  })
  return groups
}

/** A validation that failed, with what kops found. */
export class Unhealthy extends Error {
  readonly resources: readonly UnhealthyResource[]
  readonly explained: GitOpsError

  constructor(explained: GitOpsError, resources: readonly UnhealthyResource[]) {
    super(explained.message)
    this.explained = explained
    this.resources = resources
  }
}

const PATIENCE = 5 * 60_000

/** @throws Unhealthy */
export async function validateCluster(context: Context, cluster: string): Promise<void> {
  const { kops, options, redactor } = context
  const result = await kops.run({
    what: 'Validating the cluster',
    args: validateArguments(cluster, options.validate, options.access),
    env: await accessEnvironment(context, cluster),
    // It ends by itself, unless the API takes its calls and never answers.
    timeout: (parseDuration(options.validate.wait) ?? 0) + PATIENCE,
    waits: true,
    allowFailure: true
  })
  if (result.code === 0) return
  // With --wait, kops prints a document for each attempt, one right after the other.
  const last = parseJsonStream(result.stdout).at(-1)
  const failures = asList(at(last, 'failures')) ?? []
  const explained = explainFailure('Validating the cluster', redactor.text(`${result.stdout}\n${result.stderr}`))
  throw new Unhealthy(
    explained,
    failures.map((failure) => unhealthy(failure, (text) => redactor.text(text)))
  )
}

function unhealthy(failure: Json, safe: (text: string) => string): UnhealthyResource {
  const kind = asString(at(failure, 'type')) ?? 'Cluster'
  const name = asString(at(failure, 'name')) ?? ''
  return {
    resource: { id: `${kind}/${name}`, kind, name },
    status: 'Degraded',
    message: safe(asString(at(failure, 'message')) ?? 'not healthy'),
    events: [],
    logs: []
  }
}
