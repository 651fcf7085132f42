import { readFile } from 'node:fs/promises'
import { dependenciesOf } from '../declaration/dependencies.ts'
import type { EnvironmentDeclaration, KubernetesDeclaration } from '../declaration/index.ts'
import { GitOpsError, messageOf } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { ImagePin, RenderOptions, RenderSource } from '../render/index.ts'
import type { Manifest, RenderedSet } from '../render/manifest.ts'
import { endingWith } from '../targets/kubernetes/cancel.ts'
import type { Cluster } from '../targets/kubernetes/cluster.ts'
import type { Left, leftInventories } from '../targets/kubernetes/elsewhere.ts'
import type { InventoryKey } from '../targets/kubernetes/inventory.ts'
import type { KubernetesTargetOptions, Policy } from '../targets/kubernetes/options.ts'
import type { RetiredTargetOptions } from '../targets/kubernetes/retired.ts'
import { parseSelector } from '../targets/kubernetes/selector.ts'
import type { DeploymentRecord, Target } from '../targets/target.ts'
import { workspacePath } from '../workspace.ts'
import { contentWorkspace } from './content.ts'
import { repositoryOf } from './images.ts'
import { valuesOf } from './infrastructure-unit.ts'
import type { DeclaredIds, Neighbourhood } from './neighbours.ts'
import { type Unreproducible, unreproducible } from './reproducible.ts'
import type { Opened, ReadOutput, RunContext, Source, Unit } from './unit.ts'

/** What a Kubernetes target is made with: the engine and its surroundings. The real one is `engine.ts`. */
export interface KubernetesEngine {
  connect(cluster: EnvironmentDeclaration['cluster']): Promise<Cluster>
  /** Whether there is anything that says how to reach a cluster. Nobody is asked. */
  hasAccess?(cluster: EnvironmentDeclaration['cluster']): Promise<boolean>
  render(source: RenderSource, options: Omit<RenderOptions, 'exec' | 'log'>): Promise<RenderedSet>
  /** Begins to read what lives of a target before it is rendered. */
  readAhead?(cluster: Cluster, key: InventoryKey, signal: AbortSignal | undefined): Promise<Cluster>
  target(options: KubernetesTargetOptions): Promise<Target>
  /** Targets that the cluster knows and nobody declares any more. */
  leftInventories?(cluster: Cluster, options: Parameters<typeof leftInventories>[1]): Promise<Left[]>
  /** One of those, to be retired. */
  retired?(options: RetiredTargetOptions): Promise<Target>
  /** Object ids of a rendered set in a cluster, its namespaces filled in. */
  declaredIds?(cluster: Cluster, manifests: readonly Manifest[], namespace: string): Promise<ReadonlySet<string>>
  readDeployment(
    cluster: Cluster,
    key: { environment: string; target: string; namespace: string }
  ): Promise<DeploymentRecord | undefined>
}

export interface KubernetesUnitOptions {
  readonly id: string
  readonly declared: KubernetesDeclaration
  readonly environment: Pick<EnvironmentDeclaration, 'ignore' | 'drift' | 'healthChecks'>
  /** The connection, made at the first use; it may need the kubeconfig that another target gives out. */
  readonly cluster: (output: ReadOutput) => Promise<Cluster>
  readonly engine: KubernetesEngine
  /** What a checkout of another commit declares for this target, in the file where its declaration was then. */
  readonly declaredIn: (workspace: string, file?: string) => Promise<KubernetesDeclaration>
  /** Whether Git knows of anything at a path of the workspace. */
  readonly isTracked: (location: string) => Promise<boolean>
  readonly context: Pick<
    RunContext,
    'environment' | 'workspace' | 'repository' | 'declaration' | 'run' | 'signal' | 'now' | 'store'
  >
  /** What else is declared for the same cluster, where a declaration says so. */
  readonly neighbourhood?: Neighbourhood
  /** Key of the run for the fingerprints that stand for Secret values. */
  readonly secretKey: Buffer
  readonly log: Logger
}

/** A target of manifests or a chart, in a cluster. */
export function kubernetesUnit(options: KubernetesUnitOptions): Unit {
  const { id, declared, context, engine } = options
  return {
    id,
    kind: 'kubernetes',
    dependsOn: dependenciesOf(declared),
    images: declared.images,
    home: `Secret ${declared.namespace}/gitops.${context.environment}.${id}`,
    deployed: async (output) =>
      engine.readDeployment(await options.cluster(output), {
        environment: context.environment,
        target: id,
        namespace: declared.namespace
      }),
    open: (source) => open(options, source)
  }
}

