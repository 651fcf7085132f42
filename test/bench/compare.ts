import type { PlatformInfo } from '../platform/platform.ts'
import { type Measured, measure } from './cluster.ts'

/** The platform's kubectl as a measured process. */
export function kubectl(platform: PlatformInfo, folder: string, args: readonly string[]): Promise<Measured> {
  return measure(platform.bin.kubectl, args, { cwd: folder, env: { KUBECONFIG: platform.kubeconfig } })
}

export function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}

/** Sizes to measure: those of `BENCH_SIZES` (comma-separated), else the given ones. */
export function sizes(usual: readonly number[]): readonly number[] {
  const wanted = process.env['BENCH_SIZES']
  return wanted === undefined ? usual : wanted.split(',').map(Number)
}
