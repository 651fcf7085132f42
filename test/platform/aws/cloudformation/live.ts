import {
  asList,
  asObject,
  asString,
  at,
  isObject,
  type Json,
  type JsonObject,
  parseJson
} from '../../../../src/json.ts'
import { elements, type Moto } from './moto.ts'

/** How a type of resource lives in moto: read and written by the API of its own service, never by CloudFormation. */
export interface LiveType {
  /** Properties that only a new resource can have otherwise. */
  readonly createOnly: readonly string[]
  readonly attributes: (id: string, moto: Moto) => Readonly<Record<string, string>>
  /** Properties as they are now; undefined when the resource is gone. */
  readonly read: (id: string, moto: Moto) => Promise<JsonObject | undefined>
  /** Sets properties back. */
  readonly write: (id: string, properties: JsonObject, moto: Moto) => Promise<void>
  /** Makes one that was deleted anew, under the same name. Returns its id. */
  readonly create: (id: string, properties: JsonObject, moto: Moto) => Promise<string>
}

const ACCOUNT = '123456789012'

const QUEUE_ATTRIBUTES = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'KmsMasterKeyId'
]

const queue: LiveType = {
  createOnly: ['QueueName', 'FifoQueue'],
  attributes: (id, { region }) => {
    const name = id.split('/').at(-1) ?? ''
    return { Arn: `arn:aws:sqs:${region}:${ACCOUNT}:${name}`, QueueName: name, QueueUrl: id }
  },
  async read(id, moto) {
    const answer = await moto
      .json('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl: id, AttributeNames: ['All'] })
      .catch(gone)
    if (!answer) return undefined
    const attributes = asObject(answer['Attributes']) ?? {}
    const tags = asObject((await moto.json('sqs', 'AmazonSQS.ListQueueTags', { QueueUrl: id }))['Tags']) ?? {}
    const redrive = asString(attributes['RedrivePolicy'])
    return {
      ...Object.fromEntries(QUEUE_ATTRIBUTES.flatMap((name) => (attributes[name] ? [[name, attributes[name]]] : []))),
      ...(redrive === undefined ? {} : { RedrivePolicy: parseJson(redrive) }),
      QueueName: id.split('/').at(-1) ?? '',
      Tags: ownTags(tags)
    }
  },
  async write(id, properties, moto) {
    const attributes = queueAttributes(properties)
    if (Object.keys(attributes).length > 0)
      await moto.json('sqs', 'AmazonSQS.SetQueueAttributes', { QueueUrl: id, Attributes: attributes })
    const tags = asList(properties['Tags'])
    if (!tags) return
    const present = asObject((await moto.json('sqs', 'AmazonSQS.ListQueueTags', { QueueUrl: id }))['Tags']) ?? {}
    const wanted = tagMap(tags)
    const left = Object.keys(present).filter((key) => !key.startsWith('aws:') && !(key in wanted))
    if (left.length > 0) await moto.json('sqs', 'AmazonSQS.UntagQueue', { QueueUrl: id, TagKeys: left })
    await moto.json('sqs', 'AmazonSQS.TagQueue', { QueueUrl: id, Tags: wanted })
  },
  async create(id, properties, moto) {
    const answer = await moto.json('sqs', 'AmazonSQS.CreateQueue', {
      QueueName: asString(properties['QueueName']) ?? id.split('/').at(-1) ?? '',
      Attributes: queueAttributes(properties),
      tags: tagMap(asList(properties['Tags']) ?? [])
    })
    return asString(answer['QueueUrl']) ?? id
  }
}

function queueAttributes(properties: JsonObject): Record<string, string> {
  const redrive = properties['RedrivePolicy']
  return {
    ...Object.fromEntries(
      QUEUE_ATTRIBUTES.flatMap((name) => (properties[name] === undefined ? [] : [[name, String(properties[name])]]))
    ),
    ...(redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) })
  }
}

const topic: LiveType = {
  createOnly: ['TopicName', 'FifoTopic'],
  attributes: (id) => ({ TopicArn: id, TopicName: id.split(':').at(-1) ?? '' }),
  async read(id, moto) {
    const answer = await moto.query('sns', 'GetTopicAttributes', { TopicArn: id }).catch(gone)
    if (answer === undefined) return undefined
    const values = Object.fromEntries(
      elements(answer, 'entry').map((entry) => [elements(entry, 'key')[0] ?? '', elements(entry, 'value')[0] ?? ''])
    )
    return { DisplayName: values['DisplayName'] ?? '', TopicName: id.split(':').at(-1) ?? '' }
  },
  async write(id, properties, moto) {
    if (properties['DisplayName'] !== undefined)
      await moto.query('sns', 'SetTopicAttributes', {
        TopicArn: id,
        AttributeName: 'DisplayName',
        AttributeValue: String(properties['DisplayName'])
      })
  },
  async create(id, properties, moto) {
    const name = asString(properties['TopicName']) ?? id.split(':').at(-1) ?? ''
    const answer = await moto.query('sns', 'CreateTopic', { Name: name })
    const arn = elements(answer, 'TopicArn')[0] ?? id
    await topic.write(arn, properties, moto)
    return arn
  }
}

