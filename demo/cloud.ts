import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { REGION, startAws } from '../test/platform/aws/index.ts'
import { ensure } from '../test/platform/binaries.ts'
import { startKopsAssets } from '../test/platform/kops-assets.ts'
import type { RunFolder } from '../test/platform/run-folder.ts'
import { tofuTools } from '../test/platform/tofu.ts'

/** What the chapter on infrastructure runs on: AWS's emulator, kops, OpenTofu, and a provider whose object is a file. */
export interface Cloud {
  /** Environment of the jobs that talk to it; its keys come from the sign-in step. */
  readonly env: Readonly<Record<string, string>>
  /** Folders with the tools. */
  readonly path: string
  /** The file that the Terraform resource is. */
  readonly networkFile: string
  /** A call of AWS's query API, as its command line makes it. Answers the XML. */
  call(service: 'ec2' | 'autoscaling' | 'sqs', parameters: Readonly<Record<string, string>>): Promise<string>
  /** Key, ETag and time of every object in the buckets. */
  objects(): Promise<string[]>
  stop(): Promise<void>
}

const BUCKETS = ['acme-kops', 'acme-terraform']
const VERSIONS = { ec2: '2016-11-15', autoscaling: '2011-01-01', sqs: '2012-11-05' } as const

export async function startCloud(folder: RunFolder): Promise<Cloud> {
  const directory = path.join(folder.directory, 'cloud')
  await mkdir(directory, { recursive: true })
  const [aws, assets, tofu, { kops }] = await Promise.all([
    startAws(folder),
    startKopsAssets(),
    tofuTools(directory),
    ensure(['kops'])
  ])
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', ...others } = aws.env
  const s3 = new S3Client({
    endpoint: aws.endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey }
  })
  for (const Bucket of BUCKETS) await s3.send(new CreateBucketCommand({ Bucket }))
  const networkFile = path.join(directory, 'firewall.json')
  return {
    networkFile,
    path: [kops, tofu.engines.get('opentofu') ?? ''].map((file) => path.dirname(file)).join(path.delimiter),
    env: {
      ...others,
      ...assets.env,
      // Keys of a size that a Kubernetes client accepts.
      KOPS_RSA_PRIVATE_KEY_SIZE: '2048',
      TF_CLI_CONFIG_FILE: tofu.env['TF_CLI_CONFIG_FILE'] ?? ''
    },
    async call(service, parameters) {
      const response = await fetch(aws.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          // The emulator tells services apart by the scope of the signature, and checks none.
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${REGION}/${service}/aws4_request`
        },
        body: new URLSearchParams({ ...parameters, Version: VERSIONS[service] })
      })
      const answer = await response.text()
      if (!response.ok) throw new Error(`${service} ${parameters['Action']}: ${response.status} ${answer}`)
      return answer
    },
    async objects() {
      const lists = await Promise.all(
        BUCKETS.map(async (Bucket) => {
          const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
          return Contents.map((one) => `${Bucket}/${one.Key} ${one.ETag} ${one.LastModified?.toISOString()}`)
        })
      )
      return lists.flat().sort()
    },
    async stop() {
      s3.destroy()
      await assets.close()
      await aws.stop()
    }
  }
}

/** The object that the Terraform resource is, as it lives. */
export async function readNetwork(cloud: Cloud): Promise<string> {
  return readFile(cloud.networkFile, 'utf8')
}

/** Changes it past Terraform, as somebody with an editor would. */
export async function editNetwork(cloud: Cloud, edit: (text: string) => string): Promise<void> {
  await writeFile(cloud.networkFile, edit(await readNetwork(cloud)))
}
