import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Target } from '../../../src/targets/target.ts'
import { Moto } from '../../platform/aws/cloudformation/moto.ts'
import { isReadOnly } from '../../platform/aws/index.ts'
import { useAws } from '../../platform/aws/use.ts'
import { StackCheckout, words } from './support.ts'

const aws = useAws()
let moto: Moto
beforeAll(() => {
  Object.assign(process.env, aws.env)
  moto = new Moto(Number(new URL(aws.upstream).port), 'us-east-1')
})
beforeEach(() => aws.reset())

const QUEUES = `
Parameters:
  Delay: {Type: Number, Default: 0}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      DelaySeconds: !Ref Delay
      VisibilityTimeout: 30
  Topic:
    Type: AWS::SNS::Topic
    Properties: {TopicName: news, DisplayName: News}
Outputs:
  QueueUrl: {Value: !Ref Queue}
`
const ONE = (properties = '', id = 'Queue') =>
  `Resources:\n  ${id}:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: orders${properties}}\n`

async function deploy(target: Target) {
  return target.apply(await target.plan('deploy'))
}

function writes(): string[] {
  return aws.calls.filter((call) => !isReadOnly(call)).map((call) => call.action)
}

/** Stacks and change sets that are there, by the list of AWS. */
async function left(): Promise<{ stacks: string[]; changeSets: string[] }> {
  const { CloudFormationClient, DescribeStacksCommand, ListChangeSetsCommand } = await import(
    '@aws-sdk/client-cloudformation'
  )
  const client = new CloudFormationClient({ region: 'us-east-1' })
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}))
  const changeSets: string[] = []
  for (const stack of Stacks) {
    const answer = await client.send(new ListChangeSetsCommand({ StackName: stack.StackName }))
    changeSets.push(...(answer.Summaries ?? []).map((one) => one.ExecutionStatus ?? ''))
  }
  return { stacks: Stacks.map((one) => `${one.StackName} ${one.StackStatus}`), changeSets }
}

async function failureOf(work: Promise<unknown>): Promise<{ message: string; hint?: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  expect(error).toMatchObject({ name: 'GitOpsError' })
  return error as { message: string; hint?: string }
}

