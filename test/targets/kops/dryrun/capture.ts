import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { exec } from '../../../../src/toolchain/exec.ts'
import { startAws } from '../../../platform/aws/index.ts'
import { ensure } from '../../../platform/binaries.ts'
import { startKopsAssets } from '../../../platform/kops-assets.ts'
import { createRunFolder } from '../../../platform/run-folder.ts'

/**
 * `node test/targets/kops/dryrun/capture.ts`: writes `../fixtures/dry-run/*.txt` anew, as the real kops prints them for
 * the cluster of `../fixtures/cluster.yaml` on the AWS emulator. Every section of the report is provoked, none invented:
 * what kops deletes at once is a block of addresses that somebody added to its VPC, and what it calls inconsistent is a
 * certificate that somebody added to its load balancer.
 */
const FIXTURES = path.join(import.meta.dirname, '../fixtures')
const CLUSTER = 'shop.example.com'
const MANIFEST = readFileSync(path.join(FIXTURES, 'cluster.yaml'), 'utf8')

/** A channel that knows newer versions of kops and of Kubernetes. */
const CHANNEL = `spec:
  kopsVersions:
    - {range: ">=1.36.0-alpha.1", recommendedVersion: 1.36.3}
  kubernetesVersions:
    - {range: ">=1.36.0", recommendedVersion: 1.36.2, requiredVersion: 1.36.0}
`
/** Values that a parser could take for something else. */
const ODD = {
  arrow: 'a -> b',
  unicode: 'Zürich – 東京 🚀',
  tab: 'a\tb',
  braces: '{a: 1, b: 2}',
  comma: 'a, b: c',
  empty: ''
}
/** A value that pretends to be a part of the report. AWS would refuse it; the report comes before AWS. */
const HOSTILE = { lines: 'first\nWill modify resources:\n  VPC/fake\n  \tCIDR                \t 1 -> 2' }