async function open(options: KubernetesUnitOptions, given: Source): Promise<Opened> {
  const { id, declared, context, engine } = options
  const cluster = await options.cluster(given.output)
  const { source, content, note } = await contentOf(options, given)
  const key = { environment: context.environment, target: id, namespace: content.namespace }
  const ahead = given.planned === 'at once' ? await engine.readAhead?.(cluster, key, context.signal) : undefined
  const rendered = await render(options, content, source, cluster)
  refuseUnusedImages(declared, id, source.images, rendered)
  const difference = await differenceToRecord(options, content, source, cluster, rendered)
  const target = await engine.target({
    id,
    environment: context.environment,
    cluster,
    manifests: difference?.manifests ?? rendered.manifests,
    declaredDigest: rendered.digest,
    // Where the commit that is looked at says: a namespace that changed since is not where it was deployed.
    namespace: content.namespace,
    source: {
      images: source.images,
      ...(context.declaration === undefined ? {} : { declaration: context.declaration }),
      ...(context.repository === undefined ? {} : { repository: context.repository }),
      ...(source.revision === undefined ? {} : { revision: source.revision }),
      ...(context.run === undefined ? {} : { run: context.run })
    },
    policy: await policyOf(options, difference),
    ...neighboursOf(options, given, cluster),
    ...(context.store
      ? { remembered: async () => given.recorded ?? context.store?.read(context.environment, id) }
      : {}),
    secretKey: options.secretKey,
    ...(ahead ? { ahead } : {}),
    log: options.log,
    now: context.now,
    ...(context.signal ? { signal: context.signal } : {})
  })
  return {
    target,
    reproducible: difference === undefined,
    notes: [note, difference?.note].filter((one) => one !== undefined)
  }
}

/**
 * What to render: what is deployed comes from the commit that is looked at; how it is judged and healed, from the
 * present policy.
 */
async function contentOf(
  options: KubernetesUnitOptions,
  source: Source
): Promise<{ source: Source; content: KubernetesDeclaration; note?: string }> {
  const { declared, context } = options
  if (source.workspace === context.workspace) return { source, content: declared }
  const content = await options.declaredIn(source.workspace, source.recorded?.declaration)
  const { workspace, note } = await contentWorkspace(content, {
    workspace: context.workspace,
    checkout: source.workspace,
    revision: source.revision,
    isTracked: options.isTracked
  })
  return { source: { ...source, workspace }, content, ...(note === undefined ? {} : { note }) }
}

async function render(
  options: Pick<KubernetesUnitOptions, 'id' | 'engine'> & { readonly context: Pick<RunContext, 'signal'> },
  content: KubernetesDeclaration,
  source: Source,
  cluster: Cluster
): Promise<RenderedSet> {
  const asked = endingWith(cluster, options.context.signal, 0)
  return options.engine.render(await renderSource(options.id, content, source, asked), {
    workspace: source.workspace,
    namespace: content.namespace,
    images: Object.entries(source.images).flatMap(([name, reference]) => imagePins(name, reference)),
    configChecksums: content.configChecksums
  })
}

async function renderSource(
  id: string,
  declared: KubernetesDeclaration,
  { output }: Source,
  cluster: Cluster
): Promise<RenderSource> {
  if (declared.manifests) return { type: 'manifests', paths: [...declared.manifests] }
  const { helm } = declared
  if (!helm) throw new GitOpsError(`Target "${id}" has neither manifests nor a chart.`)
  const [version, resources] = await Promise.all([cluster.version(), cluster.resources()])
  return {
    type: 'helm',
    chart: helm.chart,
    ...(helm.version === undefined ? {} : { version: helm.version }),
    release: helm.release ?? id,
    values: [...helm.values],
    set: [...(await valuesOf(helm.set, output))],
    includeCrds: helm.includeCrds,
    // A chart asks for the cluster it is made for (`.Capabilities`), as it would in `helm upgrade`.
    kubeVersion: version.gitVersion,
    apiVersions: apiVersions(resources)
  }
}

/** `apps/v1` and `apps/v1/Deployment` for every type served, sorted, as `helm template --api-versions` takes them. */
function apiVersions(resources: Awaited<ReturnType<Cluster['resources']>>): string[] {
  const versions = new Set<string>()
  for (const { group, version, kind } of resources) {
    const groupVersion = group === '' ? version : `${group}/${version}`
    versions.add(groupVersion)
    versions.add(`${groupVersion}/${kind}`)
  }
  return [...versions].sort()
}

