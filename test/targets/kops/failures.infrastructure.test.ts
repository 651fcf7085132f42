import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, test } from 'vitest'
import { GitOpsError, messageOf } from '../../../src/errors.ts'
import type { KopsTargetOptions } from '../../../src/targets/kops/index.ts'
import { isReadOnly } from '../../platform/aws/index.ts'
import { CLUSTER, MANIFEST, untouched, useKops } from './play.ts'

const play = useKops()

beforeAll(async () => {
  const target = await play.target(play.checkout())
  expect((await target.apply(await target.plan('deploy'))).status).toBe('succeeded')
})

/** What planning fails with, after proving that nothing was written and no credential told. */
async function failure(manifest: string, changes: Partial<KopsTargetOptions> = {}): Promise<GitOpsError> {
  const before = await play.bucket()
  play.aws.calls.length = 0
  const target = await play.target(play.checkout(manifest), changes)
  const error = await target.plan('deploy').then(
    (plan) => new Error(`it was planned: ${JSON.stringify(plan.changes)}`),
    (thrown: unknown) => thrown
  )
  play.aws.refuse(undefined)
  expect(play.aws.calls.filter((call) => !isReadOnly(call))).toEqual([])
  expect(await play.bucket()).toEqual(before)
  if (!(error instanceof GitOpsError)) throw new Error(`no GitOpsError: ${messageOf(error)}`)
  const told = [error.message, error.hint, ...error.details, ...play.lines].join('\n')
  expect(told).not.toContain(play.env['S3_SECRET_ACCESS_KEY'])
  return error
}

/** A new key as OpenSSH writes it. */
function publicKey(): string {
  const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, bytes.length >> 8, bytes.length & 255]), bytes])
  const positive = (text: string) => Buffer.concat([Buffer.from([0]), Buffer.from(text, 'base64url')])
  const parts = [part(Buffer.from('ssh-rsa')), part(Buffer.from(e, 'base64url')), part(positive(n))]
  return `ssh-rsa ${Buffer.concat(parts).toString('base64')}`
}

