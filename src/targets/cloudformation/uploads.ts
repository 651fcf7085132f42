import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { AwsError, awsError } from './aws-error.ts'

interface Uploads {
  put(object: { bucket: string; key: string; body: string }): Promise<{ url: string; made: boolean }>
  remove(object: { bucket: string; key: string }): Promise<void>
}

let opened: { region: string; uploads: Uploads } | undefined

/** The bucket through which large templates go, with the same credentials as the stack. */
export function openUploads(region: string): Uploads {
  if (opened?.region !== region) opened = { region, uploads: uploadsIn(region) }
  return opened.uploads
}

function uploadsIn(region: string): Uploads {
  const client = new S3Client({ region, followRegionRedirects: true })
  return {
    async put({ bucket, key, body }) {
      const url = `https://s3.${region}.${suffixOf(region)}/${bucket}/${key}`
      try {
        const command = new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: 'text/plain',
          IfNoneMatch: '*'
        })
        await client.send(command)
        return { url, made: true }
      } catch (error) {
        const failure = awsError('PutObject', error)
        // The name is a hash of the content: what is there already is the same.
        if (failure.status === 412 || failure.status === 409) return { url, made: false }
        throw new AwsError('PutObject', failure.code, `${failure.message} (bucket ${bucket})`, failure.status, error)
      }
    },
    async remove({ bucket, key }) {
      try {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
      } catch (error) {
        throw awsError('DeleteObject', error)
      }
    }
  }
}

function suffixOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
}
