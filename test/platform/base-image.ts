import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { GitOpsError } from '../../src/errors.ts'
import { asString, at, parseJson } from '../../src/json.ts'
import { type BasicAuth, basic } from './registry.ts'

const execute = promisify(execFile)

/** What `FROM busybox:1.36` gives on the platform. */
export const BASE_IMAGE = { repository: 'library/busybox', tags: ['1.36', 'latest'] } as const

const ACCOUNTS = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n'
const GROUPS = 'root:x:0:\nnogroup:x:65534:\n'

const OCI = 'application/vnd.oci.image'

/** An image of one layer, ready to be pushed. The same input gives the same digests. */
export interface Image {
  readonly layer: Buffer
  readonly config: Buffer
  readonly manifest: Buffer
}

/** Builds the base image from a static busybox: /bin/sh and all applets as links, a passwd, a /tmp. Works in `directory`. */
export async function buildBaseImage(busybox: string, directory: string): Promise<Image> {
  const root = path.join(directory, 'rootfs')
  for (const name of ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'tmp', 'usr/sbin', 'var'])
    await mkdir(path.join(root, name), { recursive: true })
  await chmod(path.join(root, 'tmp'), 0o1777)
  await copyFile(busybox, path.join(root, 'bin/busybox'))
  const { stdout } = await execute(busybox, ['--list-full'])
  for (const applet of stdout.split('\n').filter((line) => line !== '' && line !== 'bin/busybox')) {
    await mkdir(path.join(root, path.dirname(applet)), { recursive: true })
    await symlink('/bin/busybox', path.join(root, applet))
  }
  for (const script of ['adduser', 'addgroup']) {
    await copyFile(path.join(import.meta.dirname, 'base-image', script), path.join(root, 'usr/sbin', script))
    await chmod(path.join(root, 'usr/sbin', script), 0o755)
  }
  await writeFile(path.join(root, 'etc/passwd'), ACCOUNTS)
  await writeFile(path.join(root, 'etc/group'), GROUPS)
  const tar = path.join(directory, 'layer.tar')
  const normalized = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=a+rX']
  await execute('tar', [...normalized, '-cf', tar, '-C', root, '.'])
  const layerTar = await readFile(tar)
  const layer = gzipSync(layerTar, { level: 1 })
  const config = json({
    created: '1970-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: [digestOf(layerTar)] },
    history: [{ created: '1970-01-01T00:00:00Z', created_by: 'busybox' }]
  })
  const manifest = json({
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config: descriptor(`${OCI}.config.v1+json`, config),
    layers: [descriptor(`${OCI}.layer.v1.tar+gzip`, layer)]
  })
  return { layer, config, manifest }
}

/**
 * Pushes an image to a plain-HTTP registry under every tag.
 * @throws GitOpsError with the registry's answer when it refuses
 */
export async function pushImage(
  image: Image,
  to: { address: string; repository: string; tags: readonly string[]; auth?: BasicAuth }
): Promise<void> {
  const base = `http://${to.address}/v2/${to.repository}`
  const headers: Record<string, string> = to.auth ? { authorization: basic(to.auth) } : {}
  await Promise.all(
    [image.layer, image.config].map(async (blob) => {
      const begun = await need(`${base}/blobs/uploads/`, { method: 'POST', headers })
      const place = new URL(begun.headers.get('location') ?? '', base)
      place.searchParams.set('digest', digestOf(blob))
      const type = { 'content-type': 'application/octet-stream' }
      await need(place.href, { method: 'PUT', headers: { ...headers, ...type }, body: new Uint8Array(blob) })
    })
  )
  const type = asString(at(parseJson(image.manifest.toString()), 'mediaType')) ?? ''
  for (const tag of to.tags)
    await need(`${base}/manifests/${tag}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': type },
      body: new Uint8Array(image.manifest)
    })
}

async function need(url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(30_000) })
  if (!answer.ok) throw new GitOpsError(`${options.method} ${url}: ${answer.status} ${await answer.text()}`)
  return answer
}

function descriptor(mediaType: string, content: Buffer) {
  return { mediaType, digest: digestOf(content), size: content.length }
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}
