import { existsSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import type { PlatformInfo } from '../platform/platform.ts'
import { type Measured, need, runAction, withPlatform } from './cluster.ts'
import { KUBE_PROMETHEUS, kubectl, seconds, sizes, times, WITHOUT_KUBE_PROMETHEUS } from './compare.ts'
import { median, table } from './figures.ts'
import { floorOf } from './floor.ts'
import { writeObjects } from './objects.ts'

/** First deploys are repeated into new namespaces, and the best of each side counts: what else runs only slows down. */
const FIRSTS = 3
const RUNS = 3
/** Beyond this size one first deploy says enough. */
const LARGE = 5000

/**
 * First and repeated deploys, whole process, beside `kubectl apply --server-side` on the same API server, and beside the
 * bare requests: one PATCH per object of a first deploy, one LIST per type of a repeated one.
 */
export async function benchDeploy(): Promise<void> {
  const rows: string[][] = []
  await withPlatform(async (platform, folder) => {
    for (const count of sizes([1000, 10_000])) rows.push(...(await benchSize(platform, folder, count)))
    if (existsSync(KUBE_PROMETHEUS)) rows.push(await benchKubePrometheus(platform, folder))
    else console.log(WITHOUT_KUBE_PROMETHEUS)
  })
  table(['deploy', 'ours', 'kubectl apply --server-side', 'ratio', 'to reach', 'floor', 'memory'], rows)
  console.log(`load when it ended: ${loadavg()[0]?.toFixed(1)}`)
}

async function benchSize(platform: PlatformInfo, folder: string, count: number): Promise<string[][]> {
  const firsts: { ours: Measured; plan: Measured; theirs: Measured; floor: number }[] = []
  for (let round = 0; round < (count < LARGE ? FIRSTS : 1); round++) {
    const theirs = await firstApply(platform, folder, `theirs-${count}-${round}`, count)
    const floor = await firstPatches(platform, folder, `floor-${count}-${round}`, count)
    firsts.push({ theirs, floor, ...(await firstDeploy(platform, folder, `ours-${count}-${round}`, count)) })
  }
  const inputs = inputsOf(platform, `ours-${count}-0`)
  const apply = ['apply', '--server-side', '-f', path.join(folder, `theirs-${count}-0`)]
  const theirs: Measured[] = []
  const ours: Measured[] = []
  const plans: Measured[] = []
  const lists: number[] = []
  const floor = await floorOf(platform, folder, `ours-${count}-0`, `ours-${count}-0`)
  for (let run = 0; run < RUNS; run++) {
    lists.push(await floor.list())
    theirs.push(need(await kubectl(platform, folder, apply), 'kubectl apply'))
    ours.push(need(await runAction('deploy', folder, inputs), 'the repeated deploy'))
    plans.push(need(await runAction('deploy', folder, { ...inputs, mode: 'plan' }), 'the repeated plan'))
  }
  const changed: Measured[] = []
  for (let run = 0; run < RUNS; run++) {
    await changeThree(path.join(folder, `ours-${count}-0`), run)
    changed.push(need(await runAction('deploy', folder, inputs), 'the deploy of three changes'))
  }
  const best = (list: readonly Measured[]) => Math.min(...list.map((one) => one.seconds))
  const middle = (list: readonly Measured[]) => median(list.map((one) => one.seconds))
  const first = { ours: best(firsts.map((one) => one.ours)), theirs: best(firsts.map((one) => one.theirs)) }
  // A plan of what is not there is start, LIST and pre-flight; a plan of what is there has no pre-flight.
  const preflight = Math.max(0, best(firsts.map((one) => one.plan)) - best(plans))
  const target = (text: string) => (count === 1000 ? text : '')
  const above = (time: number, least: number) => `${seconds(least)}, ours is ${times(time, least)}`
  return [
    [
      `first deploy of ${count}, pre-flight included`,
      seconds(first.ours),
      seconds(first.theirs),
      `${times(first.ours, first.theirs)} its time`,
      target('≤ 1.5×'),
      `PATCH ${above(first.ours, Math.min(...firsts.map((one) => one.floor)))}`,
      memory(firsts.map((one) => one.ours))
    ],
    [
      `the same without its pre-flight (${seconds(preflight)})`,
      seconds(first.ours - preflight),
      seconds(first.theirs),
      `${times(first.ours - preflight, first.theirs)} its time`,
      target('≤ 1.0×'),
      '',
      ''
    ],
    [
      `no-op deploy of ${count}`,
      seconds(middle(ours)),
      seconds(middle(theirs)),
      `${(middle(theirs) / middle(ours)).toFixed(1)}× faster`,
      count === 1000 ? '≥ 6×' : '≥ 15×',
      `LIST ${above(middle(ours), median(lists))}`,
      memory(ours)
    ],
    [
      `three changed of ${count}`,
      seconds(middle(changed)),
      '',
      `${times(middle(changed), middle(ours))} our no-op`,
      target('≤ 1.3×'),
      '',
      memory(changed)
    ]
  ]
}

function inputsOf(platform: PlatformInfo, namespace: string): Record<string, string> {
  return {
    kubeconfig: platform.kubeconfig,
    environment: 'bench',
    target: namespace,
    manifests: namespace,
    namespace,
    timeout: '20m'
  }
}

async function firstApply(platform: PlatformInfo, folder: string, namespace: string, count: number): Promise<Measured> {
  await writeObjects(path.join(folder, namespace), namespace, count)
  need(await kubectl(platform, folder, ['create', 'namespace', namespace]), 'create namespace')
  const apply = ['apply', '--server-side', '-f', path.join(folder, namespace)]
  return need(await kubectl(platform, folder, apply), 'kubectl apply')
}

async function firstDeploy(
  platform: PlatformInfo,
  folder: string,
  namespace: string,
  count: number
): Promise<{ plan: Measured; ours: Measured }> {
  await writeObjects(path.join(folder, namespace), namespace, count)
  need(await kubectl(platform, folder, ['create', 'namespace', namespace]), 'create namespace')
  const inputs = { ...inputsOf(platform, namespace), wait: 'false' }
  const plan = need(await runAction('deploy', folder, { ...inputs, mode: 'plan' }), 'the first plan')
  return { plan, ours: need(await runAction('deploy', folder, inputs), 'the first deploy') }
}

/** Every object applied by a bare request, in a namespace of its own. */
async function firstPatches(platform: PlatformInfo, folder: string, namespace: string, count: number): Promise<number> {
  await writeObjects(path.join(folder, namespace), namespace, count)
  need(await kubectl(platform, folder, ['create', 'namespace', namespace]), 'create namespace')
  return (await floorOf(platform, folder, namespace, namespace)).patch()
}

/**
 * The simulated nodes run no containers, so nothing answers for the aggregated API of prometheus-adapter; everything
 * else must become healthy.
 */
const HEALTH_CHECKS = '- {group: apiregistration.k8s.io, kind: APIService, healthy: "true"}\n'

/** kube-prometheus from nothing to healthy in one run: namespace, definitions, their resources, workloads. */
async function benchKubePrometheus(platform: PlatformInfo, folder: string): Promise<string[]> {
  await cp(KUBE_PROMETHEUS, path.join(folder, 'kube-prometheus'), { recursive: true })
  await writeFile(path.join(folder, 'health.yaml'), HEALTH_CHECKS)
  const inputs = { ...inputsOf(platform, 'kube-prometheus'), namespace: 'monitoring', 'health-checks': 'health.yaml' }
  const first = need(await runAction('deploy', folder, inputs), 'the deploy of kube-prometheus')
  return ['kube-prometheus, from nothing to healthy', seconds(first.seconds), '', '', 'in one run', '', memory([first])]
}

/** Another image in three Deployments of the first file. */
async function changeThree(folder: string, run: number): Promise<void> {
  const file = path.join(folder, 'apps-000000.yaml')
  let left = 3
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(/podinfo:[\d.]+/g, (image) => (left-- > 0 ? `podinfo:7.${run}.0` : image))
  )
}

function memory(runs: readonly Measured[]): string {
  return `${Math.max(...runs.map((run) => run.megabytes)).toFixed(0)} MB`
}