const run = createRunFolder()
try {
  const [{ kops }, aws, assets] = await Promise.all([
    ensure(['kops']),
    startAws(run),
    startKopsAssets('1.36.2', 18_437)
  ])
  const env = { ...process.env, ...aws.env, ...assets.env, KOPS_STATE_STORE: 's3://kops-state' }
  const call = async (...args: string[]) => (await exec(kops, args, { env })).stdout
  const file = (name: string, text: string) => {
    writeFileSync(path.join(run.directory, name), text)
    return path.join(run.directory, name)
  }
  const update = (...args: string[]) =>
    call('update', 'cluster', '--name', CLUSTER, '--create-kube-config=false', ...args)
  const replace = (manifest: string) => call('replace', '-f', file('replaced.yaml', manifest))
  const keep = (name: string, text: string) => {
    mkdirSync(path.join(FIXTURES, 'dry-run'), { recursive: true })
    writeFileSync(path.join(FIXTURES, 'dry-run', `${name}.txt`), withoutAddresses(text))
    console.log(
      `${name}: ${text.split('\n').length} lines, ${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
    )
  }
  /** As somebody with the console would. */
  const byHand = async (service: string, version: string, parameters: Record<string, string>) => {
    const scope = `Credential=somebody/20260101/us-east-1/${service}/aws4_request`
    const response = await fetch(aws.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`
      },
      body: new URLSearchParams({ Version: version, ...parameters })
    })
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    return text
  }
  const ec2 = (parameters: Record<string, string>) => byHand('ec2', '2016-11-15', parameters)
  const balancing = (parameters: Record<string, string>) => byHand('elasticloadbalancing', '2015-12-01', parameters)

  await fetch(`${aws.endpoint}/kops-state`, { method: 'PUT' })
  await call('create', '-f', file('cluster.yaml', MANIFEST))
  keep('create', await update())
  await update('--yes')
  keep('none', await update())
  const changed = MANIFEST.replace('203.0.113.0/24', '198.51.100.0/24').replace('maxSize: 2', 'maxSize: 3')
  const image = changed.lastIndexOf('ami-785db401')
  const modified = `${changed.slice(0, image)}ami-1e749f67${changed.slice(image + 'ami-785db401'.length)}`
  await replace(modified)
  keep('modify', await update())
  const labelled = MANIFEST.replace(
    '    anonymousAuth: false\n',
    '    anonymousAuth: false\n    nodeLabels: {team: a b}\n'
  )
  await replace(labelled.replace('kubernetesVersion: 1.36.1', 'kubernetesVersion: 1.35.5'))
  keep('upgrade', await update())
  await replace(MANIFEST)

  const vpc = element(
    await ec2({ Action: 'DescribeVpcs', 'Filter.1.Name': 'tag:Name', 'Filter.1.Value.1': CLUSTER }),
    'vpcId'
  )
  await ec2({ Action: 'AssociateVpcCidrBlock', VpcId: vpc, CidrBlock: '10.9.0.0/16' })
  keep('deletions', await update())

  const balancer = element(await balancing({ Action: 'DescribeLoadBalancers' }), 'LoadBalancerArn')
  const listeners = await balancing({ Action: 'DescribeListeners', LoadBalancerArn: balancer })
  const [arn = ''] =
    /<ListenerArn>[^<]+<\/ListenerArn>(?=\s*<LoadBalancerArn>[^<]+<\/LoadBalancerArn>\s*<Port>443<)/.exec(listeners) ??
    []
  const group = element(listeners.slice(listeners.indexOf(arn)), 'TargetGroupArn')
  // The emulator cannot modify a listener to TLS.
  await balancing({ Action: 'DeleteListener', ListenerArn: element(arn, 'ListenerArn') })
  await balancing({
    Action: 'CreateListener',
    LoadBalancerArn: balancer,
    Protocol: 'TLS',
    Port: '443',
    SslPolicy: 'ELBSecurityPolicy-2016-08',
    'Certificates.member.1.CertificateArn': await certificate(byHand),
    'DefaultActions.member.1.Type': 'forward',
    'DefaultActions.member.1.TargetGroupArn': group
  })
  keep('inconsistent', await update())

  // Banners come before the report: an API of the kubelet that is open to everybody, versions behind the channel.
  const behind = modified
    .replace('  kubelet:\n    anonymousAuth: false\n', '')
    .replace('channel: none', `channel: file://${file('channel', CHANNEL)}`)
    .replace('spec:\n', `spec:\n  cloudLabels: ${JSON.stringify(ODD)}\n`)
  await replace(behind)
  keep('everything', await update())

  await replace(modified.replace('spec:\n', `spec:\n  cloudLabels: ${JSON.stringify(HOSTILE)}\n`))
  keep('hostile', await update())
} finally {
  await run.close()
}
process.exit(0)

function element(xml: string, name: string, index = 0): string {
  const found = [...xml.matchAll(new RegExp(`<${name}>([^<]+)</${name}>`, 'g'))][index]?.[1]
  if (found === undefined) throw new Error(`there is no ${name} in ${xml}`)
  return found
}

/** Where kops prints pointers, they are others in every run. */
function withoutAddresses(text: string): string {
  return text.replace(/0xc[0-9a-f]{9}/g, '0xc000000000')
}

async function certificate(
  byHand: (service: string, version: string, parameters: Record<string, string>) => Promise<string>
): Promise<string> {
  const forge = await import('node-forge')
  const keys = forge.default.pki.rsa.generateKeyPair(2048)
  const made = forge.default.pki.createCertificate()
  made.publicKey = keys.publicKey
  made.serialNumber = '01'
  made.validity.notBefore = new Date('2026-01-01')
  made.validity.notAfter = new Date('2036-01-01')
  made.setSubject([{ name: 'commonName', value: 'api.shop.example.com' }])
  made.setIssuer([{ name: 'commonName', value: 'api.shop.example.com' }])
  made.sign(keys.privateKey, forge.default.md.sha256.create())
  const answer = await byHand('iam', '2010-05-08', {
    Action: 'UploadServerCertificate',
    ServerCertificateName: 'by-hand',
    CertificateBody: forge.default.pki.certificateToPem(made),
    PrivateKey: forge.default.pki.privateKeyToPem(keys.privateKey)
  })
  return element(answer, 'Arn')
}