const parameter: LiveType = {
  createOnly: ['Name'],
  attributes: (id) => ({ Name: id }),
  async read(id, moto) {
    const answer = await moto.json('ssm', 'AmazonSSM.GetParameter', { Name: id, WithDecryption: true }).catch(gone)
    if (!answer) return undefined
    const one = asObject(answer['Parameter']) ?? {}
    const described = await moto.json('ssm', 'AmazonSSM.DescribeParameters', {
      ParameterFilters: [{ Key: 'Name', Values: [id] }]
    })
    const [details] = asList(described['Parameters']) ?? []
    return {
      Name: id,
      Type: one['Type'] ?? '',
      Value: one['Value'] ?? '',
      ...(asString(at(details, 'Description')) ? { Description: at(details, 'Description') ?? '' } : {})
    }
  },
  async write(id, properties, moto) {
    const now = (await parameter.read(id, moto)) ?? {}
    const { Value, Type, Description } = { ...now, ...properties }
    await moto.json('ssm', 'AmazonSSM.PutParameter', {
      Name: id,
      Value: String(Value ?? ''),
      Type: String(Type ?? 'String'),
      ...(Description === undefined ? {} : { Description }),
      Overwrite: true
    })
  },
  async create(id, properties, moto) {
    await parameter.write(id, properties, moto)
    return id
  }
}

const bucket: LiveType = {
  createOnly: ['BucketName'],
  attributes: (id) => ({ Arn: `arn:aws:s3:::${id}`, DomainName: `${id}.s3.amazonaws.com` }),
  async read(id, moto) {
    const answer = await moto.rest('GET', `/${id}?versioning`)
    if (answer.status === 404) return undefined
    const [status] = elements(answer.text, 'Status')
    return { BucketName: id, ...(status === undefined ? {} : { VersioningConfiguration: { Status: status } }) }
  },
  async write(id, properties, moto) {
    const status = asString(at(properties['VersioningConfiguration'], 'Status'))
    if (status !== undefined)
      await moto.rest(
        'PUT',
        `/${id}?versioning`,
        `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`
      )
  },
  async create(id, properties, moto) {
    await moto.rest('PUT', `/${id}`)
    await bucket.write(id, properties, moto)
    return id
  }
}

