import {
  CloudFormationClient,
  CreateStackCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand
} from '@aws-sdk/client-cloudformation'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { readDeployment } from '../../../src/targets/cloudformation/index.ts'
import type { Target } from '../../../src/targets/target.ts'
import { Moto } from '../../platform/aws/cloudformation/moto.ts'
import { isReadOnly } from '../../platform/aws/index.ts'
import { useAws } from '../../platform/aws/use.ts'
import { StackCheckout, words } from './support.ts'

const aws = useAws()
let client: CloudFormationClient
let moto: Moto
beforeAll(() => {
  Object.assign(process.env, aws.env)
  client = new CloudFormationClient({ region: 'us-east-1' })
  moto = new Moto(Number(new URL(aws.upstream).port), 'us-east-1')
})
beforeEach(() => aws.reset())

const STACK = 'acme-adopted'
const TEMPLATE = `
Parameters:
  Timeout: {Type: Number}
  Token: {Type: String, NoEcho: true, Default: one-secret-token}
Resources:
  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders, VisibilityTimeout: !Ref Timeout}}
`
const GIVEN = { parameters: new Map([['Timeout', '30']]), tags: new Map([['team', 'shop']]) }

/** A stack that somebody made by other means. */
async function adopted(template = TEMPLATE): Promise<StackCheckout> {
  const place = new StackCheckout(STACK)
  place.template(template)
  await client.send(
    new CreateStackCommand({
      StackName: STACK,
      TemplateBody: template,
      Parameters: template === TEMPLATE ? [{ ParameterKey: 'Timeout', ParameterValue: '30' }] : [],
      Tags: [{ Key: 'team', Value: 'shop' }]
    })
  )
  await aws.cloudformation.idle()
  return place
}

async function changeSets() {
  const { Summaries = [] } = await client.send(new ListChangeSetsCommand({ StackName: STACK }))
  return Summaries
}

async function states(): Promise<string[]> {
  return (await changeSets()).map((one) => `${one.Status} ${one.ExecutionStatus}`)
}

async function deploy(target: Target) {
  return target.apply(await target.plan('deploy'))
}

function record(id = 'queues') {
  return readDeployment({ stack: STACK, region: 'us-east-1' }, { id, environment: 'test' })
}

test('a deploy that changes nothing is remembered, once, in a change set that cannot be executed', async () => {
  const place = await adopted()
  expect(await record()).toBeUndefined()
  const target = await place.target(GIVEN)
  const plan = await target.plan('deploy')
  expect(plan.changes).toEqual([])
  expect(await changeSets()).toEqual([])
  expect(await target.apply(plan)).toMatchObject({ status: 'succeeded', results: [] })
  expect(await record()).toMatchObject({
    revision: 'abc',
    digest: plan.declaredDigest,
    status: 'succeeded',
    repository: 'acme/shop'
  })
  expect(await states()).toEqual(['FAILED UNAVAILABLE'])
  const [one] = await changeSets()
  await expect(client.send(new ExecuteChangeSetCommand({ ChangeSetName: one?.ChangeSetId }))).rejects.toThrow(
    'cannot be executed'
  )

  // The record is there, and is neither a change nor drift; the same deploy again writes nothing more.
  const again = await place.target({ ...GIVEN, recordedDigest: plan.declaredDigest })
  expect(await again.plan('drift')).toMatchObject({ changes: [], notes: [] })
  aws.calls.length = 0
  expect(await deploy(again)).toMatchObject({ status: 'succeeded', results: [] })
  const made = aws.calls.filter((call) => !isReadOnly(call)).map((call) => call.action)
  expect(made).toEqual(['CreateChangeSet', 'DeleteChangeSet'])
  expect((await changeSets()).map((kept) => kept.ChangeSetId)).toEqual([one?.ChangeSetId])
  expect(place.lines.join()).not.toContain('could not be recorded')
})

