import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException
} from '@aws-sdk/client-s3'
import { GitOpsError } from '../../../errors.ts'
import { explainFailure } from '../explain.ts'
import type { StateStore } from './state-store.ts'

/** kops' state store in S3, or in what S3_ENDPOINT names: with the same credentials that kops takes for it. */
export function openS3Store(options: { bucket: string; prefix: string; env: NodeJS.ProcessEnv }): StateStore {
  const { bucket, prefix, env } = options
  const client = new S3Client(configuration(env))
  const keyOf = (key: string) => (prefix === '' ? key : `${prefix}/${key}`)
  const acl = env['KOPS_STATE_S3_ACL']

  async function put(key: string, text: string, condition: { IfMatch?: string; IfNoneMatch?: string }) {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: keyOf(key),
      Body: text,
      ContentType: 'application/json',
      ...(acl ? { ACL: acl as 'bucket-owner-full-control' } : {}),
      ...condition
    })
    try {
      return (await client.send(command)).ETag ?? ''
    } catch (error) {
      // 409: another conditional write of the same moment won.
      if (hasStatus(error, 412) || hasStatus(error, 409)) return undefined
      if (condition.IfMatch !== undefined && isMissing(error)) return undefined
      throw explain(`Writing ${key} to the state store`, error)
    }
  }

  return {
    async read(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(key) }))
        return { text: (await answer.Body?.transformToString('utf8')) ?? '', version: answer.ETag ?? '' }
      } catch (error) {
        if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined
        throw explain(`Reading ${key} from the state store`, error)
      }
    },
    create: (key, text) => put(key, text, { IfNoneMatch: '*' }),
    replace: (key, text, version) => put(key, text, { IfMatch: version }),
    async remove(key, version) {
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(key), IfMatch: version }))
      } catch (error) {
        if (hasStatus(error, 412) || isMissing(error)) return
        throw explain(`Removing ${key} from the state store`, error)
      }
    },
    async folders(folder) {
      const top = `${keyOf(folder)}/`
      const { folders } = await list(top)
      return folders.map((name) => name.slice(top.length, -1))
    },
    async written(key) {
      try {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: keyOf(key), MaxKeys: 1, FetchOwner: true })
        )
        const found = page.Contents?.find((one) => one.Key === keyOf(key))
        if (!found?.LastModified) return undefined
        const owner = found.Owner?.DisplayName
        return { time: found.LastModified.toISOString(), ...(owner ? { owner } : {}) }
      } catch (error) {
        throw explain(`Looking at ${key} in the state store`, error)
      }
    },
    async texts(folder) {
      const { keys } = await list(`${keyOf(folder)}/`)
      const objects = await Promise.all(
        keys.map((key) => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })))
      ).catch((error: unknown) => {
        throw explain(`Reading ${folder} from the state store`, error)
      })
      return Promise.all(objects.map(async (object) => (await object.Body?.transformToString('utf8')) ?? ''))
    }
  }

  /** What lies directly below a folder. */
  async function list(top: string): Promise<{ folders: string[]; keys: string[] }> {
    const folders: string[] = []
    const keys: string[] = []
    let next: string | undefined
    try {
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: top,
            Delimiter: '/',
            ...(next === undefined ? {} : { ContinuationToken: next })
          })
        )
        for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix !== undefined) folders.push(Prefix)
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key)
        next = page.NextContinuationToken
      } while (next !== undefined)
    } catch (error) {
      throw explain('Listing the state store', error)
    }
    return { folders, keys }
  }
}

/** As kops has it: S3_ENDPOINT with its own keys, else AWS. */
function configuration(env: NodeJS.ProcessEnv): S3ClientConfig {
  const endpoint = env['S3_ENDPOINT']
  const region = env['S3_REGION'] || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1'
  if (!endpoint) return { region, followRegionRedirects: true }
  const [accessKeyId, secretAccessKey] = [env['S3_ACCESS_KEY_ID'], env['S3_SECRET_ACCESS_KEY']]
  if (!accessKeyId || !secretAccessKey)
    throw new GitOpsError('S3_ENDPOINT is set, but not S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.', {
      hint: 'kops wants all three for a state store that is not in AWS.'
    })
  return {
    region,
    endpoint: endpoint.includes('://') ? endpoint : `https://${endpoint}`,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey }
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === status
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound')
}

function explain(what: string, error: unknown): Error {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return explainFailure(what, `Error: ${text}`)
}
