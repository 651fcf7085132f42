import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { stringifyJson } from '../../../src/json.ts'
import type { Unit } from '../../../src/loop/unit.ts'
import { renderSummary } from '../../../src/report/summary.ts'
import type { Plan } from '../../../src/targets/plan.ts'
import type { Target } from '../../../src/targets/target.ts'
import { checkOfNight } from '../../action/night.ts'
import { LIVE_TYPES } from '../../platform/aws/cloudformation/live.ts'
import { Moto } from '../../platform/aws/cloudformation/moto.ts'
import { useAws } from '../../platform/aws/use.ts'
import { schemaErrors } from '../../report/schema.ts'
import { StackCheckout, words } from './support.ts'

const aws = useAws()
let moto: Moto
beforeAll(() => {
  Object.assign(process.env, aws.env)
  moto = new Moto(Number(new URL(aws.upstream).port), 'us-east-1')
})
beforeEach(() => aws.reset())

const TEMPLATE = `
Parameters: {Token: {Type: String, NoEcho: true, Default: very-secret-token}}
Resources:
  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders, VisibilityTimeout: 30}}
  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news, DisplayName: News}}
  Setting: {Type: 'AWS::SSM::Parameter', Properties: {Name: setting, Type: String, Value: one}}
  Credential: {Type: 'AWS::SSM::Parameter', Properties: {Name: token, Type: String, Value: !Ref Token}}
  Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: files, VersioningConfiguration: {Status: Enabled}}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: nodes
      GroupDescription: nodes
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]
`

async function deployed(place: StackCheckout, template = TEMPLATE): Promise<Target> {
  place.template(template)
  const target = await place.target()
  const outcome = await target.apply(await target.plan('deploy'))
  expect(outcome.failure?.message).toBeUndefined()
  return target
}

/** Id of a resource in AWS. */
async function idOf(logicalId: string, stack = 'acme-app'): Promise<string> {
  const { CloudFormationClient, DescribeStackResourcesCommand } = await import('@aws-sdk/client-cloudformation')
  const client = new CloudFormationClient({ region: 'us-east-1' })
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }))
  return StackResources.find((one) => one.LogicalResourceId === logicalId)?.PhysicalResourceId ?? ''
}

async function byHand(type: string, logicalId: string, properties: Record<string, string>): Promise<void> {
  await LIVE_TYPES[type]?.write(await idOf(logicalId), properties, moto)
}

function fields(plan: Plan): unknown[] {
  return plan.changes.map(({ resource, fields }) => [
    resource.id,
    ...fields.map(({ path, before, after }) => [path, before, after])
  ])
}

const value = (text: string) => ({ type: 'value', value: text })

