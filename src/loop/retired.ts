import type { EnvironmentDeclaration, RetirePolicy } from '../declaration/index.ts'
import { messageOf } from '../errors.ts'
import type { Cluster } from '../targets/kubernetes/cluster.ts'
import type { Left } from '../targets/kubernetes/elsewhere.ts'
import type { InventoryKey } from '../targets/kubernetes/inventory.ts'
import type { Connection } from './connections.ts'
import { declaredIdsOf, type KubernetesEngine } from './kubernetes-unit.ts'
import { Neighbourhood } from './neighbours.ts'
import { unitLog } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

export interface Retirement {
  readonly engine: KubernetesEngine
  readonly context: RunContext
  /** The file of the declaration. */
  readonly declaration: string
  /** Every declared environment. */
  readonly environments: ReadonlyMap<string, EnvironmentDeclaration>
  /** What becomes of targets of this environment that left it. */
  readonly targets: RetirePolicy
  /** What becomes of environments that left the declaration. */
  readonly left: RetirePolicy
}

/**
 * A unit for every target that a cluster knows and nobody declares any more, of this environment and of environments
 * that are gone: each is planned and reported like any other, and pruned last. None where that cannot be found out.
 */
export async function retiredUnits({ cluster: connected, from }: Connection, retirement: Retirement): Promise<Unit[]> {
  const { engine, context } = retirement
  let cluster: Cluster
  try {
    cluster = await connected
  } catch {
    // The targets themselves say why.
    return []
  }
  try {
    const left = (await leftIn(cluster, retirement)).filter(
      ({ key }) => key.environment === context.environment || !retirement.environments.has(key.environment)
    )
    if (!engine.retired) return []
    return left.map((one) => retiredUnit(one, nameOf(one.key, left, retirement, from), { cluster, from }, retirement))
  } catch (error) {
    context.log.warning(`Targets that are no longer declared could not be looked for: ${messageOf(error)}`)
    return []
  }
}

/** Says which targets that are no longer declared are still in a cluster. */
export async function warnOfLeft(
  { cluster: connected }: Connection,
  retirement: Pick<Retirement, 'engine' | 'context' | 'environments' | 'declaration'>
): Promise<void> {
  const { context } = retirement
  try {
    for (const { key } of await leftIn(await connected, retirement, context.environment))
      context.log.warning(
        `Target "${key.target}" of ${key.environment} is no longer declared, but what it deployed is still there (inventory: Secret ${inventory(key)}). A deploy of the whole environment shows it, and deletes it where "retire" says so; or declare it again.`
      )
  } catch (error) {
    context.log.debug(`targets that are no longer declared were not looked for: ${messageOf(error)}`)
  }
}

async function leftIn(
  cluster: Cluster,
  {
    engine,
    context,
    environments,
    declaration
  }: Pick<Retirement, 'engine' | 'context' | 'environments' | 'declaration'>,
  only?: string
): Promise<Left[]> {
  const { repository } = context
  const declared = new Map([...environments].map(([name, { targets }]) => [name, namespacesOf(targets)] as const))
  const wanted = { declaration, environments: declared, ...(only === undefined ? {} : { only }) }
  return (
    (await engine.leftInventories?.(cluster, { ...wanted, ...(repository === undefined ? {} : { repository }) })) ?? []
  )
}

/** The targets that have an inventory, each with the namespace where that is. */
function namespacesOf(targets: EnvironmentDeclaration['targets']): ReadonlyMap<string, string> {
  return new Map(
    [...targets].flatMap(([name, target]) => (target.kind === 'kubernetes' ? [[name, target.namespace] as const] : []))
  )
}

/** How a target is called that is no longer declared: with its namespace or cluster where others may have the same name. */
function nameOf(
  key: InventoryKey,
  left: readonly Left[],
  { context, environments }: Retirement,
  from: string | undefined
): string {
  const own = key.environment === context.environment
  const isSame = (other: InventoryKey) => other.environment === key.environment && other.target === key.target
  const isShared = left.filter((one) => isSame(one.key)).length > 1 || (own && isDeclared(key, environments))
  return [
    own ? key.target : `${key.environment}/${key.target}`,
    ...(isShared ? [key.namespace] : []),
    ...(from === undefined ? [] : [from])
  ].join('@')
}

function isDeclared(key: InventoryKey, environments: Retirement['environments']): boolean {
  return environments.get(key.environment)?.targets.has(key.target) === true
}

function retiredUnit(
  { key, record }: Left,
  id: string,
  { cluster, from }: { readonly cluster: Cluster; readonly from: string | undefined },
  retirement: Retirement
): Unit {
  const { engine, context, environments } = retirement
  const own = key.environment === context.environment
  const policy = own ? retirement.targets : retirement.left
  return {
    id,
    kind: 'kubernetes',
    dependsOn: [],
    images: [],
    deployed: async () => record,
    async open({ output }) {
      const idsOf = declaredIdsOf({ engine, context }, output, cluster)
      const target = await engine.retired?.({
        id,
        key,
        cluster,
        moved: isDeclared(key, environments),
        objects: policy.objects,
        maxPrune: policy.maxPrune,
        neighbours: new Neighbourhood(environments).near(context.environment, idsOf, from),
        source: {
          images: {},
          ...(context.repository === undefined ? {} : { repository: context.repository }),
          ...(context.run === undefined ? {} : { run: context.run })
        },
        log: unitLog(context.log, id, false),
        now: context.now,
        ...(context.signal ? { signal: context.signal } : {})
      })
      if (!target) throw new Error('the engine retires nothing')
      return { target, reproducible: true, notes: [] }
    }
  }
}

function inventory(key: InventoryKey): string {
  return `gitops.${key.environment}.${key.target} in namespace ${key.namespace}`
}