describe('a hostile or mistaken manifest never gets as far as writing', () => {
  test('another config base', async () => {
    const error = await failure(MANIFEST.replace('s3://kops-state/shop.example.com', 's3://evil/shop.example.com'))
    expect(error.message).toBe(
      'cluster.yaml:1: the Cluster "shop.example.com" has the config base s3://evil/shop.example.com, but that of the cluster is s3://kops-state/shop.example.com.'
    )
    expect(play.aws.calls.some((call) => call.url.includes('evil'))).toBe(false)
  })

  test('a key store outside of it', async () => {
    const error = await failure(MANIFEST.replace('  channel: none', '  channel: none\n  keyStore: s3://evil/pki'))
    expect(error.message).toContain('spec.keyStore of the Cluster "shop.example.com" is s3://evil/pki, outside of')
  })

  test('a key store that climbs out of it', async () => {
    const error = await failure(
      MANIFEST.replace('  channel: none', '  channel: none\n  keyStore: s3://kops-state/shop.example.com/../evil/pki')
    )
    expect(error.message).toContain('outside of s3://kops-state/shop.example.com')
  })

  test.each<[string, string, RegExp]>([
    ['a second Cluster', `${MANIFEST}---\n${MANIFEST.split('---\n')[0]}`, /a second Cluster/],
    [
      'a second Cluster under another name',
      `${MANIFEST}---\n${MANIFEST.split('---\n')[0]?.replaceAll('shop.example', 'evil.example')}`,
      /a second Cluster/
    ],
    [
      'a list that hides a Cluster',
      `${MANIFEST}---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: kops.k8s.io/v1alpha2\n  kind: Cluster\n  metadata: {name: evil.example.com}\n  spec: {}\n`,
      /the kind List is none/
    ],
    [
      "a list of kops' own kind",
      `${MANIFEST}---\napiVersion: kops.k8s.io/v1alpha2\nkind: ClusterList\nitems: []\n`,
      /the kind ClusterList is none/
    ],
    [
      'a secret of kops',
      `${MANIFEST}---\napiVersion: kops.k8s.io/v1alpha2\nkind: Keyset\nmetadata: {name: kubernetes-ca, labels: {kops.k8s.io/cluster: ${CLUSTER}}}\nspec: {}\n`,
      /the kind Keyset is none/
    ],
    [
      'a config base behind an anchor',
      MANIFEST.replace(
        '  channel: none',
        '  channel: &evil none\n  <<: {configBase: s3://evil/shop.example.com}'
      ).replace('  configBase: s3://kops-state/shop.example.com\n', ''),
      /has the config base s3:\/\/evil/
    ],
    [
      'an instance group whose name is a path',
      MANIFEST.replace('name: nodes', 'name: ../../evil.example.com/config'),
      /must be of lower case letters/
    ],
    [
      'an instance group whose name is an option',
      MANIFEST.replace('name: nodes', 'name: --yes'),
      /must be of lower case/
    ]
  ])('%s', async (_, manifest, reason) => {
    const error = await failure(manifest)
    expect([error.message, ...error.details].join('\n')).toMatch(reason)
    expect(play.aws.calls.some((call) => call.url.includes('evil'))).toBe(false)
  })

  test('files outside of the checkout', async () => {
    for (const name of ['../cluster.yaml', 'link.yaml', 'folder/../../x.yaml']) {
      const checkout = play.checkout()
      writeFileSync(path.join(checkout, '..', 'x.yaml'), MANIFEST)
      symlinkSync('/etc/hostname', path.join(checkout, 'link.yaml'))
      const target = await play.target(checkout, { manifests: [name] })
      await expect(target.plan('deploy')).rejects.toThrow('leaves the workspace')
    }
  })

  test('a renamed cluster', async () => {
    const error = await failure(MANIFEST.replaceAll('shop.example.com', 'store.example.com'))
    expect(error.message).toBe(
      'The manifests declare the cluster "store.example.com", which does not exist, but "cluster" was deployed as the cluster "shop.example.com".'
    )
  })

  test('an SSHCredential is planned, and not written', async () => {
    const credential = `---\napiVersion: kops.k8s.io/v1alpha2\nkind: SSHCredential\nmetadata:\n  labels: {kops.k8s.io/cluster: ${CLUSTER}}\nspec:\n  publicKey: ${publicKey()} me@example.com\n`
    const before = await play.bucket()
    const target = await play.target(play.checkout(MANIFEST + credential))
    const plan = await target.plan('deploy')
    expect(plan.changes.map((change) => `${change.action} ${change.resource.kind}`)).toEqual(['create SSHCredential'])
    expect(await play.bucket()).toEqual(before)
    const outcome = await target.apply(plan)
    expect(outcome.failure).toBeUndefined()
    expect((await play.bucket()).some((one) => one.includes('/pki/ssh/public/admin/'))).toBe(true)
    expect((await target.plan('deploy')).changes).toEqual([])
  }, 240_000)

  test('a field that cannot be changed is refused at once, not after 10 minutes', async () => {
    const error = await failure(MANIFEST.replaceAll('172.20.', '172.30.'))
    expect(error.message).toMatch(/immutable/)
    expect(error.hint).toContain('Take the change back')
  })

  test('a machine type that does not exist', async () => {
    const error = await failure(MANIFEST.replace('machineType: t3.medium', 'machineType: x9.huge'))
    expect(error.message).toMatch(/^Planning what kops would do failed: .*machine type "x9\.huge" is invalid/)
    expect(error.hint).toBe('Correct that field in the manifest.')
  })

  test('user data with the credentials of the state store changes, and nobody gets to see them', async () => {
    const manifest = MANIFEST.replace('anonymousAuth: false', 'anonymousAuth: false\n    maxPods: 77')
    const target = await play.target(play.checkout(manifest))
    const plan = await target.plan('deploy')
    const template = plan.changes.find(
      (change) => change.resource.kind === 'LaunchTemplate' && change.resource.name.startsWith('control-plane')
    )
    expect(template?.fields.find((field) => field.path === 'UserData')?.after.type).toBe('secret')
    for (const secret of [play.env['S3_SECRET_ACCESS_KEY'], play.env['S3_ACCESS_KEY_ID']])
      expect([JSON.stringify(plan), ...play.lines].join('\n')).not.toContain(secret)
  })

  test('a misspelt field is refused on its line; what drifted is looked for all the same', async () => {
    const manifest = MANIFEST.replace('maxSize: 2', 'maxsize: 2')
    const line = manifest.split('\n').findIndex((one) => one.includes('maxsize')) + 1
    const error = await failure(manifest)
    expect(error.message).toBe(
      `cluster.yaml:${line}: InstanceGroup "nodes": kops knows no field spec.maxsize. Did you mean maxSize?`
    )
    const plan = await (await play.target(play.checkout(manifest))).plan('drift')
    expect(plan.notes.join('\n')).toContain('kops knows no field spec.maxsize')
  })

  test('a field without effect that may be an old one is a warning', async () => {
    const manifest = MANIFEST.replace('  channel: none', '  channel: none\n  masterInternalName: api.internal')
    const plan = await (await play.target(play.checkout(manifest))).plan('deploy')
    expect(plan.notes).toContain(
      'Cluster "shop.example.com": kops does not keep the field spec.masterInternalName: it has no effect. Is it misspelt, or of another version of kops?'
    )
    expect(play.lines.join('\n')).toContain('spec.masterInternalName')
  })

  test('a version of Kubernetes that is too new for this kops: both are named', async () => {
    const error = await failure(MANIFEST.replace('kubernetesVersion: 1.36.1', 'kubernetesVersion: 1.99.0'))
    expect(error.message).toMatch(
      /upgrade is required\. The manifests ask for Kubernetes 1\.99\.0 \(cluster\.yaml:\d+\); this is kops 1\.\d+\.\d+\.$/
    )
  })

  test('a plan that fails leaves no shadow of the state store behind', async () => {
    await failure(MANIFEST.replace('machineType: t3.medium', 'machineType: x9.huge'))
    await failure(MANIFEST.replace('minSize: 1', 'minSize: one'))
    const left = readdirSync(path.join(play.aws.run.directory, 'temp')).filter((name) => name.includes('shadow'))
    expect(left).toEqual([])
  })
})

