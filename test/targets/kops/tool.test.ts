import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { Logger } from '../../../src/log.ts'
import { Redactor } from '../../../src/targets/kops/redact.ts'
import { type Call, Kops } from '../../../src/targets/kops/tool.ts'
import type { Exec } from '../../../src/toolchain/exec.ts'

const logged: string[] = []
const log: Logger = {
  info: (text) => void logged.push(`info: ${text}`),
  debug: (text) => void logged.push(`debug: ${text}`),
  warning() {},
  error() {},
  group: (_title, work) => work()
}
const trouble = (reason: string, task = 'VPC/shop') =>
  `W1123 14:04:40.6 18155 executor.go:141] error running task "${task}" (9m50s remaining to succeed): ${reason}`

/** A kops that says `lines` and then goes on for ever, until it is ended. */
function kopsOf(lines: readonly string[], signal?: AbortSignal): Kops {
  const exec: Exec = (_file, _args, options) =>
    new Promise((resolve, reject) => {
      options?.signal?.addEventListener('abort', () => reject(options.signal?.reason))
      for (const line of lines) options?.onLine?.(line, 'stderr')
      if (lines.at(-1) === 'end') resolve({ code: 0, stdout: '', stderr: '' })
    })
  const redactor = new Redactor({ S3_SECRET_ACCESS_KEY: 'very-secret-key' }, Buffer.alloc(32))
  return new Kops({ file: 'kops', state: 's3://x', redactor, exec, log, env: {}, ...(signal ? { signal } : {}) })
}

async function failureOf(kops: Kops, call: Partial<Call> = {}): Promise<GitOpsError> {
  const error = await kops.run({ args: ['update'], what: 'Planning', ...call }).then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown
  )
  if (error instanceof GitOpsError) return error
  throw error
}

describe('kops repeats for ten minutes what failed', () => {
  const denied = trouble('api error UnauthorizedOperation: You are not authorized')

  test('a dry run is ended at the third time, with the reason', async () => {
    const error = await failureOf(kopsOf([denied, denied, denied]))
    expect(error.message).toContain('UnauthorizedOperation')
    expect(error.hint).toContain('The role lacks that right')
  })

  test('several tasks that stumble once each are no reason to end it', async () => {
    const lines = ['a', 'b', 'c', 'd'].map((task) => trouble('timeout', `VPC/${task}`))
    await kopsOf([...lines, 'end']).run({ args: ['update'], what: 'Planning' })
  })

  test('a write may wait for AWS', async () => {
    await kopsOf([denied, denied, denied, denied, 'end']).run({ args: ['update'], what: 'Updating', writes: true })
  })

  test('what can never succeed ends a write at once, too', async () => {
    const error = await failureOf(kopsOf([trouble('spec.cidr: Forbidden: field is immutable')]), { writes: true })
    expect(error.message).toContain('field is immutable')
  })
})

test('a run that is cancelled ends with the reason of the cancellation', async () => {
  const stop = new AbortController()
  const running = kopsOf([], stop.signal).run({ args: ['update'], what: 'Planning' })
  stop.abort(new GitOpsError('The lock was lost.'))
  await expect(running).rejects.toThrow('The lock was lost.')
})

test('progress of a write is told without secrets, and without what is asked for by a dry run only', async () => {
  logged.length = 0
  const lines = [
    'I1123 14:04:40.6 18155 instancegroups.go:1] Draining the node: "i-1", very-secret-key',
    'I1123 14:04:40.6 18155 securitygroup.go:86] found matching SecurityGroup "sg-1"',
    'Will create resources:',
    'end'
  ]
  await kopsOf(lines).run({ args: ['x'], what: 'x', writes: true })
  expect(logged).toEqual(['info: kops: Draining the node: "i-1", (hidden)'])
})

test('what waits for minutes says so all the while; what only looks does not', async () => {
  const lines = ['W1123 14:04:40.6 18155 validate_cluster.go:241] (will retry): cluster not yet healthy', 'end']
  for (const [call, level] of [
    [{ waits: true }, 'info'],
    [{}, 'debug']
  ] as const) {
    logged.length = 0
    await kopsOf(lines).run({ args: ['validate'], what: 'Validating', ...call })
    expect(logged).toEqual([`${level}: kops: (will retry): cluster not yet healthy`])
  }
})
