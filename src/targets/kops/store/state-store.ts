import { GitOpsError } from '../../../errors.ts'

/** An object of a store, and the version of it that was read. */
export interface StoredText {
  readonly text: string
  readonly version: string
}

/** What we keep in a state store beside kops: small texts, written only where nobody else has meanwhile. */
export interface StateStore {
  read(key: string): Promise<StoredText | undefined>
  /** Writes only if there is nothing; undefined when there is something. Else the version that was written. */
  create(key: string, text: string): Promise<string | undefined>
  /** Writes only over `version`; undefined when it is another one by now. */
  replace(key: string, text: string, version: string): Promise<string | undefined>
  /** Removes what is still `version`. */
  remove(key: string, version: string): Promise<void>
  /** Names of the folders below a folder. */
  folders(prefix: string): Promise<string[]>
  /** When an object was written last (RFC 3339), and by which account, as far as the store tells; undefined if it is not there. */
  written(key: string): Promise<{ readonly time: string; readonly owner?: string } | undefined>
  /** The texts directly in a folder. */
  texts(prefix: string): Promise<string[]>
}

/**
 * The store behind kops' state: S3 (and what speaks its protocol through S3_ENDPOINT), or a folder. Undefined for the
 * others: there nothing is locked and no deployment is recorded.
 */
export async function openStateStore(state: string, env: NodeJS.ProcessEnv): Promise<StateStore | undefined> {
  const [, scheme, place = ''] = /^([a-z0-9]+):\/\/(.*)$/.exec(state) ?? []
  if (scheme === undefined || place === '')
    throw new GitOpsError(`The state store "${state}" is none.`, {
      hint: 'Write it as kops does: s3://bucket, s3://bucket/folder, gs://bucket, …'
    })
  if (scheme === 's3') {
    const { openS3Store } = await import('./s3.ts')
    const [bucket = '', ...folders] = place.replace(/\/+$/, '').split('/')
    return openS3Store({ bucket, prefix: folders.join('/'), env })
  }
  if (scheme === 'file') {
    const { openFolderStore } = await import('./folder.ts')
    return openFolderStore(place)
  }
  return undefined
}
