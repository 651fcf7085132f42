import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import type { PlatformInfo } from '../platform/platform.ts'
import { type Measured, need, runAction, withPlatform } from './cluster.ts'
import { KUBE_PROMETHEUS, kubectl, seconds, sizes, times, WITHOUT_KUBE_PROMETHEUS } from './compare.ts'
import { median, table } from './figures.ts'
import { floorOf } from './floor.ts'
import { writeObjects } from './objects.ts'
import { countRequests } from './requests.ts'

const RUNS = 5

interface Case {
  readonly title: string
  /** Folder below the benchmark's own. */
  readonly manifests: string
  readonly namespace: string
  readonly wanted: string
  readonly objects: number
}

const HEADINGS = ['drift check', 'ours', 'kubectl diff', 'ratio', 'to reach', 'LIST floor', 'requests', 'memory']

/**
 * Drift check, whole process, of objects that are in sync and with one in a hundred changed; beside it
 * `kubectl diff --server-side --concurrency=16`, the bare LISTs, and the requests that the API server counted.
 */
export async function benchDrift(): Promise<void> {
  const rows: string[][] = []
  await withPlatform(async (platform, folder) => {
    for (const count of sizes([1000, 10_000])) {
      const namespace = `bench-${count}`
      await writeObjects(path.join(folder, String(count)), namespace, count)
      const wanted = count >= 10_000 ? '≥ 40×' : '≥ 12×'
      const one = { title: `${count} objects`, manifests: String(count), namespace, wanted, objects: count }
      rows.push(...(await benchCase(platform, folder, one)))
    }
    if (existsSync(KUBE_PROMETHEUS)) {
      await cp(KUBE_PROMETHEUS, path.join(folder, 'kube-prometheus'), { recursive: true })
      const place = { manifests: 'kube-prometheus', namespace: 'monitoring' }
      const one = { title: 'kube-prometheus', ...place, wanted: '≥ 6×', objects: 131 }
      rows.push(...(await benchCase(platform, folder, one)))
    } else console.log(WITHOUT_KUBE_PROMETHEUS)
  })
  table(HEADINGS, rows)
  console.log(`load when it ended: ${loadavg()[0]?.toFixed(1)}`)
}

async function benchCase(platform: PlatformInfo, folder: string, one: Case): Promise<string[][]> {
  const { namespace, manifests } = one
  const inputs = { kubeconfig: platform.kubeconfig, environment: 'bench', target: manifests, manifests, namespace }
  need(await runAction('deploy', folder, { ...inputs, timeout: '20m', wait: 'false' }), 'the deploy')
  const check = async () => need(await runAction('drift-check', folder, { ...inputs, revision: 'head' }), 'a check')
  const floor = await floorOf(platform, folder, manifests, namespace)
  const diff = [
    ...['diff', '--server-side', '--force-conflicts', '--concurrency=16', '--field-manager=gitops-actions'],
    ...['-R', '-f', path.join(folder, manifests)]
  ]
  const theirs: Measured[] = []
  const inSync: Measured[] = []
  const floors: number[] = []
  for (let run = 0; run < RUNS; run++) {
    inSync.push(await check())
    floors.push(await floor.list())
    // Minutes each for 10,000 objects: one of them says enough.
    if (one.objects < 5000 || run === 0)
      theirs.push(need(await kubectl(platform, folder, diff), 'kubectl diff', [0, 1]))
  }
  const counted = await countRequests(platform, folder, check)
  await change(platform, folder, namespace, Math.max(1, Math.round(one.objects / 100)))
  const drifted: Measured[] = []
  for (let run = 0; run < RUNS; run++) drifted.push(await check())
  const countedDrift = await countRequests(platform, folder, check)
  const [ours, bare, other] = [secondsOf(inSync), median(floors), secondsOf(theirs)]
  return [
    [
      ...[`${one.title} in sync`, seconds(ours), seconds(other), `${(other / ours).toFixed(1)}× faster`, one.wanted],
      ...[`${seconds(bare)}, ours is ${(ours / bare).toFixed(1)}×`, String(counted.requests), memory(inSync)]
    ],
    [
      ...[
        `${one.title}, 1 % changed`,
        seconds(secondsOf(drifted)),
        '',
        `${times(secondsOf(drifted), ours)} of in sync`
      ],
      ...['≤ 1.5×', '', String(countedDrift.requests), memory(drifted)]
    ]
  ]
}

/** What people do: a label of `count` Deployments is changed by hand. */
async function change(platform: PlatformInfo, folder: string, namespace: string, count: number): Promise<void> {
  const get = ['get', 'deployments', '-n', namespace, '-o', 'name']
  const names = need(await kubectl(platform, folder, get), 'kubectl get')
    .output.trim()
    .split('\n')
    .slice(0, count)
  const label = ['label', '-n', namespace, '--overwrite', ...names, 'app.kubernetes.io/name=changed']
  need(await kubectl(platform, folder, label), 'kubectl label')
}

function secondsOf(runs: readonly Measured[]): number {
  return median(runs.map((run) => run.seconds))
}

function memory(runs: readonly Measured[]): string {
  return `${Math.max(...runs.map((run) => run.megabytes)).toFixed(0)} MB`
}
