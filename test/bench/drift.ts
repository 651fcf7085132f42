import { existsSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import type { PlatformInfo } from '../platform/platform.ts'
import { need, runAction, withPlatform } from './cluster.ts'
import { kubectl, seconds, sizes } from './compare.ts'
import { median, table } from './figures.ts'
import { writeObjects } from './objects.ts'

const RUNS = 3

/** The manifests of kube-prometheus, where they are at hand: they are no part of the repository. */
const KUBE_PROMETHEUS =
  process.env['BENCH_KUBE_PROMETHEUS'] ?? path.join(import.meta.dirname, '../../../shared/workloads/kube-prometheus')

interface Case {
  readonly title: string
  /** Folder below the benchmark's own. */
  readonly manifests: string
  readonly namespace: string
  readonly wanted: string
}

/** Drift check of objects that are in sync, whole process, beside `kubectl diff --server-side` and a bare LIST. */
export async function benchDrift(): Promise<void> {
  const rows: string[][] = []
  await withPlatform(async (platform, folder) => {
    for (const count of sizes([1000, 10_000])) {
      const namespace = `bench-${count}`
      await writeObjects(path.join(folder, String(count)), namespace, count)
      const wanted = count === 1000 ? '12×' : '40×'
      rows.push(
        await benchCase(platform, folder, { title: `${count} objects`, manifests: String(count), namespace, wanted })
      )
    }
    if (existsSync(KUBE_PROMETHEUS)) {
      await cp(KUBE_PROMETHEUS, path.join(folder, 'kube-prometheus'), { recursive: true })
      const one = { title: 'kube-prometheus', manifests: 'kube-prometheus', namespace: 'monitoring', wanted: '6×' }
      rows.push(await benchCase(platform, folder, one))
    } else console.log('Without kube-prometheus: give the folder of its manifests by BENCH_KUBE_PROMETHEUS.')
  })
  table(['drift check', 'ours', 'kubectl diff', 'ratio', 'to reach', 'memory', 'LIST of Deployments by kubectl'], rows)
  console.log(`load when it ended: ${loadavg()[0]?.toFixed(1)}`)
}

async function benchCase(platform: PlatformInfo, folder: string, one: Case): Promise<string[]> {
  const { namespace, manifests } = one
  const inputs = { kubeconfig: platform.kubeconfig, environment: 'bench', target: manifests, manifests, namespace }
  need(await runAction('deploy', folder, { ...inputs, timeout: '20m', wait: 'false' }), 'the deploy')
  const ours = []
  const floor = []
  const list = ['get', '--raw', `/apis/apps/v1/namespaces/${namespace}/deployments`]
  for (let run = 0; run < RUNS; run++) {
    ours.push(need(await runAction('drift-check', folder, { ...inputs, revision: 'head' }), 'the drift check'))
    floor.push(need(await kubectl(platform, folder, list), 'the LIST'))
  }
  const diff = [
    'diff',
    '--server-side',
    '--force-conflicts',
    '--concurrency=16',
    '--field-manager=gitops-actions',
    '-R'
  ]
  const theirs = need(
    await kubectl(platform, folder, [...diff, '-f', path.join(folder, manifests)]),
    'kubectl diff',
    [0, 1]
  )
  const mine = median(ours.map((run) => run.seconds))
  return [
    `${one.title} in sync`,
    seconds(mine),
    seconds(theirs.seconds),
    `${(theirs.seconds / mine).toFixed(1)}×`,
    one.wanted,
    `${Math.max(...ours.map((run) => run.megabytes)).toFixed(0)} MB`,
    seconds(median(floor.map((run) => run.seconds)))
  ]
}
