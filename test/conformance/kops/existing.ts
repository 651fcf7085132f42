import { asNumber, type JsonObject } from '../../../src/json.ts'
import type { Aws } from '../../platform/aws/index.ts'
import type { Existing } from './shapes.ts'

/** Makes what a shape says that exists before kops comes, by the calls that a person's console would make. */
export async function makeExisting(
  aws: Pick<Aws, 'endpoint'>,
  spec: JsonObject,
  zones: readonly string[]
): Promise<Existing> {
  const vpc =
    spec['shared'] === undefined && spec['securityGroups'] === undefined && spec['targetGroup'] === undefined
      ? undefined
      : await makeVpc(aws)
  const count = asNumber(spec['securityGroups']) ?? 0
  if (spec['policy'] === true) await makePolicy(aws)
  return {
    ...(vpc === undefined ? {} : { vpc }),
    ...(vpc !== undefined && spec['shared'] === 'subnets' ? { subnets: await makeSubnets(aws, vpc, zones) } : {}),
    ...(vpc !== undefined && count > 0 ? { securityGroups: await makeSecurityGroups(aws, vpc, count) } : {}),
    ...(vpc !== undefined && spec['targetGroup'] === true ? { targetGroup: await makeTargetGroup(aws, vpc) } : {})
  }
}

async function makeVpc(aws: Pick<Aws, 'endpoint'>): Promise<string> {
  const made = await call(aws, 'ec2', { Action: 'CreateVpc', CidrBlock: '172.20.0.0/16' })
  const vpc = field(made, 'vpcId')
  for (const name of ['EnableDnsSupport', 'EnableDnsHostnames'])
    await call(aws, 'ec2', { Action: 'ModifyVpcAttribute', VpcId: vpc, [`${name}.Value`]: 'true' })
  const gateway = field(await call(aws, 'ec2', { Action: 'CreateInternetGateway' }), 'internetGatewayId')
  await call(aws, 'ec2', { Action: 'AttachInternetGateway', VpcId: vpc, InternetGatewayId: gateway })
  return vpc
}

async function makeSubnets(aws: Pick<Aws, 'endpoint'>, vpc: string, zones: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const [index, zone] of zones.entries())
    ids.push(
      field(
        await call(aws, 'ec2', {
          Action: 'CreateSubnet',
          VpcId: vpc,
          AvailabilityZone: zone,
          CidrBlock: `172.20.${32 * (index + 1)}.0/19`
        }),
        'subnetId'
      )
    )
  return ids
}

async function makeSecurityGroups(aws: Pick<Aws, 'endpoint'>, vpc: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++)
    ids.push(
      field(
        await call(aws, 'ec2', {
          Action: 'CreateSecurityGroup',
          VpcId: vpc,
          GroupName: `existing-${index}`,
          GroupDescription: 'of somebody else'
        }),
        'groupId'
      )
    )
  return ids
}

async function makeTargetGroup(aws: Pick<Aws, 'endpoint'>, vpc: string): Promise<string> {
  const parameters = { Name: 'existing', Protocol: 'HTTP', Port: '80', VpcId: vpc, TargetType: 'instance' }
  return field(
    await call(aws, 'elasticloadbalancing', { Action: 'CreateTargetGroup', ...parameters }),
    'TargetGroupArn'
  )
}

/** `arn:aws:iam::123456789012:policy/existing` */
async function makePolicy(aws: Pick<Aws, 'endpoint'>): Promise<void> {
  const statement = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await call(aws, 'iam', { Action: 'CreatePolicy', PolicyName: 'existing', PolicyDocument: document })
}

const VERSIONS: Readonly<Record<string, string>> = {
  ec2: '2016-11-15',
  iam: '2010-05-08',
  elasticloadbalancing: '2015-12-01',
  route53: '2013-04-01'
}

async function call(aws: Pick<Aws, 'endpoint'>, service: string, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=somebody/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
    },
    body: new URLSearchParams({ Version: VERSIONS[service] ?? '', ...parameters })
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${service} ${parameters['Action']}: ${text}`)
  return text
}

function field(xml: string, name: string): string {
  const [, value] = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml) ?? []
  if (value === undefined) throw new Error(`no ${name} in ${xml}`)
  return value
}
