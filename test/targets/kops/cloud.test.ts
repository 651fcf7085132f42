import { expect, test } from 'vitest'
import type { Logger } from '../../../src/log.ts'
import { dryRun } from '../../../src/targets/kops/cloud.ts'
import type { Context } from '../../../src/targets/kops/context.ts'
import { Redactor } from '../../../src/targets/kops/redact.ts'
import { Kops } from '../../../src/targets/kops/tool.ts'

const SKIPPED =
  'I1123 15:17:34.7 25770 securitygroup.go:350] Deletion skipping find of SecurityGroupRule ssh, because SourceGroup was not found\n'
const SILENT: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }
const NOTHING = { stdout: 'No changes need to be applied\n', stderr: '' }

const deferred = (...items: string[]) =>
  [
    'Items will be deleted only when the --prune flag is specified:',
    ...items.map((item) => `  SecurityGroupRule    ${item}`),
    '',
    'Must specify --yes to apply changes',
    ''
  ].join('\n')

/** A context whose kops prints these answers, one after the other; the last one from then on. */
function contextOf(answers: readonly { stdout: string; stderr: string }[]) {
  const calls: (readonly string[])[] = []
  const warnings: string[] = []
  const log: Logger = { ...SILENT, warning: (text: string) => void warnings.push(text) }
  const redactor = new Redactor({}, Buffer.alloc(32))
  const exec = async (_file: string, args: readonly string[]) => {
    calls.push(args)
    const answer = answers[Math.min(calls.length, answers.length) - 1] ?? NOTHING
    return { ...answer, code: 0 }
  }
  const options = { update: { instanceGroups: [], lifecycleOverrides: [] }, timeout: 1000, log }
  const kops = new Kops({ file: 'kops', state: 's3://x', redactor, exec, log, env: {} })
  return { context: { options, kops, redactor } as unknown as Context, calls, warnings }
}

const items = async (context: Context) => (await dryRun(context, 'a.b', 'Planning')).deferred.map((one) => one.item)

test('a dry run that left out extra rules of a security group is made again', async () => {
  const { context, calls, warnings } = contextOf([
    { ...NOTHING, stderr: SKIPPED },
    { stdout: deferred('sg-1: port=22'), stderr: SKIPPED },
    { stdout: deferred('sg-1: port=22', 'sg-2: port=22'), stderr: '' }
  ])
  expect(await items(context)).toEqual(['sg-1: port=22', 'sg-2: port=22'])
  expect(calls).toHaveLength(3)
  expect(warnings).toEqual([])
})

test('where kops never gets to look at all of them, what it found in several goes is put together, and said', async () => {
  const { context, calls, warnings } = contextOf([
    { stdout: deferred('sg-1: port=22'), stderr: SKIPPED },
    { stdout: deferred('sg-2: port=22'), stderr: SKIPPED },
    { ...NOTHING, stderr: SKIPPED }
  ])
  expect(await items(context)).toEqual(['sg-1: port=22', 'sg-2: port=22'])
  expect(calls.length).toBeGreaterThan(3)
  expect(warnings).toEqual([expect.stringContaining('extra rules may be missing')])
})

test('a security group that is yet to be created is no reason to ask again', async () => {
  const stdout =
    'Will create resources:\n  SecurityGroup/bastion.a.b\n  \tDescription         \tbastion\n\nMust specify --yes to apply changes\n'
  const { context, calls } = contextOf([{ stdout, stderr: SKIPPED }])
  expect(await items(context)).toEqual([])
  expect(calls).toHaveLength(1)
})