describe('drift', () => {
  test('is not there right after a deploy, and nothing is left of looking', async () => {
    const target = await deployed(new StackCheckout('acme-app'))
    aws.calls.length = 0
    expect(await target.plan('drift')).toMatchObject({ changes: [], unchanged: 6, notes: [] })
    expect(aws.calls.map((call) => call.action)).not.toContain('ExecuteChangeSet')
    expect(aws.calls.map((call) => call.action)).not.toContain('DetectStackDrift')
  })

  test('of every kind of resource is found where it is, put back for real, and gone', async () => {
    const place = new StackCheckout('acme-app')
    const target = await deployed(place)
    await byHand('AWS::SQS::Queue', 'Queue', { VisibilityTimeout: '99' })
    await byHand('AWS::SNS::Topic', 'Topic', { DisplayName: 'Hacked' })
    await byHand('AWS::SSM::Parameter', 'Credential', { Value: 'stolen-secret-token' })
    await byHand('AWS::S3::Bucket', 'Bucket', {})
    await moto.json('ssm', 'AmazonSSM.DeleteParameter', { Name: 'setting' })
    const group = await idOf('Group')
    await moto.query('ec2', 'AuthorizeSecurityGroupIngress', {
      GroupId: group,
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '22',
      'IpPermissions.1.ToPort': '22',
      'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0'
    })
    const drift = await target.plan('drift')
    expect(words(drift)).toEqual([
      'update Queue',
      'update Topic',
      'create Setting',
      'update Credential',
      'update Group'
    ])
    expect(fields(drift).slice(0, 2)).toEqual([
      ['Queue', ['VisibilityTimeout', value('99'), value('30')]],
      ['Topic', ['DisplayName', value('Hacked'), value('News')]]
    ])
    expect(drift.changes[0]).toMatchObject({
      reason: 'Changed outside of CloudFormation.',
      attribution: { known: false },
      source: { file: 'stack.yaml', line: 4 }
    })
    expect(drift.changes[2]?.reason).toBe('Deleted outside of CloudFormation.')
    expect(drift.changes[3]?.fields).toMatchObject([
      { path: 'Value', before: { type: 'secret' }, after: { type: 'secret' } }
    ])
    expect(JSON.stringify([drift, place.lines])).not.toMatch(/stolen|very-secret/)
    expect(JSON.stringify(drift.changes[4])).toContain('0.0.0.0/0')
    const outcome = await target.apply(drift)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(outcome.results.map((result) => result.action)).toEqual([
      'updated',
      'updated',
      'created',
      'updated',
      'updated'
    ])
    expect((await target.plan('drift')).changes).toEqual([])
    expect(await LIVE_TYPES['AWS::SSM::Parameter']?.read('setting', moto)).toMatchObject({ Value: 'one' })
    expect(await LIVE_TYPES['AWS::EC2::SecurityGroup']?.read(group, moto)).toMatchObject({
      SecurityGroupIngress: [{ FromPort: 443 }]
    })
    expect((await target.plan('deploy')).changes).toEqual([])
  })

  test('of the template, by somebody who updated the stack, is found and put back', async () => {
    const target = await deployed(new StackCheckout('acme-app'))
    const { CloudFormationClient, UpdateStackCommand } = await import('@aws-sdk/client-cloudformation')
    const client = new CloudFormationClient({ region: 'us-east-1' })
    await client.send(
      new UpdateStackCommand({
        StackName: 'acme-app',
        TemplateBody: TEMPLATE.replace('VisibilityTimeout: 30', 'VisibilityTimeout: 60')
      })
    )
    await aws.cloudformation.idle()
    const drift = await target.plan('drift')
    expect(fields(drift)).toEqual([['Queue', ['VisibilityTimeout', value('60'), value('30')]]])
    expect(drift.notes).toEqual([expect.stringContaining('somebody updated the stack by other means')])
    expect(await target.apply(drift)).toMatchObject({ status: 'succeeded' })
    expect((await target.plan('drift')).changes).toEqual([])
  })

  test('of a stack that somebody deleted is the whole stack', async () => {
    const target = await deployed(new StackCheckout('acme-app'))
    const { CloudFormationClient, DeleteStackCommand } = await import('@aws-sdk/client-cloudformation')
    await new CloudFormationClient({ region: 'us-east-1' }).send(new DeleteStackCommand({ StackName: 'acme-app' }))
    await aws.cloudformation.idle()
    const drift = await target.plan('drift')
    expect(drift).toMatchObject({ unchanged: 0 })
    expect(drift.changes.every((change) => change.action === 'create')).toBe(true)
  })

  test('is not healed where other values are given than were deployed', async () => {
    const place = new StackCheckout('acme-app')
    const target = await deployed(place)
    const { digest = '' } = (await target.deployed()) ?? {}
    await byHand('AWS::SNS::Topic', 'Topic', { DisplayName: 'Hacked' })
    expect((await (await place.target({ recordedDigest: digest })).plan('drift')).changes[0]?.healable).not.toBe(false)
    const other = await place.target({ recordedDigest: digest, tags: new Map([['team', 'shop']]) })
    const drift = await other.plan('drift')
    expect(drift.changes.every((change) => change.healable === false)).toBe(true)
    expect(drift.notes.join()).toContain('differ from those that were deployed')
  })
})