/** A container names an image by its repository, or by the bare name of the declaration. */
function imagePins(name: string, reference: string): ImagePin[] {
  return [...new Set([name, repositoryOf(reference)])].map((one) => ({ name: one, reference }))
}

/** @throws GitOpsError when an image was chosen for a target none of whose containers uses it: it would not be deployed */
function refuseUnusedImages(
  declared: KubernetesDeclaration,
  id: string,
  images: Readonly<Record<string, string>>,
  rendered: RenderedSet
): void {
  const unused = Object.entries(images).filter(
    ([name, reference]) => declared.images.includes(name) && !rendered.images.includes(reference)
  )
  const [first] = unused
  if (!first) return
  const [name, reference] = first
  const used = rendered.images.length > 0 ? `They use: ${rendered.images.join(', ')}.` : 'It has no containers.'
  throw new GitOpsError(
    `Image "${name}" is to be deployed with target "${id}", but none of its containers uses ${repositoryOf(reference)}. ${used}`,
    {
      hint: `Name the image ${repositoryOf(reference)} in the manifests or values, or take it from the target's images.`
    }
  )
}

/** How rendering a recorded commit again differs from what was recorded; undefined where it does not. */
async function differenceToRecord(
  options: KubernetesUnitOptions,
  content: KubernetesDeclaration,
  source: Source,
  cluster: Cluster,
  rendered: RenderedSet
): Promise<Unreproducible | undefined> {
  if (!source.recorded || source.recorded.digest === rendered.digest) return undefined
  const again = await render(options, content, source, cluster)
  const usesOutputs = [...(content.helm?.set.values() ?? [])].some((value) => typeof value !== 'string')
  return unreproducible(rendered, again, { usesOutputs })
}

/** The other targets, rendered from the workspace: what the declaration says now, whatever commit is looked at. */
function neighboursOf(
  options: KubernetesUnitOptions,
  { output }: Source,
  cluster: Cluster
): Pick<KubernetesTargetOptions, 'neighbours'> {
  const { neighbourhood, context, engine } = options
  if (!neighbourhood || !engine.declaredIds) return {}
  return {
    neighbours: neighbourhood.of(context.environment, options.id, declaredIdsOf({ context, engine }, output, cluster))
  }
}

/** How it is found out what any target of the workspace declares, for a cluster. */
export function declaredIdsOf(
  { context, engine }: Pick<KubernetesUnitOptions, 'context' | 'engine'>,
  output: ReadOutput,
  cluster: Cluster
): DeclaredIds {
  return async (declared, key) => {
    const source: Source = {
      workspace: context.workspace,
      images: {},
      // Outputs of another environment are not to be had here, and hardly ever make a name.
      output: key.environment === context.environment ? output : async () => 'unknown'
    }
    const rendered = await render({ id: key.target, engine, context }, declared, source, cluster)
    return (await engine.declaredIds?.(cluster, rendered.manifests, declared.namespace)) ?? new Set()
  }
}

async function policyOf(options: KubernetesUnitOptions, difference: Unreproducible | undefined): Promise<Policy> {
  const { declared, environment } = options
  const healthChecks = await healthChecksOf(options)
  return {
    prune: declared.prune,
    maxPrune: declared.maxPrune,
    fieldConflicts: declared.fieldConflicts,
    ignore: [...environment.ignore, ...(difference?.ignore ?? [])],
    wait: declared.wait,
    timeout: declared.timeout,
    foreignFields: environment.drift.foreignFields,
    unmanaged: environment.drift.unmanaged,
    replace: declared.replace.flatMap((text) => parseSelector(text) ?? []),
    adopt: declared.adopt,
    ...(healthChecks ? { healthChecks } : {})
  }
}

/** The user's rules for health, from the workspace: how things are judged is present policy. */
async function healthChecksOf({
  environment,
  context
}: KubernetesUnitOptions): Promise<Policy['healthChecks'] | undefined> {
  const file = environment.healthChecks
  if (file === undefined) return undefined
  const { readHealthChecks } = await import('../targets/kubernetes/health/checks/read.ts')
  let text: string
  try {
    text = await readFile(workspacePath(context.workspace, file), 'utf8')
  } catch (error) {
    if (error instanceof GitOpsError) throw error
    throw new GitOpsError(`The health checks ${file} cannot be read: ${messageOf(error)}`, {
      hint: 'Name a file of the repository that exists in the checkout.',
      cause: error
    })
  }
  return readHealthChecks(text, file)
}