describe('a stack', () => {
  test('is made, left alone when nothing changes, and updated; its outputs are given out', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    const target = await place.target()
    const plan = await target.plan('deploy')
    expect(words(plan)).toEqual(['create Queue', 'create Topic'])
    expect(plan.changes[0]).toMatchObject({ source: { file: 'stack.yaml', line: 5 } })
    expect(plan.changes[0]?.fields.map((field) => field.path)).toEqual([
      'DelaySeconds',
      'QueueName',
      'VisibilityTimeout'
    ])
    const outcome = await target.apply(plan)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(outcome.results.map((result) => result.action)).toEqual(['created', 'created'])
    expect(await target.outputs?.()).toEqual({ QueueUrl: expect.stringContaining('/orders') })
    const count = writes().filter((one) => one === 'ExecuteChangeSet').length
    const again = await place.target()
    const nothing = await again.plan('deploy')
    expect(nothing).toMatchObject({ changes: [], unchanged: 2 })
    expect(await again.apply(nothing)).toMatchObject({ status: 'succeeded', results: [] })
    expect(writes().filter((one) => one === 'ExecuteChangeSet')).toHaveLength(count)
    const other = await place.target({ parameters: new Map([['Delay', '5']]) })
    const update = await other.plan('deploy')
    expect(words(update)).toEqual(['update Queue', 'update acme-queues'])
    expect(update.changes.flatMap((change) => change.fields)).toEqual([
      { path: 'DelaySeconds', before: { type: 'value', value: '0' }, after: { type: 'value', value: '5' } },
      { path: 'Parameters.Delay', before: { type: 'value', value: '0' }, after: { type: 'value', value: '5' } }
    ])
    expect(await other.apply(update)).toMatchObject({ status: 'succeeded' })
    expect(place.lines.some((line) => line.startsWith('UPDATE_COMPLETE  AWS::SQS::Queue  Queue'))).toBe(true)
  })

  test('a preview of a new stack leaves nothing behind', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    const one = await (await place.target()).plan('deploy')
    expect(one.changes).toHaveLength(2)
    expect(writes()).toEqual(['CreateChangeSet', 'DeleteChangeSet', 'DeleteStack'])
    expect(await left()).toEqual({ stacks: [], changeSets: [] })
    expect((await (await place.target()).plan('deploy')).digest).toBe(one.digest)
  })

  test('a preview of an update leaves nothing behind, whether there is something to do or not', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    const before = await left()
    aws.calls.length = 0
    for (const delay of ['0', '7', '0'])
      await (await place.target({ parameters: new Map([['Delay', delay]]) })).plan('deploy')
    expect(new Set(writes())).toEqual(new Set(['CreateChangeSet', 'DeleteChangeSet']))
    expect(await left()).toEqual(before)
    expect(before.changeSets).toEqual(['EXECUTE_COMPLETE'])
  })

  test('both wordings of "nothing to do" are understood', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    for (let round = 0; round < 2; round++) {
      expect((await (await place.target()).plan('deploy')).changes).toEqual([])
      // The double takes the other wording when there is one more change set.
      place.template(`${QUEUES}  Other${round}: {Value: x}\n`)
      await deploy(await place.target())
      expect((await (await place.target()).plan('deploy')).changes).toEqual([])
    }
  })

  test('tags and outputs that change alone are changes, and applied', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    place.template(`${QUEUES}  Name: {Value: !GetAtt Queue.QueueName}\n`)
    const target = await place.target()
    const output = await target.plan('deploy')
    expect(words(output)).toEqual(['create Outputs/Name'])
    expect(await target.apply(output)).toMatchObject({ status: 'succeeded' })
    expect(await target.outputs?.()).toMatchObject({ Name: 'orders' })
    const tagged = await place.target({ tags: new Map([['team', 'shop']]) })
    const tags = await tagged.plan('deploy')
    expect(words(tags)).toEqual(['update Queue', 'update Topic', 'update acme-queues'])
    expect(await tagged.apply(tags)).toMatchObject({ status: 'succeeded' })
    expect((await tagged.plan('deploy')).changes).toEqual([])
  })

  test('a template that differs in nothing but words is the same', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    place.template(`# A remark.\n${QUEUES}`)
    expect((await (await place.target()).plan('deploy')).changes).toEqual([])
  })

  test('the change sets remember what was deployed, also of a deploy of settings alone', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    const first = await place.target()
    expect(await first.deployed()).toBeUndefined()
    const plan = await first.plan('deploy')
    await first.apply(plan)
    const seen = await (await place.target()).deployed()
    expect(seen).toMatchObject({
      revision: 'abc',
      status: 'succeeded',
      digest: plan.declaredDigest,
      repository: 'acme/shop'
    })
    place.write(
      'policy.json',
      '{"Statement": [{"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"}]}'
    )
    const second = await place.target({
      stackPolicy: 'policy.json',
      terminationProtection: true,
      source: { revision: 'def' }
    })
    const settings = await second.plan('deploy')
    expect(words(settings)).toEqual(['create acme-queues/stack policy', 'update acme-queues/termination protection'])
    expect(await second.apply(settings)).toMatchObject({ status: 'succeeded' })
    expect((await second.plan('deploy')).changes).toEqual([])
    const record = await (await place.target()).deployed()
    expect(record).toMatchObject({ revision: 'def', status: 'succeeded' })
    expect(record?.history.map((one) => one.revision)).toEqual(['abc'])
  })

  test('deletes and replaces only where that is allowed, and writes nothing otherwise', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    place.template(ONE(', VisibilityTimeout: 30').replace('orders', 'renamed'))
    const careful = await place.target()
    const plan = await careful.plan('deploy')
    expect(words(plan).slice(0, 2)).toEqual(['replace Queue', 'delete Topic'])
    expect(plan.changes[0]?.reason).toBe('Replaced, because it cannot be changed in place (QueueName).')
    expect(plan.notes.join()).toContain('allow-destroy')
    aws.calls.length = 0
    const refused = await failureOf(careful.apply(plan))
    expect(refused.message).toBe('The plan deletes or replaces 2 resources: Queue, Topic.')
    expect(writes()).toEqual([])
    const bold = await place.target({ allowDestroy: true })
    const outcome = await deploy(bold)
    expect(outcome.failure?.message).toBeUndefined()
    expect(outcome).toMatchObject({ status: 'succeeded' })
  })

  test('what depends on a replaced resource may have to be replaced; what is retained is only forgotten', async () => {
    const place = new StackCheckout('acme-queues')
    const template = (name: string) => `
Resources:
  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: ${name}}}
  Setting: {Type: 'AWS::SSM::Parameter', Properties: {Name: !GetAtt Queue.QueueName, Type: String, Value: x}}
`
    place.template(
      `${template('one')}  Kept: {Type: 'AWS::SQS::Queue', DeletionPolicy: Retain, Properties: {QueueName: kept}}\n`
    )
    await deploy(await place.target())
    place.template(template('two'))
    const plan = await (await place.target()).plan('deploy')
    expect(plan.changes.map(({ action, resource, reason }) => [action, resource.id, reason])).toEqual([
      ['replace', 'Queue', 'Replaced, because it cannot be changed in place (QueueName).'],
      ['update', 'Setting', 'It may have to be replaced (Name).'],
      ['update', 'Kept', expect.stringContaining('the resource stays')]
    ])
    expect(plan.notes.join()).toContain('Queue, Setting would be deleted or replaced')
  })

  test('secret parameters stand in no plan, record or log, but count for the digest', async () => {
    const place = new StackCheckout('acme-secrets')
    place.template(`
Parameters: {Password: {Type: String, NoEcho: true}}
Resources:
  Secret: {Type: 'AWS::SSM::Parameter', Properties: {Name: secret, Type: String, Value: !Sub 'pw=\${Password}'}}
  Other: {Type: 'AWS::SSM::Parameter', Properties: {Name: other, Type: String, Value: '{{resolve:ssm-secure:x:1}}'}}
`)
    const target = await place.target({ parameters: new Map([['Password', 's3cret-value']]) })
    const plan = await target.plan('deploy')
    const value = (id: string) =>
      plan.changes.find((change) => change.resource.id === id)?.fields.find((field) => field.path === 'Value')?.after
        .type
    expect([value('Secret'), value('Other')]).toEqual(['secret', 'secret'])
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect(place.secrets).toContain('s3cret-value')
    expect(JSON.stringify([plan, place.lines, await target.deployed()])).not.toContain('s3cret')
    const other = await (await place.target({ parameters: new Map([['Password', 'an0ther-value']]) })).plan('deploy')
    const third = await (await place.target({ parameters: new Map([['Password', 'the-third-one']]) })).plan('deploy')
    expect(words(other)).toEqual(['update Secret'])
    expect(JSON.stringify(other)).not.toMatch(/s3cret|an0ther/)
    expect(other.digest).not.toBe(third.digest)
    const kept = await (await place.target()).plan('deploy')
    expect(kept.changes).toEqual([])
    expect(kept.notes).toEqual([expect.stringContaining('Password keeps its present value')])
  })

  test('a template that is too large goes through the bucket and does not stay there', async () => {
    const place = new StackCheckout('acme-large')
    place.template(
      `${ONE()}Metadata:\n${Array.from({ length: 900 }, (_, index) => `  Note${index}: ${'x'.repeat(60)}\n`).join('')}`
    )
    const nowhere = await failureOf((await place.target()).plan('deploy'))
    expect(nowhere.message).toMatch(/stack\.yaml has 6\d,\d{3} bytes/)
    expect(nowhere.hint).toContain('s3-bucket')
    await moto.rest('PUT', '/templates')
    const target = await place.target({ s3Bucket: 'templates' })
    const plan = await target.plan('deploy')
    expect((await moto.rest('GET', '/templates')).text).not.toContain('<Key>')
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect((await moto.rest('GET', '/templates')).text).not.toContain('<Key>')
    const missing = await failureOf((await place.target({ s3Bucket: 'no-such-bucket' })).plan('deploy'))
    expect(missing.message).toContain('no-such-bucket')
    expect(missing.hint).toContain('s3-bucket')
  })

  test('nested stacks are looked into', async () => {
    const place = new StackCheckout('acme-parent')
    await moto.rest('PUT', '/templates')
    const child = (timeout: number) =>
      moto.rest(
        'PUT',
        '/templates/child.yaml',
        `${ONE(`, VisibilityTimeout: ${timeout}`)}Outputs: {Url: {Value: !Ref Queue}}\n`
      )
    await child(30)
    place.template(`
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/child.yaml'}
  Topic: {Type: 'AWS::SNS::Topic', Properties: {TopicName: news}}
Outputs: {Url: {Value: !GetAtt Child.Outputs.Url}}
`)
    const target = await place.target()
    const plan = await target.plan('deploy')
    expect(words(plan)).toEqual(['create Child', 'create Child/Queue', 'create Topic'])
    expect(await left()).toEqual({ stacks: [], changeSets: [] })
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect(place.lines.some((line) => /^CREATE_COMPLETE {2}AWS::SQS::Queue {2}Child\/Queue/.test(line))).toBe(true)
    expect(await target.outputs?.()).toMatchObject({ Url: expect.stringContaining('/orders') })
    expect((await target.plan('deploy')).changes).toEqual([])
    await child(45)
    const update = await target.plan('deploy')
    expect(words(update)).toEqual(['update Child/Queue'])
    expect(await target.apply(update)).toMatchObject({ status: 'succeeded' })
  })

  test('resources that exist are imported once', async () => {
    const place = new StackCheckout('acme-import')
    place.template(
      `Resources:\n  Queue: {Type: 'AWS::SQS::Queue', DeletionPolicy: Retain, Properties: {QueueName: orders}}\n`
    )
    place.write(
      'imports.json',
      JSON.stringify([
        {
          ResourceType: 'AWS::SQS::Queue',
          LogicalResourceId: 'Queue',
          ResourceIdentifier: { QueueUrl: 'https://q/orders' }
        }
      ])
    )
    const target = await place.target({ importResources: 'imports.json' })
    const plan = await target.plan('deploy')
    expect(plan.changes).toMatchObject([{ action: 'update', reason: 'Imported (https://q/orders).' }])
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect((await target.plan('deploy')).changes).toEqual([])
  })
})

