import type { PlatformInfo } from '../platform/platform.ts'
import { need } from './cluster.ts'
import { kubectl } from './compare.ts'

/**
 * Requests that the API server counted in its own metrics while `work` ran. What its controllers ask for all the time
 * (watches, leases, events, its own health) is left out; what they ask for now and then stays in, so a figure may be a few too high.
 */
export async function countRequests<T>(
  platform: PlatformInfo,
  folder: string,
  work: () => Promise<T>
): Promise<{ result: T; requests: number }> {
  const before = await counted(platform, folder)
  const result = await work()
  return { result, requests: (await counted(platform, folder)) - before - OWN }
}

/** The second reading counts the first one. */
const OWN = 1
const LEFT_OUT = /verb="(WATCH|CONNECT)"|resource="(leases|events|tokenreviews|subjectaccessreviews)"/

async function counted(platform: PlatformInfo, folder: string): Promise<number> {
  const { output } = need(await kubectl(platform, folder, ['get', '--raw', '/metrics']), 'reading the metrics')
  return sumOf(output)
}

/** The sum of `apiserver_request_total` over what a client may have asked for. */
export function sumOf(metrics: string): number {
  let sum = 0
  for (const line of metrics.split('\n')) {
    if (!line.startsWith('apiserver_request_total{') || LEFT_OUT.test(line)) continue
    sum += Number(line.slice(line.lastIndexOf(' ') + 1))
  }
  return sum
}
