import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { Logger } from '../../../src/log.ts'
import { type KopsTargetOptions, kopsTarget } from '../../../src/targets/kops/index.ts'
import type { Plan } from '../../../src/targets/plan.ts'
import type { Target } from '../../../src/targets/target.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import { isReadOnly } from '../../platform/aws/index.ts'
import { useAws } from '../../platform/aws/use.ts'
import { ensure } from '../../platform/binaries.ts'
import { type KopsAssets, startKopsAssets } from '../../platform/kops-assets.ts'

export const CLUSTER = 'shop.example.com'
export const STATE = 's3://kops-state'
export const MANIFEST = readFileSync(path.join(import.meta.dirname, 'fixtures/cluster.yaml'), 'utf8')

export interface Play {
  readonly aws: ReturnType<typeof useAws>
  /** A checkout of its own, with the manifest in it. */
  checkout(manifest?: string): string
  target(checkout: string, changes?: Partial<KopsTargetOptions>): Promise<Target>
  /** How targets are treated unless a test says otherwise. */
  readonly defaults: Pick<KopsTargetOptions, 'update' | 'rollingUpdate'>
  /** Path of kops. */
  readonly program: string
  /** kops as a person would call it. */
  kops(args: readonly string[]): Promise<string>
  /** `kops replace` of a manifest, past Git. */
  replace(manifest: string): Promise<void>
  /** Key, ETag and time of every object in the bucket. */
  bucket(): Promise<string[]>
  readonly lines: string[]
  readonly env: NodeJS.ProcessEnv
  readonly s3: S3Client
}

const DEFAULTS: Play['defaults'] = {
  update: {
    enabled: true,
    prune: true,
    deleteInstanceGroups: true,
    instanceGroups: [],
    lifecycleOverrides: [],
    allowDowngrade: false,
    ignoreKubeletVersionSkew: false
  },
  // There is no Kubernetes API behind the emulator.
  rollingUpdate: {
    enabled: true,
    instanceGroups: [],
    force: false,
    cloudOnly: true,
    nodeInterval: '1s',
    controlPlaneInterval: '1s'
  }
}

/**
 * Real kops and AWS, for one test file.
 * @param keyBits of the keys that kops makes: small ones are made at once, but Node takes none below 2048
 */
export function useKops({ keyBits = 1024 } = {}): Play {
  const aws = useAws()
  const lines: string[] = []
  let kops = ''
  let assets: KopsAssets | undefined
  let count = 0
  let client: S3Client | undefined
  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    ...aws.env,
    ...assets?.env,
    KOPS_RSA_PRIVATE_KEY_SIZE: String(keyBits)
  })
  const s3 = () => {
    if (!client) throw new GitOpsError('S3 is only there inside tests and hooks.')
    return client
  }
  beforeAll(async () => {
    kops = (await ensure(['kops'])).kops
    assets = await startKopsAssets()
    client = new S3Client({
      endpoint: aws.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test-id', secretAccessKey: 'test-secret' }
    })
    await client.send(new CreateBucketCommand({ Bucket: 'kops-state' }))
  }, 900_000)
  afterAll(async () => {
    client?.destroy()
    await assets?.close()
  })
  return {
    aws,
    lines,
    defaults: DEFAULTS,
    get env() {
      return env()
    },
    get s3() {
      return s3()
    },
    get program() {
      return kops
    },
    checkout(manifest = MANIFEST) {
      count += 1
      const directory = path.join(aws.run.directory, `checkout-${count}`)
      mkdirSync(directory)
      writeFileSync(path.join(directory, 'cluster.yaml'), manifest)
      return directory
    },
    target: (checkout, changes = {}) =>
      kopsTarget({
        id: 'cluster',
        environment: 'production',
        checkout,
        manifests: ['cluster.yaml'],
        state: STATE,
        kops,
        ...DEFAULTS,
        validate: { enabled: false, wait: '1s' },
        access: {},
        timeout: 120_000,
        source: { repository: 'acme/shop', revision: 'a'.repeat(40), run: 'https://github.example/acme/shop/runs/1' },
        secretKey: Buffer.alloc(32, 7),
        temporary: path.join(aws.run.directory, 'temp'),
        exec,
        log: collect(lines),
        env: env(),
        ...changes
      }),
    async kops(args) {
      const { stdout } = await exec(kops, [...args, '--state', STATE], { env: env() })
      return stdout
    },
    async replace(manifest) {
      const file = path.join(aws.run.directory, 'by-hand.yaml')
      writeFileSync(file, manifest)
      await exec(kops, ['replace', '-f', file, '--state', STATE], { env: env() })
    },
    async bucket() {
      const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: 'kops-state' }))
      return Contents.map((one) => `${one.Key} ${one.ETag} ${one.LastModified?.toISOString()}`).sort()
    }
  }
}

function collect(lines: string[]): Logger {
  const push = (level: string) => (message: string) => void lines.push(`${level}: ${message}`)
  return {
    info: push('info'),
    debug: push('debug'),
    warning: push('warning'),
    error: push('error'),
    group: (title, work) => {
      lines.push(`group: ${title}`)
      return work()
    }
  }
}

export const idsOf = (plan: Plan) => plan.changes.map((change) => `${change.action} ${change.resource.id}`)

/** Runs `work` and proves that nothing was written by it: neither to the bucket, nor by any call to AWS. */
export async function untouched<T>(play: Play, work: () => Promise<T>): Promise<T> {
  const before = await play.bucket()
  play.aws.calls.length = 0
  const result = await work()
  expect(play.aws.calls.length).toBeGreaterThan(0)
  expect(play.aws.calls.filter((call) => !isReadOnly(call))).toEqual([])
  expect(await play.bucket()).toEqual(before)
  return result
}