describe('what goes wrong', () => {
  test('the first resource that failed is the reason, with its line; the stack is as before and a re-run goes on', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    aws.cloudformation.failures.set('Topic', 'Invalid parameter: Topic Name')
    const first = await place.target()
    const outcome = await deploy(first)
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: {
        message:
          'stack.yaml:11: Topic (AWS::SNS::Topic) CREATE_FAILED: Invalid parameter: Topic Name. The stack is now DELETE_COMPLETE.',
        hint: expect.stringContaining('nothing is left of it'),
        resources: [{ resource: { id: 'Topic' }, message: 'Invalid parameter: Topic Name' }]
      }
    })
    expect(outcome.results.map((result) => result.action)).toEqual(['skipped', 'failed'])
    expect(await left()).toEqual({ stacks: [], changeSets: [] })
    aws.cloudformation.failures.clear()
    expect(await deploy(first)).toMatchObject({ status: 'succeeded' })
    aws.cloudformation.failures.set('Queue', 'Action denied by stack policy: Statement [#1] does not allow [Update:*]')
    const update = await place.target({ parameters: new Map([['Delay', '5']]) })
    expect(await deploy(update)).toMatchObject({
      status: 'failed',
      failure: {
        message: expect.stringMatching(
          /^stack\.yaml:5: Queue .* UPDATE_FAILED: Action denied .* now UPDATE_ROLLBACK_COMPLETE\.$/
        ),
        hint: expect.stringContaining('stack policy forbids it')
      }
    })
    expect(await update.deployed()).toMatchObject({ status: 'failed' })
    expect(await (await place.target()).deployed()).toMatchObject({ status: 'failed' })
    aws.cloudformation.failures.clear()
    expect(await deploy(update)).toMatchObject({ status: 'succeeded' })
    expect(await (await place.target()).deployed()).toMatchObject({ status: 'succeeded' })
  })

  test('a failure inside a nested stack is named by its path', async () => {
    const place = new StackCheckout('acme-parent')
    await moto.rest('PUT', '/templates')
    await moto.rest('PUT', '/templates/child.yaml', ONE())
    place.template(
      `Resources:\n  Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/templates/child.yaml'}}\n`
    )
    aws.cloudformation.failures.set('Queue', 'The queue is full of bees')
    const outcome = await deploy(await place.target())
    expect(outcome.failure?.message).toContain(
      'Child/Queue (AWS::SQS::Queue) CREATE_FAILED: The queue is full of bees.'
    )
  })

  const DEAD: [status: string, message: RegExp, hint: RegExp][] = [
    ['ROLLBACK_COMPLETE', /its creation failed and was undone/, /delete-stack --stack-name acme-queues/],
    ['ROLLBACK_FAILED', /its creation failed, and so did undoing that/, /--retain-resources/],
    [
      'UPDATE_ROLLBACK_FAILED',
      /an update failed, and so did undoing it/,
      /continue-update-rollback --stack-name acme-queues/
    ],
    ['DELETE_FAILED', /somebody deleted it/, /delete-stack/]
  ]
  test.each(DEAD)('a stack that is %s is told, with the way out of it', async (status, message, hint) => {
    const place = new StackCheckout('acme-queues')
    place.template(ONE())
    await deploy(await place.target())
    aws.cloudformation.setStatus('acme-queues', status, 'for a reason')
    aws.calls.length = 0
    const failure = await failureOf((await place.target()).plan('deploy'))
    expect(failure.message).toMatch(message)
    expect(failure.message).toContain('(for a reason)')
    expect(failure.hint).toMatch(hint)
    expect(writes()).toEqual([])
  })

  test('an operation that is under way is waited for, and told whose it is', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    const release = aws.cloudformation.hold()
    const slow = await place.target({ parameters: new Map([['Delay', '5']]), timeout: 900 })
    const plan = await slow.plan('deploy')
    const outcome = await slow.apply(plan)
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: {
        message: 'The stack is still UPDATE_IN_PROGRESS, and time is up. In AWS the operation goes on.',
        hint: expect.stringContaining('Run again')
      }
    })
    const impatient = await place.target({ timeout: 400 })
    expect((await failureOf(impatient.plan('deploy'))).message).toContain('still UPDATE_IN_PROGRESS, and time is up')
    const next = (await place.target({ parameters: new Map([['Delay', '5']]) })).plan('deploy')
    while (!place.lines.some((line) => line.includes('an earlier run of this suite began that'))) await sleep(20)
    release()
    expect((await next).changes).toEqual([])
  })

  test('a run that is cancelled stops waiting at once, says what goes on, and the next one continues', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    const release = aws.cloudformation.hold()
    const abort = new AbortController()
    const target = await place.target({ signal: abort.signal })
    const plan = await target.plan('deploy')
    const applying = target.apply(plan)
    while (!place.lines.some((line) => line.startsWith('CREATE_IN_PROGRESS'))) await sleep(20)
    abort.abort()
    expect(await applying).toMatchObject({
      status: 'cancelled',
      failure: {
        message: expect.stringContaining('In AWS the update goes on'),
        hint: expect.stringContaining('the next run waits for it')
      }
    })
    release()
    const next = await place.target()
    expect((await next.plan('deploy')).changes).toEqual([])
  })

  test('a preview that is cancelled takes its change set away all the same', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    const before = await left()
    const abort = new AbortController()
    aws.calls.length = 0
    const planning = (
      await place.target({
        signal: abort.signal,
        parameters: new Map([['Delay', '5']]),
        clock: { now: () => performance.now(), random: () => 0, sleep: async () => abort.abort() }
      })
    ).plan('deploy')
    expect((await failureOf(planning)).message).toBe('The run was cancelled before stack acme-queues was written.')
    expect(writes()).toEqual(['CreateChangeSet', 'DeleteChangeSet'])
    expect(await left()).toEqual(before)
  })

  test('the shell that a killed preview left is taken away; one that somebody else looks at stays', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(ONE())
    const { CloudFormationClient, CreateChangeSetCommand } = await import('@aws-sdk/client-cloudformation')
    const client = new CloudFormationClient({ region: 'us-east-1' })
    const leave = (name: string) =>
      client.send(
        new CreateChangeSetCommand({
          StackName: 'acme-queues',
          ChangeSetName: name,
          ChangeSetType: 'CREATE',
          TemplateBody: ONE()
        })
      )
    await leave('gitops-actions-0123')
    await (await place.target()).plan('deploy')
    expect(await left()).toMatchObject({ stacks: ['acme-queues REVIEW_IN_PROGRESS'], changeSets: ['AVAILABLE'] })
    const later = { now: () => new Date(Date.now() + 2 * 3_600_000) }
    await (await place.target(later)).plan('deploy')
    expect(await left()).toEqual({ stacks: [], changeSets: [] })
    await leave('by-a-person')
    await (await place.target(later)).plan('deploy')
    expect(await left()).toMatchObject({ stacks: ['acme-queues REVIEW_IN_PROGRESS'] })
    expect(await deploy(await place.target())).toMatchObject({ status: 'succeeded' })
  })

  test('a plan that somebody else overtook is not applied', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    await deploy(await place.target())
    const delayed = (delay: string) => place.target({ parameters: new Map([['Delay', delay]]) })
    const [one, other] = [await delayed('5'), await delayed('9')]
    const plan = await one.plan('deploy')
    await deploy(other)
    aws.calls.length = 0
    expect((await failureOf(one.apply(plan))).message).toContain('no longer as it was when it was planned')
    expect(writes()).toEqual(['CreateChangeSet', 'DeleteChangeSet'])
  })

  const BAD: [
    name: string,
    template: string,
    options: Parameters<StackCheckout['target']>[0],
    message: RegExp,
    hint: RegExp
  ][] = [
    ['no YAML', 'Resources:\n  Queue: [', {}, /^stack\.yaml:2:\d+: /, /Correct the template/],
    ['no resources', 'Outputs: {}\n', {}, /stack\.yaml: the template has no Resources/, /at least one resource/],
    [
      'an unknown type',
      "Resources:\n  Bee: {Type: 'AWS::Nothing::Bee'}\n",
      {},
      /Unrecognized resource types: \[AWS::Nothing::Bee\]/,
      /Correct the template/
    ],
    [
      'a reference to nothing',
      "Resources:\n  Queue: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !Ref Nothing}}\n",
      {},
      /Unresolved resource dependencies \[Nothing\]/,
      /Correct the template/
    ],
    [
      'a role without the capability',
      "Resources:\n  Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: r, AssumeRolePolicyDocument: {}}}\n",
      {},
      /Requires capabilities : \[CAPABILITY_NAMED_IAM\]/,
      /input capabilities/
    ],
    [
      'a parameter without a value',
      `Parameters: {Size: {Type: String}}\n${ONE()}`,
      {},
      /stack\.yaml: "Size" has no value/,
      /a line in parameters/
    ],
    [
      'a value for no parameter',
      ONE(),
      { parameters: new Map([['Size', '1']]) },
      /declares no parameter "Size"/,
      /parameter-files/
    ],
    [
      'a value that is not allowed',
      `Parameters: {Size: {Type: String, AllowedValues: [s, l]}}\n${ONE()}`,
      { parameters: new Map([['Size', 'xxl']]) },
      /Parameter 'Size' must be one of AllowedValues/,
      /input parameters/
    ],
    ['no template', '', { template: 'nothing.yaml' }, /The template nothing\.yaml does not exist/, /checked out/],
    ['a path that leaves the workspace', ONE(), { template: '../../etc/passwd' }, /leaves the workspace/, /inside/],
    ['a policy that is none', ONE(), { stackPolicy: 'stack.yaml' }, /the stack policy is no JSON/, /Statement/]
  ]
  test.each(BAD)(
    '%s is an error that names it, and nothing stays behind',
    async (_name, template, options, message, hint) => {
      const place = new StackCheckout('acme-bad')
      place.template(template)
      const failure = await failureOf(place.target(options).then((target) => target.plan('deploy')))
      expect(failure.message).toMatch(message)
      expect(failure.hint).toMatch(hint)
      expect(await left()).toEqual({ stacks: [], changeSets: [] })
    }
  )

  const REFUSED: [name: string, code: string, text: string, hint: RegExp][] = [
    [
      'expired credentials',
      'ExpiredToken',
      'The security token included in the request is expired',
      /Assume the role again/
    ],
    [
      'wrong credentials',
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      /configure-aws-credentials/
    ],
    [
      'a missing right',
      'AccessDenied',
      'User: arn:aws:sts::123456789012:assumed-role/ci/x is not authorized to perform: cloudformation:CreateChangeSet on resource: acme',
      /lacks that right/
    ]
  ]
  test.each(REFUSED)("%s: AWS' reason first, then what to do", async (_name, code, text, hint) => {
    const place = new StackCheckout('acme-queues')
    place.template(ONE())
    aws.refuse((call) =>
      call.service === 'cloudformation' && (code !== 'AccessDenied' || call.action === 'CreateChangeSet')
        ? { status: 403, code, message: text }
        : undefined
    )
    const failure = await failureOf((await place.target()).plan('deploy'))
    expect(failure.message).toContain(text)
    expect(failure.hint).toMatch(hint)
    expect(`${failure.message}${failure.hint}`).not.toContain(aws.env['AWS_SECRET_ACCESS_KEY'])
  })

  test('throttling and broken answers are waited through', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(QUEUES)
    let calls = 0
    aws.refuse((call) => {
      if (call.service !== 'cloudformation' || ++calls % 3 !== 0) return undefined
      return calls % 2 === 0
        ? { status: 400, code: 'Throttling', message: 'Rate exceeded' }
        : { status: 500, code: 'InternalFailure', message: 'oops' }
    })
    expect(await deploy(await place.target())).toMatchObject({ status: 'succeeded' })
  }, 120_000)

  test('in another region there is no such stack', async () => {
    const place = new StackCheckout('acme-queues')
    place.template(ONE())
    await deploy(await place.target())
    const elsewhere = await place.target({ region: 'eu-central-1' })
    expect(await elsewhere.deployed()).toBeUndefined()
    expect(await elsewhere.outputs?.()).toEqual({})
    expect(words(await elsewhere.plan('deploy'))).toEqual(['create Queue'])
  })
})
