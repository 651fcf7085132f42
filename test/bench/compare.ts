import path from 'node:path'
import type { PlatformInfo } from '../platform/platform.ts'
import { type Measured, measure } from './cluster.ts'

/** The manifests of kube-prometheus, where they are at hand: they are no part of the repository. */
export const KUBE_PROMETHEUS =
  process.env['BENCH_KUBE_PROMETHEUS'] ?? path.join(import.meta.dirname, '../../../shared/workloads/kube-prometheus')
export const WITHOUT_KUBE_PROMETHEUS =
  'Without kube-prometheus: give the folder of its manifests by BENCH_KUBE_PROMETHEUS.'

/** The platform's kubectl as a measured process. */
export function kubectl(platform: PlatformInfo, folder: string, args: readonly string[]): Promise<Measured> {
  return measure(platform.bin.kubectl, args, { cwd: folder, env: { KUBECONFIG: platform.kubeconfig } })
}

export function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}

/** `0.68×`: one time as a multiple of another. */
export function times(one: number, other: number): string {
  return `${(one / other).toFixed(2)}×`
}

/** Sizes to measure: those of `BENCH_SIZES` (comma-separated), else the given ones. */
export function sizes(usual: readonly number[]): readonly number[] {
  const wanted = process.env['BENCH_SIZES']
  return wanted === undefined ? usual : wanted.split(',').map(Number)
}