const table: LiveType = {
  createOnly: ['TableName', 'KeySchema'],
  attributes: (id, { region }) => ({ Arn: `arn:aws:dynamodb:${region}:${ACCOUNT}:table/${id}` }),
  async read(id, moto) {
    const answer = await moto.json('dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName: id }).catch(gone)
    if (!answer) return undefined
    const mode = asString(at(answer, 'Table', 'BillingModeSummary', 'BillingMode')) ?? 'PROVISIONED'
    return {
      TableName: id,
      BillingMode: mode,
      DeletionProtectionEnabled: at(answer, 'Table', 'DeletionProtectionEnabled') ?? false
    }
  },
  async write(id, properties, moto) {
    const { BillingMode, DeletionProtectionEnabled } = properties
    await moto.json('dynamodb', 'DynamoDB_20120810.UpdateTable', {
      TableName: id,
      ...(BillingMode === undefined ? {} : { BillingMode }),
      ...(DeletionProtectionEnabled === undefined ? {} : { DeletionProtectionEnabled })
    })
  },
  async create(id, properties, moto) {
    const { AttributeDefinitions = [], KeySchema = [], BillingMode = 'PAY_PER_REQUEST' } = properties
    await moto.json('dynamodb', 'DynamoDB_20120810.CreateTable', {
      TableName: id,
      AttributeDefinitions,
      KeySchema,
      BillingMode
    })
    return id
  }
}

const securityGroup: LiveType = {
  createOnly: ['GroupName', 'GroupDescription', 'VpcId'],
  attributes: (id) => ({ GroupId: id }),
  async read(id, moto) {
    const answer = await moto.query('ec2', 'DescribeSecurityGroups', { 'GroupId.1': id }).catch(gone)
    if (answer === undefined) return undefined
    const [permissions = ''] = elements(answer, 'ipPermissions')
    const rules = permissions.split(/<\/item>\s*(?=<item>\s*<(?:fromPort|ipProtocol|groups|ipRanges))/)
    const ingress = rules.flatMap((rule): JsonObject[] => {
      const [protocol] = elements(rule, 'ipProtocol')
      if (protocol === undefined) return []
      const [from, to] = [elements(rule, 'fromPort')[0], elements(rule, 'toPort')[0]]
      return elements(rule, 'cidrIp').map((cidr) => ({
        IpProtocol: protocol,
        ...(from === undefined ? {} : { FromPort: Number(from) }),
        ...(to === undefined ? {} : { ToPort: Number(to) }),
        CidrIp: cidr
      }))
    })
    return { SecurityGroupIngress: ingress }
  },
  async write(id, properties, moto) {
    const wanted = (asList(properties['SecurityGroupIngress']) ?? []).filter(isObject)
    const now = asList((await securityGroup.read(id, moto))?.['SecurityGroupIngress']) ?? []
    for (const [action, rules] of [
      ['RevokeSecurityGroupIngress', now],
      ['AuthorizeSecurityGroupIngress', wanted]
    ] as const)
      for (const rule of rules)
        await moto.query('ec2', action, {
          GroupId: id,
          'IpPermissions.1.IpProtocol': String(at(rule, 'IpProtocol')),
          'IpPermissions.1.FromPort': String(at(rule, 'FromPort')),
          'IpPermissions.1.ToPort': String(at(rule, 'ToPort')),
          'IpPermissions.1.IpRanges.1.CidrIp': String(at(rule, 'CidrIp'))
        })
  },
  async create(id, properties, moto) {
    const answer = await moto.query('ec2', 'CreateSecurityGroup', {
      GroupName: asString(properties['GroupName']) ?? id,
      GroupDescription: asString(properties['GroupDescription']) ?? ''
    })
    const made = elements(answer, 'groupId')[0] ?? id
    await securityGroup.write(made, properties, moto)
    return made
  }
}

const role: LiveType = {
  createOnly: ['RoleName', 'Path'],
  attributes: (id) => ({ Arn: `arn:aws:iam::${ACCOUNT}:role/${id}` }),
  async read(id, moto) {
    const answer = await moto.query('iam', 'GetRole', { RoleName: id }).catch(gone)
    if (answer === undefined) return undefined
    const policy = decodeURIComponent(elements(answer, 'AssumeRolePolicyDocument')[0] ?? '{}')
    return {
      RoleName: id,
      Description: elements(answer, 'Description')[0] ?? '',
      MaxSessionDuration: Number(elements(answer, 'MaxSessionDuration')[0] ?? 3600),
      AssumeRolePolicyDocument: parseJson(policy)
    }
  },
  async write(id, properties, moto) {
    const { Description, MaxSessionDuration, AssumeRolePolicyDocument } = properties
    if (Description !== undefined || MaxSessionDuration !== undefined)
      await moto.query('iam', 'UpdateRole', {
        RoleName: id,
        ...(Description === undefined ? {} : { Description: String(Description) }),
        ...(MaxSessionDuration === undefined ? {} : { MaxSessionDuration: String(MaxSessionDuration) })
      })
    if (AssumeRolePolicyDocument !== undefined)
      await moto.query('iam', 'UpdateAssumeRolePolicy', {
        RoleName: id,
        PolicyDocument: JSON.stringify(AssumeRolePolicyDocument)
      })
  },
  async create(id, properties, moto) {
    await moto.query('iam', 'CreateRole', {
      RoleName: id,
      AssumeRolePolicyDocument: JSON.stringify(properties['AssumeRolePolicyDocument'] ?? {})
    })
    await role.write(id, properties, moto)
    return id
  }
}

/** The types whose live form is known; of any other, drift detection says UNSUPPORTED. */
export const LIVE_TYPES: Readonly<Record<string, LiveType>> = {
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::SSM::Parameter': parameter,
  'AWS::S3::Bucket': bucket,
  'AWS::DynamoDB::Table': table,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::IAM::Role': role
}

/** What a service says of something that is not there. */
function gone(error: unknown): undefined {
  if (error instanceof Error && /does ?n[o']t exist|not ?found|NonExistent|cannot be found/i.test(error.message))
    return undefined
  throw error
}

function tagMap(tags: readonly Json[]): Record<string, string> {
  return Object.fromEntries(tags.map((one) => [asString(at(one, 'Key')) ?? '', String(at(one, 'Value') ?? '')]))
}

function ownTags(tags: JsonObject): JsonObject[] {
  return Object.entries(tags)
    .filter(([key]) => !key.startsWith('aws:'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }))
}
