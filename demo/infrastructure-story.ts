import { cp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Cloud, editNetwork, readNetwork } from './cloud.ts'
import { check, MERGE, NIGHTLY, play, type Step, succeeded, summaries } from './play.ts'
import { page, say, typed, verified } from './screen.ts'
import type { Stage } from './stage.ts'

const PULL_REQUEST = 'pull-request.yml'
const NODES = 'nodes.shop.acme.example'
const MANIFEST = 'infrastructure/kops/cluster.yaml'

/** The second chapter: infrastructure in the same loop, on real kops and OpenTofu and an emulator of AWS. */
export function infrastructureStory(cloud: Cloud): readonly Step[] {
  let proposal = 0
  return [
    {
      name: 'infrastructure',
      title: 'A network by OpenTofu, a queue by CloudFormation and a cluster by kops join gitops.yaml',
      async play(stage) {
        await declare(stage, cloud)
        await stage.push('Infrastructure of production')
        const run = await play(stage, MERGE, 'push')
        succeeded(run)
        summaries(run, (markdown) => markdown.includes('production'))
        check((await sizeOfNodes(cloud)) === '2', 'the group of nodes exists')
        check((await readNetwork(cloud)).includes('443'), 'the network exists')
        const url = await queueUrl(stage)
        check(url.endsWith('/shop-orders'), `the chart got the URL of the queue, not "${url}"`, run)
        say(`QUEUE_URL of the Deployment: ${url}`)
        verified("all three were made, and the queue's URL, an output of its stack, reached the Helm chart")
        return 'kops, OpenTofu, CloudFormation'
      }
    },
    {
      name: 'proposal',
      title: 'A pull request gives the cluster more nodes: its preview shows just that and writes nothing',
      async play(stage) {
        const file = path.join(stage.clone, MANIFEST)
        await writeFile(file, (await readFile(file, 'utf8')).replace('maxSize: 2', 'maxSize: 5'))
        proposal = await stage.propose('more-nodes', 'Up to five nodes')
        const before = await cloud.objects()
        const run = await play(stage, PULL_REQUEST, 'pull_request')
        succeeded(run)
        const shown = run.summaries.map((summary) => summary.markdown).join('\n')
        summaries(run, (markdown) => markdown.includes('AutoscalingGroup'))
        check(/AutoscalingGroup[\s\S]*MaxSize[\s\S]*2[\s\S]*5/.test(shown), 'the preview shows the new size', run)
        check((await sizeOfNodes(cloud)) === '2', 'the preview changed nothing', run)
        const after = await cloud.objects()
        check(after.join('\n') === before.join('\n'), 'the state stores are untouched, byte for byte', run)
        verified('the group of nodes is as it was, and no object of the state stores was written')
        return 'previewed, nothing written'
      }
    },
    {
      name: 'more nodes',
      title: 'It is merged, and applied',
      async play(stage) {
        await stage.merge(proposal)
        const run = await play(stage, MERGE, 'push')
        succeeded(run)
        check((await sizeOfNodes(cloud)) === '5', 'the group of nodes may have five', run)
        verified('the group of nodes may have five')
        return 'MaxSize 2 → 5'
      }
    },
    {
      name: 'by hand',
      title: "Somebody opens the nodes' SSH port to everybody, and edits the queue and the network",
      async play() {
        const group = await nodesSecurityGroup(cloud)
        typed(`aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 22 --cidr 0.0.0.0/0`)
        await cloud.call('ec2', {
          Action: 'AuthorizeSecurityGroupIngress',
          GroupId: group,
          'IpPermissions.1.IpProtocol': 'tcp',
          'IpPermissions.1.FromPort': '22',
          'IpPermissions.1.ToPort': '22',
          'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0'
        })
        check(await isOpen(cloud), 'the port is open')
        typed('aws sqs set-queue-attributes --queue-url …/shop-orders --attributes VisibilityTimeout=1')
        await cloud.call('sqs', {
          Action: 'SetQueueAttributes',
          QueueUrl: await urlOfQueue(cloud),
          'Attribute.1.Name': 'VisibilityTimeout',
          'Attribute.1.Value': '1'
        })
        check((await visibility(cloud)) === '1', 'the queue was changed')
        typed('sed -i s/443/0-65535/ firewall.json')
        await editNetwork(cloud, (text) => text.replace('443', '0-65535'))
        return '3 changes past Git'
      }
    },
    {
      name: 'heal all',
      title: 'The nightly run finds all three and puts them back',
      async play(stage) {
        const run = await play(stage, NIGHTLY, 'schedule')
        succeeded(run)
        summaries(run, (markdown) => markdown.includes('SecurityGroupRule'))
        check(!(await isOpen(cloud)), 'the port is closed again', run)
        check((await visibility(cloud)) === '120', 'the queue is as its template says', run)
        const network = await readNetwork(cloud)
        check(network.includes('"443"'), `the network is as its module says, not ${network}`, run)
        const { issues } = await stage.github.state('acme/shop')
        const open = issues.filter((issue) => issue.pull === undefined && issue.state === 'open')
        check(open.length === 0, 'no drift issue is open any more', run)
        const issue = issues.find((one) => one.pull === undefined && /production/.test(one.title))
        page(`Issue #${issue?.number}: ${issue?.title} (${issue?.state})`, issue?.body ?? '', 40)
        verified('port 22 is closed, queue and network are as declared')
        return '3 found, 3 healed'
      }
    }
  ]
}

