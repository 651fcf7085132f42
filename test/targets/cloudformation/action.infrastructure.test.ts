import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type BundleOptions, type BundleRun, runBundle } from '../../actions/run-bundle.ts'
import { Moto } from '../../platform/aws/cloudformation/moto.ts'
import { useAws } from '../../platform/aws/use.ts'
import { StackCheckout } from './support.ts'

const aws = useAws()
let moto: Moto
beforeAll(() => {
  Object.assign(process.env, aws.env)
  moto = new Moto(Number(new URL(aws.upstream).port), 'us-east-1')
})
beforeEach(() => aws.reset())

const ENTRY = path.resolve(import.meta.dirname, '../../../actions/cloudformation-update/main.ts')
const QUEUE = (timeout: number) =>
  `Resources:\n  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders, VisibilityTimeout: ${timeout}}}\nOutputs: {Url: {Value: !Ref Queue}}\n`

function checkout(): StackCheckout {
  const place = new StackCheckout('acme-queues')
  place.template(QUEUE(30))
  git(place, 'init', '--quiet')
  commit(place)
  return place
}

function git(place: StackCheckout, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: place.folder })
}

function commit(place: StackCheckout): void {
  git(place, 'add', '.')
  git(place, 'commit', '--quiet', '-m', 'change')
}

function head(place: StackCheckout): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: place.folder, encoding: 'utf8' }).trim()
}

function act(
  place: StackCheckout,
  inputs: Record<string, string>,
  more: Partial<BundleOptions> = {}
): Promise<BundleRun> {
  return runBundle('cloudformation-update', {
    entry: ENTRY,
    workspace: place.folder,
    path: process.env['PATH'] ?? '',
    env: { ...aws.env, GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: '7', GITHUB_SERVER_URL: 'https://github.com' },
    inputs: { stack: 'acme-queues', template: 'stack.yaml', environment: 'test', ...inputs },
    ...more
  })
}

test('plan, apply of exactly that plan, drift against the deployed commit, heal', async () => {
  const place = checkout()
  const plan = await act(place, { mode: 'plan' })
  expect(plan.log).not.toContain('::error')
  expect(plan).toMatchObject({ code: 0, outputs: { status: 'planned', changed: 'true' } })
  expect(plan.summary).toContain('Queue')
  const digest = plan.outputs['plan-digest'] ?? ''
  const other = await act(place, { 'plan-digest': `sha256:${'0'.repeat(64)}` })
  expect(other).toMatchObject({ code: 1, outputs: { status: 'failed' } })
  expect(other.log).toContain('The plan is not the one that was approved')
  const applied = await act(place, { 'plan-digest': digest })
  expect(applied).toMatchObject({ code: 0, outputs: { status: 'succeeded' } })
  expect(applied.log).toContain('CREATE_COMPLETE  AWS::SQS::Queue  Queue')
  expect(await act(place, {})).toMatchObject({ code: 0, outputs: { status: 'succeeded', changed: 'false' } })
  // What is committed and not yet deployed is no drift.
  place.template(QUEUE(45))
  commit(place)
  expect(await act(place, { mode: 'drift' })).toMatchObject({ code: 0, outputs: { status: 'in-sync', drifted: '0' } })
  const url = `http://127.0.0.1/123456789012/orders`
  await moto.json('sqs', 'AmazonSQS.SetQueueAttributes', { QueueUrl: url, Attributes: { VisibilityTimeout: '99' } })
  const found = await act(place, { mode: 'drift', 'fail-on-drift': 'true' })
  expect(found).toMatchObject({ code: 1, outputs: { status: 'drifted', drifted: '1' } })
  expect(found.summary).toContain('VisibilityTimeout')
  const healed = await act(place, { mode: 'drift', heal: 'automatic' })
  expect(healed).toMatchObject({ code: 0, outputs: { status: 'healed', healed: '1' } })
  const answer = await moto.json('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] })
  expect(answer).toMatchObject({ Attributes: { VisibilityTimeout: '30' } })
}, 240_000)

test('a template that was renamed is checked for drift in the commit that a deploy without changes recorded', async () => {
  const place = checkout()
  expect(await act(place, {})).toMatchObject({ code: 0 })
  const first = head(place)
  mkdirSync(path.join(place.folder, 'infra'))
  git(place, 'mv', 'stack.yaml', 'infra/moved.yaml')
  commit(place)
  const moved = { template: 'infra/moved.yaml' }
  const early = await act(place, { ...moved, mode: 'drift' })
  expect(early).toMatchObject({ code: 1, outputs: { status: 'error' } })
  expect(early.log).toContain(
    `The template infra/moved.yaml does not exist in commit ${first}, which was deployed last.`
  )
  expect(early.log).toContain('deploy once more')
  const deployed = await act(place, moved)
  expect(deployed).toMatchObject({ code: 0, outputs: { status: 'succeeded', changed: 'false' } })
  expect(await act(place, { ...moved, mode: 'drift' })).toMatchObject({ code: 0, outputs: { status: 'in-sync' } })
  // Another name of the target, as when it moves from the action to gitops.yaml.
  const renamed = { ...moved, target: 'mv' }
  const unknown = await act(place, { ...renamed, mode: 'drift' })
  expect(unknown.log).toContain('"mv" was never deployed to "test"')
  expect(await act(place, renamed)).toMatchObject({ code: 0, outputs: { changed: 'false' } })
  expect(await act(place, { ...renamed, mode: 'drift' })).toMatchObject({ code: 0, outputs: { status: 'in-sync' } })
  expect(await act(place, { ...moved, mode: 'drift' })).toMatchObject({ code: 0, outputs: { status: 'in-sync' } })
}, 240_000)

test('a failed deploy fails the step with the first reason, and sets its outputs all the same', async () => {
  const place = checkout()
  aws.cloudformation.failures.set('Queue', 'The queue is full of bees')
  const failed = await act(place, {})
  expect(failed).toMatchObject({ code: 1, outputs: { status: 'failed', changed: 'true' } })
  expect(failed.log).toMatch(
    /::error.*stack\.yaml:2: Queue \(AWS::SQS::Queue\) CREATE_FAILED: The queue is full of bees\./
  )
  expect(failed.log).not.toContain(aws.env['AWS_SECRET_ACCESS_KEY'])
})

test('a run that is cancelled ends at once, and AWS goes on', async () => {
  const place = checkout()
  const release = aws.cloudformation.hold()
  let cancelled = false
  const run = await act(
    place,
    {},
    {
      onOutput: (text, kill) => {
        if (cancelled || !text.includes('CREATE_IN_PROGRESS')) return
        cancelled = true
        kill('SIGINT')
      }
    }
  )
  expect(run.outputs['status']).toBe('cancelled')
  expect(run.log).toContain('In AWS the update goes on')
  release()
  expect(await act(place, {})).toMatchObject({ code: 0, outputs: { status: 'succeeded', changed: 'false' } })
})

test('without credentials the error says so, and names none', async () => {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...env } = aws.env
  const run = await act(checkout(), { mode: 'plan' }, { env })
  expect(run.code).toBe(1)
  expect(run.log).toMatch(/Could not load credentials/)
  expect(run.log).toContain('configure-aws-credentials')
})

test('without a region the error says so', async () => {
  const { AWS_REGION: _region, AWS_DEFAULT_REGION: _default, ...env } = aws.env
  const run = await act(checkout(), { mode: 'plan' }, { env })
  expect(run).toMatchObject({ code: 1, outputs: { status: 'failed' } })
  expect(run.log).toMatch(/Region is missing/)
  expect(run.log).toContain('set AWS_REGION')
})