test('an instance group of the control plane that Git no longer has is reported, for people to delete', async () => {
  const [cluster = '', , nodes = ''] = MANIFEST.split('---\n')
  const target = await play.target(play.checkout(`${cluster}---\n${nodes}`))
  const { changes, notes } = await untouched(play, () => target.plan('deploy'))
  expect(changes.filter((change) => change.action === 'delete')).toEqual([])
  expect(notes.join('\n')).toContain('such a group is only ever deleted by a person')
  const removals = (await target.plan('drift')).changes.filter((change) => change.action === 'delete')
  expect(removals.map((change) => [change.resource.id, change.healable])).toEqual([
    ['InstanceGroup/control-plane-us-east-1a', false]
  ])
})

test('the last instance group of nodes cannot be removed: kops says so before anything is written', async () => {
  const error = await failure(MANIFEST.split('---\n').slice(0, 2).join('---\n'))
  expect(error.message).toContain('must configure at least one Node InstanceGroup')
  expect(error.hint).toContain('minSize: 0')
})

describe('what is wrong around it', () => {
  test('a lock that another run holds: nothing is written, and the other one is named', async () => {
    const lock = {
      id: 'x',
      run: 'https://github.example/runs/7',
      since: '2026-01-01T00:00:00Z',
      expires: '2999-01-01T00:00:00Z'
    }
    const place = { Bucket: 'kops-state', Key: `gitops-actions/${CLUSTER}/lock.json` }
    await play.s3.send(new PutObjectCommand({ ...place, Body: JSON.stringify(lock) }))
    const target = await play.target(play.checkout(MANIFEST.replace('maxSize: 2', 'maxSize: 4')))
    const plan = await target.plan('deploy')
    const before = await play.bucket()
    const outcome = await target.apply(plan)
    expect(await play.bucket()).toEqual(before)
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toBe(
      `The cluster "${CLUSTER}" is locked by the run https://github.example/runs/7 since 2026-01-01 00:00 UTC.`
    )
    expect(outcome.failure?.hint).toContain('loses the lock after 10 minutes')
    await play.s3.send(new DeleteObjectCommand(place))
  })

  test('a bucket in another region', async () => {
    const message = 'The bucket you are attempting to access must be addressed using the specified endpoint.'
    play.aws.refuse((call) => (call.service === 's3' ? { status: 301, code: 'PermanentRedirect', message } : undefined))
    const target = await play.target(play.checkout())
    const error = await target.plan('deploy').catch((thrown: unknown) => thrown)
    play.aws.refuse(undefined)
    if (!(error instanceof GitOpsError)) throw new Error(`no GitOpsError: ${messageOf(error)}`)
    expect(error.message).toContain('Reading the cluster "shop.example.com" from the state store failed')
    expect(error.hint).toContain('lies in another region')
  })

  test('a bucket that does not exist', async () => {
    const error = await failure(MANIFEST, { state: 's3://no-such-bucket' })
    expect(error.message).toContain('NoSuchBucket')
    expect(error.hint).toContain('kops does not create its bucket')
  })

  test('expired credentials', async () => {
    play.aws.refuse((call) =>
      call.service === 's3'
        ? undefined
        : { status: 403, code: 'ExpiredToken', message: 'The security token included in the request is expired' }
    )
    const error = await failure(MANIFEST.replace('maxSize: 2', 'maxSize: 5'))
    expect(error.message).toContain('ExpiredToken')
    expect(error.hint).toContain('Assume the role again')
  })

  test('a missing right', async () => {
    play.aws.refuse((call) =>
      call.action === 'DescribeSecurityGroups'
        ? { status: 403, code: 'UnauthorizedOperation', message: 'You are not authorized to perform this operation.' }
        : undefined
    )
    const error = await failure(MANIFEST)
    expect(error.message).toContain('UnauthorizedOperation')
    expect(error.hint).toContain('The role lacks that right')
  }, 180_000)

  test('a state store of a kind that does not exist', async () => {
    const error = await play.target(play.checkout(), { state: 'kops-state' }).catch((thrown: unknown) => thrown)
    expect(messageOf(error)).toBe('The state store "kops-state" is none.')
  })

  test('a cluster that a newer kops updated', async () => {
    const key = `${CLUSTER}/kops-version.txt`
    const put = (version: string) =>
      play.s3.send(new PutObjectCommand({ Bucket: 'kops-state', Key: key, Body: version }))
    await put('1.37.0')
    const error = await failure(MANIFEST)
    expect(error.message).toContain('kops version older than last used to update the cluster')
    expect(error.hint).toContain('allow-kops-downgrade')
    await put('1.36.2')
  })
})