/** Adds the chapter's files to the clone, and its targets to production. */
async function declare(stage: Stage, cloud: Cloud): Promise<void> {
  const sources = path.join(import.meta.dirname, 'infrastructure')
  await cp(path.join(sources, 'infrastructure'), path.join(stage.clone, 'infrastructure'), { recursive: true })
  const targets = await readFile(path.join(sources, 'production.yaml'), 'utf8')
  const file = path.join(stage.clone, 'gitops.yaml')
  const [before = '', production = ''] = (await readFile(file, 'utf8')).split(/(?=^ {2}production:)/m)
  const extended = production
    .replace('    targets:\n', `    targets:\n${targets.replace('NETWORK_FILE', cloud.networkFile)}`)
    .replace(
      'values: [environments/production/web.yaml]}',
      'values: [environments/production/web.yaml], set: {queueUrl: {from: queues, output: OrdersUrl}}}'
    )
  await writeFile(file, before + extended)
}

async function sizeOfNodes(cloud: Cloud): Promise<string | undefined> {
  const answer = await cloud.call('autoscaling', {
    Action: 'DescribeAutoScalingGroups',
    'AutoScalingGroupNames.member.1': NODES
  })
  return /<MaxSize>(\d+)</.exec(answer)?.[1]
}

async function securityGroup(cloud: Cloud): Promise<string> {
  return cloud.call('ec2', {
    Action: 'DescribeSecurityGroups',
    'Filter.1.Name': 'group-name',
    'Filter.1.Value.1': NODES
  })
}

async function nodesSecurityGroup(cloud: Cloud): Promise<string> {
  return /<groupId>(sg-[0-9a-f]+)</.exec(await securityGroup(cloud))?.[1] ?? ''
}

/** Whether everybody may reach the nodes by SSH. */
async function isOpen(cloud: Cloud): Promise<boolean> {
  const rules = /<ipPermissions>(.*)<\/ipPermissions>/s.exec(await securityGroup(cloud))?.[1] ?? ''
  return rules.split('<ipProtocol>').some((rule) => /<fromPort>22</.test(rule) && rule.includes('0.0.0.0/0'))
}

async function urlOfQueue(cloud: Cloud): Promise<string> {
  const answer = await cloud.call('sqs', { Action: 'GetQueueUrl', QueueName: 'shop-orders' })
  return /<QueueUrl>([^<]+)</.exec(answer)?.[1] ?? ''
}

async function visibility(cloud: Cloud): Promise<string | undefined> {
  const answer = await cloud.call('sqs', {
    Action: 'GetQueueAttributes',
    QueueUrl: await urlOfQueue(cloud),
    'AttributeName.1': 'VisibilityTimeout'
  })
  return /<Value>(\d+)</.exec(answer)?.[1]
}

async function queueUrl(stage: Stage): Promise<string> {
  const jsonpath = 'jsonpath={.spec.template.spec.containers[0].env[?(@.name=="QUEUE_URL")].value}'
  return stage.kubectl('get', 'deployment', 'web', '-n', 'shop', '-o', jsonpath)
}
