import path from 'node:path'
import { need, runAction, withPlatform } from './cluster.ts'
import { kubectl, seconds, sizes } from './compare.ts'
import { median, table } from './figures.ts'
import { writeObjects } from './objects.ts'

const RUNS = 3

/** Drift check of objects that are in sync, whole process, beside `kubectl diff --server-side` and a bare LIST. */
export async function benchDrift(): Promise<void> {
  const rows: string[][] = []
  await withPlatform(async (platform, folder) => {
    for (const count of sizes([1000, 10_000])) {
      const namespace = `bench-${count}`
      const manifests = path.join(folder, String(count))
      await writeObjects(manifests, namespace, count)
      const inputs = {
        kubeconfig: platform.kubeconfig,
        environment: 'bench',
        target: `t${count}`,
        manifests: String(count),
        namespace
      }
      need(await runAction('deploy', folder, { ...inputs, timeout: '20m', wait: 'false' }), 'the deploy')
      const ours = []
      const floor = []
      for (let run = 0; run < RUNS; run++) {
        ours.push(need(await runAction('drift-check', folder, { ...inputs, revision: 'head' }), 'the drift check'))
        floor.push(
          need(
            await kubectl(platform, folder, ['get', '--raw', `/apis/apps/v1/namespaces/${namespace}/deployments`]),
            'the LIST'
          )
        )
      }
      const theirs = need(
        await kubectl(platform, folder, [
          'diff',
          '--server-side',
          '--force-conflicts',
          '--concurrency=16',
          '--field-manager=gitops-actions',
          '-f',
          manifests
        ]),
        'kubectl diff',
        [0, 1]
      )
      const mine = median(ours.map((one) => one.seconds))
      rows.push([
        `${count} objects in sync`,
        seconds(mine),
        seconds(theirs.seconds),
        `${(theirs.seconds / mine).toFixed(1)}×`,
        count === 1000 ? '12×' : '40×',
        `${Math.max(...ours.map((one) => one.megabytes)).toFixed(0)} MB`,
        seconds(median(floor.map((one) => one.seconds)))
      ])
    }
  })
  table(['drift check', 'ours', 'kubectl diff', 'ratio', 'to reach', 'memory', 'LIST of Deployments by kubectl'], rows)
}
