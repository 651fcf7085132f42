import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, lchown, link, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { extract, type Header } from 'tar-stream'
import { GitOpsError } from '../../src/errors.ts'

export interface Layer {
  readonly mediaType: string
  /** Of the bytes that the registry sends. */
  readonly digest: string
  /** Of the tar archive inside. */
  readonly contentDigest: string
}

/**
 * Unpacks one layer of an image over what is there, by the rules of the OCI image specification: whiteouts remove what
 * lower layers brought. No entry leaves `rootfs`, neither by its name nor through a link.
 * @throws GitOpsError for a name that leaves it, and for content that does not match its digests
 */
export async function unpackLayer(blob: Readable, rootfs: string, layer: Layer): Promise<void> {
  const archive = extract()
  const [arrived, unpacked] = [digesting(), digesting()]
  const reading = pipeline([blob, arrived.stream, ...decompression(layer.mediaType), unpacked.stream, archive])
  const written = new Set<string>()
  try {
    for await (const entry of archive) {
      await unpackEntry(entry.header, entry, rootfs, written)
      entry.resume()
    }
  } catch (error) {
    await reading.catch(() => {})
    throw error
  }
  await reading
  for (const [found, expected] of [
    [arrived.digest(), layer.digest],
    [unpacked.digest(), layer.contentDigest]
  ])
    if (found !== expected) throw new GitOpsError(`A layer has the content ${found} instead of ${expected}.`)
}

/** `sha256:…`. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function digesting(): { stream: Transform; digest(): string } {
  const hash = createHash('sha256')
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    }
  })
  return { stream, digest: () => `sha256:${hash.digest('hex')}` }
}

function decompression(mediaType: string): Transform[] {
  if (/[+.]gzip$/.test(mediaType)) return [createGunzip()]
  if (/[+.]zstd$/.test(mediaType)) return [createZstdDecompress()]
  if (/\.tar$/.test(mediaType)) return []
  throw new GitOpsError(`A layer is of the unknown type "${mediaType}".`)
}

async function unpackEntry(
  header: Header,
  content: AsyncIterable<unknown>,
  rootfs: string,
  written: Set<string>
): Promise<void> {
  const parts = partsOf(header.name)
  const name = parts.pop()
  if (name === undefined) return // the root itself
  const directory = await makeDirectory(rootfs, parts)
  const file = path.join(directory, name)
  if (name === '.wh..wh..opq') return clear(directory, written)
  if (name.startsWith('.wh.')) return rm(path.join(directory, name.slice(4)), { recursive: true, force: true })
  written.add(file)
  const existing = await lstat(file).catch(() => undefined)
  if (existing && !(existing.isDirectory() && header.type === 'directory')) await rm(file, { recursive: true })
  switch (header.type) {
    case 'directory':
      await mkdir(file, { recursive: true })
      break
    case 'file':
    case 'contiguous-file':
      await pipeline(content, createWriteStream(file, { flags: 'wx' }))
      break
    case 'symlink':
      await symlink(header.linkname, file)
      break
    case 'link': {
      const target = partsOf(header.linkname)
      const last = target.pop() ?? ''
      await link(path.join(await makeDirectory(rootfs, target), last), file)
      return
    }
    default:
      return // devices and pipes: a container runtime brings its own
  }
  // Ownership first: changing it takes set-user-id bits away.
  if (process.getuid?.() === 0) await lchown(file, header.uid, header.gid)
  if (header.type !== 'symlink') await chmod(file, header.mode)
}

function partsOf(name: string): string[] {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..') || name.includes('\0'))
    throw new GitOpsError(`A layer names a file outside: ${JSON.stringify(name)}.`)
  return parts
}

/** The directory of these names below the root, made where it is missing; links are followed as inside a container. */
async function makeDirectory(rootfs: string, names: readonly string[]): Promise<string> {
  const waiting = [...names]
  const place: string[] = []
  for (let links = 0; waiting.length > 0; ) {
    const name = waiting.shift() ?? ''
    if (name === '..') {
      place.pop() // above the root is the root
      continue
    }
    const current = path.join(rootfs, ...place, name)
    const status = await lstat(current).catch(() => undefined)
    if (status?.isSymbolicLink()) {
      if (++links > 40) throw new GitOpsError(`A layer has links in a circle at ${names.join('/')}.`)
      const target = await readlink(current)
      if (target.startsWith('/')) place.length = 0
      waiting.unshift(...target.split('/').filter((part) => part !== '' && part !== '.'))
      continue
    }
    if (status && !status.isDirectory()) await rm(current)
    if (!status?.isDirectory()) await mkdir(current)
    place.push(name)
  }
  return path.join(rootfs, ...place)
}

/** An opaque whiteout: what lower layers put into the directory is gone, what this one put there stays. */
async function clear(directory: string, written: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name)
    const isOurs = [...written].some((one) => one === file || one.startsWith(`${file}/`))
    if (!isOurs) await rm(file, { recursive: true, force: true })
    else if ((await lstat(file)).isDirectory()) await clear(file, written)
  }
}
