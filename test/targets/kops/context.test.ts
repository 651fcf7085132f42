import { expect, test } from 'vitest'
import { openContext } from '../../../src/targets/kops/context.ts'
import type { KopsTargetOptions } from '../../../src/targets/kops/index.ts'
import type { Exec } from '../../../src/toolchain/exec.ts'
import { memoryLog } from '../../loop/doubles.ts'

test('kops is not given the inputs of the action, which hold its credentials, and shows none of them', async () => {
  const seen: string[] = []
  const exec: Exec = async (_file, _args, options) => {
    seen.push(...Object.keys(options?.env ?? {}))
    options?.onLine?.('W1123 14:04:40.6 18155 a.go:1] called with ghs_secret_token', 'stderr')
    return { code: 0, stdout: '', stderr: '' }
  }
  const log = memoryLog()
  const options = {
    state: 'file:///tmp/state',
    kops: 'kops',
    secretKey: Buffer.alloc(32),
    env: { 'INPUT_GITHUB-TOKEN': 'ghs_secret_token', INPUT_KUBECONFIG: 'apiVersion: v1', AWS_REGION: 'us-east-1' },
    exec,
    log
  } satisfies Partial<KopsTargetOptions>
  const context = await openContext(options as unknown as KopsTargetOptions)
  await context.kops.run({ args: ['update'], what: 'Updating', writes: true })
  expect(seen).toContain('AWS_REGION')
  expect(seen.filter((name) => name.startsWith('INPUT_'))).toEqual([])
  expect(log.lines).toEqual(['kops: called with (hidden)'])
})
