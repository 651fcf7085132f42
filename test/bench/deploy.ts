import path from 'node:path'
import { need, runAction, withPlatform } from './cluster.ts'
import { kubectl, seconds, sizes } from './compare.ts'
import { median, table } from './figures.ts'
import { writeObjects } from './objects.ts'

const RUNS = 3

/** First and repeated deploys, whole process, beside `kubectl apply --server-side` on the same API server. */
export async function benchDeploy(): Promise<void> {
  const rows: string[][] = []
  await withPlatform(async (platform, folder) => {
    for (const count of sizes([1000, 10_000])) {
      const names = { ours: `ours-${count}`, theirs: `theirs-${count}` }
      for (const namespace of Object.values(names)) {
        await writeObjects(path.join(folder, namespace), namespace, count)
        need(await kubectl(platform, folder, ['create', 'namespace', namespace]), 'create namespace')
      }
      const inputs = {
        kubeconfig: platform.kubeconfig,
        environment: 'bench',
        target: `t${count}`,
        manifests: names.ours,
        namespace: names.ours,
        timeout: '20m'
      }
      const apply = ['apply', '--server-side', '-f', path.join(folder, names.theirs)]
      const theirFirst = need(await kubectl(platform, folder, apply), 'kubectl apply')
      const ourFirst = need(await runAction('deploy', folder, { ...inputs, wait: 'false' }), 'the first deploy')
      const theirs = []
      const ours = []
      for (let run = 0; run < RUNS; run++) {
        theirs.push(need(await kubectl(platform, folder, apply), 'kubectl apply'))
        ours.push(need(await runAction('deploy', folder, inputs), 'the repeated deploy'))
      }
      const repeated = {
        mine: median(ours.map((one) => one.seconds)),
        theirs: median(theirs.map((one) => one.seconds))
      }
      rows.push(
        [
          `first deploy of ${count}, pre-flight included`,
          seconds(ourFirst.seconds),
          seconds(theirFirst.seconds),
          `${(ourFirst.seconds / theirFirst.seconds).toFixed(2)}× its time`,
          count === 1000 ? '≤ 1.5×' : '',
          memory([ourFirst])
        ],
        [
          `no-op deploy of ${count}`,
          seconds(repeated.mine),
          seconds(repeated.theirs),
          `${(repeated.theirs / repeated.mine).toFixed(1)}× faster`,
          count === 1000 ? '≥ 6×' : '≥ 15×',
          memory(ours)
        ]
      )
    }
  })
  table(['deploy', 'ours', 'kubectl apply --server-side', 'ratio', 'to reach', 'memory'], rows)
}

function memory(runs: readonly { megabytes: number }[]): string {
  return `${Math.max(...runs.map((run) => run.megabytes)).toFixed(0)} MB`
}