describe('where change sets cannot revert drift', () => {
  test('detection tells what drifted, in nested stacks too, and that it is not healed; the template is', async () => {
    aws.cloudformation.revertsDrift = false
    const place = new StackCheckout('acme-app')
    await moto.rest('PUT', '/templates')
    await moto.rest(
      'PUT',
      '/templates/child.yaml',
      "Resources:\n  Inner: {Type: 'AWS::SNS::Topic', Properties: {TopicName: inner, DisplayName: Inner}}\n"
    )
    const target = await deployed(
      place,
      `${TEMPLATE}  Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/child.yaml'}}\n`
    )
    expect((await target.plan('drift')).changes).toEqual([])
    await byHand('AWS::SQS::Queue', 'Queue', { VisibilityTimeout: '99' })
    await moto.json('ssm', 'AmazonSSM.DeleteParameter', { Name: 'setting' })
    await moto.query('sns', 'SetTopicAttributes', {
      TopicArn: 'arn:aws:sns:us-east-1:123456789012:inner',
      AttributeName: 'DisplayName',
      AttributeValue: 'Hacked'
    })
    const drift = await target.plan('drift')
    expect(words(drift)).toEqual(['update Queue', 'create Setting', 'update Child/Inner'])
    expect(drift.changes.every((change) => change.healable === false)).toBe(true)
    expect(drift.changes[0]?.reason).toContain('offers no change sets that revert drift')
    expect(fields(drift)[0]).toEqual(['Queue', ['VisibilityTimeout', value('99'), value('30')]])
    expect(drift.notes.join()).toContain('Child (AWS::CloudFormation::Stack)')
  })

  test('what a failed detection found until then holds, and what it could not see is said', async () => {
    aws.cloudformation.revertsDrift = false
    const target = await deployed(new StackCheckout('acme-app'))
    await byHand('AWS::SQS::Queue', 'Queue', { VisibilityTimeout: '99' })
    aws.cloudformation.blind.set('Topic', 'User is not authorized to perform: sns:GetTopicAttributes')
    const drift = await target.plan('drift')
    expect(words(drift)).toEqual(['update Queue'])
    expect(drift.notes.join('\n')).toContain('ended with an error')
    expect(drift.notes.join('\n')).toContain('Topic (AWS::SNS::Topic) drifted is unknown: User is not authorized')
    expect(drift.unchecked).toBe(1)
  })

  test('a stack of nothing but types that detection does not know is no stack in sync', async () => {
    aws.cloudformation.revertsDrift = false
    const target = await deployed(
      new StackCheckout('acme-app'),
      "Resources:\n  Net: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}\n"
    )
    const drift = await target.plan('drift')
    expect(drift).toMatchObject({ changes: [], unsupported: expect.stringContaining('cannot be told') })
    expect(drift.notes.join()).toContain('CloudFormation cannot tell whether these drifted: Net (AWS::EC2::VPC)')
    expect((await target.plan('deploy')).unsupported).toBeUndefined()

    const unit: Unit = {
      id: 'queues',
      kind: 'cloudformation',
      dependsOn: [],
      images: [],
      deployed: () => target.deployed(),
      open: async () => ({ target, reproducible: true, notes: [] })
    }
    const report = await checkOfNight(1, [unit])
    expect(report).toMatchObject({ status: 'unsupported', targets: [{ status: 'unsupported' }] })
    expect(schemaErrors(stringifyJson(report))).toEqual([])
    const text = renderSummary([report])
    expect(text).toContain('## ❔ `production` cannot be checked for drift')
    expect(text).toContain('| `queues` | ❔ unsupported | drift cannot be told |')
    expect(text).toContain('> Whether this stack drifted cannot be told: CloudFormation')
  })
})