test('the next commit takes its place, whether it changes something or not, and other targets keep theirs', async () => {
  const place = await adopted()
  await deploy(await place.target(GIVEN))
  await deploy(await place.target({ ...GIVEN, id: 'renamed' }))
  expect(await states()).toHaveLength(2)
  await deploy(await place.target({ ...GIVEN, source: { revision: 'def' } }))
  expect(await states()).toEqual(['FAILED UNAVAILABLE', 'FAILED UNAVAILABLE'])
  expect(await record()).toMatchObject({ revision: 'def', history: [] })
  expect(await record('renamed')).toMatchObject({ revision: 'abc' })

  const update = await place.target({
    ...GIVEN,
    parameters: new Map([['Timeout', '45']]),
    source: { revision: 'ghi' }
  })
  expect(words(await update.plan('deploy'))).toEqual(['update Queue', `update ${STACK}`])
  expect(await deploy(update)).toMatchObject({ status: 'succeeded' })
  expect(await record()).toMatchObject({ revision: 'ghi', status: 'succeeded' })
  expect(
    await deploy(
      await place.target({ ...GIVEN, parameters: new Map([['Timeout', '45']]), source: { revision: 'jkl' } })
    )
  ).toMatchObject({ results: [] })
  expect(await record()).toMatchObject({ revision: 'jkl', history: [{ revision: 'ghi' }] })
  expect((await states()).sort()).toEqual([
    'CREATE_COMPLETE EXECUTE_COMPLETE',
    'FAILED UNAVAILABLE',
    'FAILED UNAVAILABLE'
  ])
})

test('a record that cannot be written is a warning, and the one before stays', async () => {
  const place = await adopted()
  await deploy(await place.target(GIVEN))
  const next = await place.target({ ...GIVEN, source: { revision: 'def' } })
  const plan = await next.plan('deploy')
  aws.refuse((call) =>
    call.action === 'CreateChangeSet' ? { status: 403, code: 'AccessDenied', message: 'not authorized' } : undefined
  )
  expect(await next.apply(plan)).toMatchObject({ status: 'succeeded' })
  expect(place.lines.join('\n')).toContain(`The deployment of stack ${STACK} could not be recorded with it`)
  expect(await record()).toMatchObject({ revision: 'abc' })

  aws.refuse((call) =>
    call.action === 'DeleteChangeSet' ? { status: 403, code: 'AccessDenied', message: 'not authorized' } : undefined
  )
  expect(await next.apply(plan)).toMatchObject({ status: 'succeeded' })
  expect(place.lines.at(-1)).toContain('could not be removed')
  expect(await record()).toMatchObject({ revision: 'def', history: [{ revision: 'abc' }] })
})

test('with nested stacks it is remembered too', async () => {
  await moto.rest('PUT', '/templates')
  await moto.rest(
    'PUT',
    '/templates/child.yaml',
    "Resources:\n  Inner: {Type: 'AWS::SNS::Topic', Properties: {TopicName: inner}}\n"
  )
  const place = await adopted(
    "Resources:\n  Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/child.yaml'}}\n"
  )
  const target = await place.target({ tags: GIVEN.tags })
  expect(await deploy(target)).toMatchObject({ status: 'succeeded', results: [] })
  expect(await record()).toMatchObject({ revision: 'abc' })
  // A nested stack is listed in every change set, so AWS takes this one for something to do.
  expect(await states()).toEqual(['CREATE_COMPLETE AVAILABLE'])
  expect((await target.plan('deploy')).changes).toEqual([])
  expect((await target.plan('drift')).changes).toEqual([])
  expect(await states()).toHaveLength(1)
  // Somebody executes it all the same: that is still the record, and no longer ours to remove.
  const [one] = await changeSets()
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: one?.ChangeSetId }))
  await aws.cloudformation.idle()
  expect(await record()).toMatchObject({ revision: 'abc', status: 'succeeded' })
  await deploy(await place.target({ tags: GIVEN.tags, source: { revision: 'def' } }))
  expect(await record()).toMatchObject({ revision: 'def', history: [{ revision: 'abc' }] })
  expect((await states()).sort()).toEqual(['CREATE_COMPLETE AVAILABLE', 'CREATE_COMPLETE EXECUTE_COMPLETE'])
})

test('where only a secret parameter may differ, the reason says so', async () => {
  const place = await adopted()
  const other = await place.target({
    ...GIVEN,
    parameters: new Map([...GIVEN.parameters, ['Token', 'another-secret-token']])
  })
  const plan = await other.plan('deploy')
  expect(words(plan)).toEqual([`update ${STACK}`])
  expect(plan.changes[0]?.reason).toBe(
    'AWS sees a difference, but names none: stack.yaml is the template that is deployed. Values of parameters with NoEcho cannot be compared, because AWS does not show them: Token may have another value.'
  )
  expect(JSON.stringify(plan)).not.toContain('secret-token')
})
