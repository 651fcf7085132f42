import { lstatSync, mkdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import { buildImage } from '../../src/image/index.ts'
import type { Logger } from '../../src/log.ts'
import { repository, Sample } from '../image/sample.ts'
import { pullImage, runImage } from './pull-image.ts'
import { digestOf, unpackLayer } from './unpack-layer.ts'
import { usePlatform } from './use.ts'

const platform = usePlatform()
const log: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }

describe('pullImage', () => {
  test('gives what was built: files, links, modes, removals of later layers, the command; and it runs', async () => {
    using sample = repository({
      'app/Dockerfile': [
        'FROM busybox:1.36',
        'RUN mkdir -p /data/old && echo 1 > /data/old/a && echo 1 > /data/gone && ln -s /data /link && echo 1 > /twin && ln /twin /twin2',
        'RUN rm -r /data/old /data/gone && mkdir /data/old && echo 2 > /data/old/b && echo 3 > /link/through && chmod 4755 /twin',
        'WORKDIR /data',
        'ENV GREETING=hello',
        'USER nobody',
        'ENTRYPOINT ["sh", "-c"]',
        'CMD ["echo $GREETING; pwd; id -u; cat through"]'
      ].join('\n')
    })
    const built = await buildImage({
      workspace: sample.root,
      context: 'app',
      repository: `${platform.registry}/pull-test`,
      buildkitAddress: platform.buildkit,
      log,
      env: { ...process.env, PATH: platform.path }
    })
    const directory = await platform.createDirectory('pull')
    const image = await pullImage(built.imageRef ?? '', directory)
    const at = (name: string) => path.join(image.rootfs, name)
    expect(lstatSync(at('data/old')).isDirectory()).toBe(true)
    expect(() => lstatSync(at('data/old/a'))).toThrow('ENOENT')
    expect(() => lstatSync(at('data/gone'))).toThrow('ENOENT')
    expect(readFileSync(at('data/through'), 'utf8')).toBe('3\n')
    expect(readlinkSync(at('link'))).toBe('/data')
    expect(lstatSync(at('twin')).mode & 0o7777).toBe(0o4755)
    expect(image).toMatchObject({
      workingDirectory: '/data',
      user: 'nobody',
      digest: expect.stringMatching(/^sha256:/)
    })
    expect(image.env).toContain('GREETING=hello')

    expect(await runImage(image, { runc: platform.bin.runc, name: 'pull-test' })).toBe('hello\n/data\n65534\n3\n')
    await expect(
      runImage(image, { runc: platform.bin.runc, name: 'pull-test-2', args: ['sh', '-c', 'echo broken >&2; exit 3'] })
    ).rejects.toThrow(/exit code 3: broken/)
  })

  test('says that there is no such image', async () => {
    const directory = await platform.createDirectory('pull')
    await expect(pullImage(`${platform.registry}/library/busybox:nope`, directory)).rejects.toThrow('has no nope')
  })
})

type Item = Pick<Header, 'name'> & Partial<Header> & { readonly content?: string }

async function layer(items: readonly Item[], compress = gzipSync as (content: Buffer) => Buffer) {
  const archive = pack()
  for (const { content, ...header } of items) archive.entry(header, content ?? '')
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(Buffer.from(chunk as Uint8Array))
  const tar = Buffer.concat(chunks)
  const blob = compress(tar)
  return { blob, digest: digestOf(blob), contentDigest: digestOf(tar) }
}

async function unpack(rootfs: string, items: readonly Item[]): Promise<void> {
  const { blob, ...digests } = await layer(items)
  await unpackLayer(Readable.from([blob]), rootfs, {
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    ...digests
  })
}

describe('unpackLayer', () => {
  test.each<[string, Item]>([
    ['a way up', { name: '../evil', content: 'x' }],
    ['a way up in the middle', { name: 'a/../../evil', content: 'x' }],
    ['a hard link to the outside', { name: 'evil', type: 'link', linkname: '../secret' }]
  ])('refuses %s', async (_what, item) => {
    using sample = new Sample({ secret: '1' })
    mkdirSync(sample.path('rootfs'))
    await expect(unpack(sample.path('rootfs'), [item])).rejects.toThrow('names a file outside')
    expect(() => lstatSync(sample.path('evil'))).toThrow('ENOENT')
  })

  test('follows links as inside a container: never out of the root', async () => {
    using sample = new Sample({ 'outside/file': '1' })
    const rootfs = sample.path('rootfs')
    mkdirSync(rootfs)
    await unpack(rootfs, [
      { name: 'absolute', type: 'symlink', linkname: sample.path('outside') },
      { name: 'absolute/file', content: '2' },
      { name: 'up', type: 'symlink', linkname: '../../../../outside' },
      { name: 'up/file', content: '3' },
      { name: '.wh.up' }
    ])
    expect(readFileSync(sample.path('outside/file'), 'utf8')).toBe('1')
    expect(readFileSync(path.join(rootfs, sample.path('outside/file')), 'utf8')).toBe('2')
    expect(readFileSync(path.join(rootfs, 'outside/file'), 'utf8')).toBe('3')
  })

  test('takes an opaque whiteout for the lower layers only', async () => {
    using sample = new Sample({ 'rootfs/dir/lower': '1', 'rootfs/dir/sub/lower': '1' })
    await unpack(sample.path('rootfs'), [
      { name: 'dir', type: 'directory' },
      { name: 'dir/sub/upper', content: '2' },
      { name: 'dir/.wh..wh..opq' },
      { name: 'dir/after', content: '2' }
    ])
    for (const gone of ['dir/lower', 'dir/sub/lower'])
      expect(() => lstatSync(sample.path(`rootfs/${gone}`))).toThrow('ENOENT')
    for (const kept of ['dir/sub/upper', 'dir/after'])
      expect(readFileSync(sample.path(`rootfs/${kept}`), 'utf8')).toBe('2')
  })

  test('replaces a file by a directory and a directory by a file', async () => {
    using sample = new Sample({ 'rootfs/a': '1', 'rootfs/b/c': '1' })
    await unpack(sample.path('rootfs'), [
      { name: 'a/x', content: '2' },
      { name: 'b', content: '2' }
    ])
    expect(readFileSync(sample.path('rootfs/a/x'), 'utf8')).toBe('2')
    expect(readFileSync(sample.path('rootfs/b'), 'utf8')).toBe('2')
  })

  test('reads zstd and plain archives', async () => {
    using sample = new Sample()
    for (const [suffix, compress] of [
      ['tar+zstd', zstdCompressSync],
      ['tar', (tar: Buffer) => tar]
    ] as const) {
      const { blob, ...digests } = await layer([{ name: suffix, content: '1' }], compress)
      await unpackLayer(Readable.from([blob]), sample.root, {
        mediaType: `application/vnd.oci.image.layer.v1.${suffix}`,
        ...digests
      })
      expect(readFileSync(sample.path(suffix), 'utf8')).toBe('1')
    }
  })

  test.each(['digest', 'contentDigest'] as const)('refuses content that does not match its %s', async (which) => {
    using sample = new Sample()
    const { blob, ...digests } = await layer([{ name: 'a', content: '1' }])
    const wrong = {
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      ...digests,
      [which]: digestOf(Buffer.from('x'))
    }
    await expect(unpackLayer(Readable.from([blob]), sample.root, wrong)).rejects.toThrow(/A layer has the content/)
  })

  test('ends with an error for what is no archive', async () => {
    using sample = new Sample()
    const blob = Buffer.from('no archive')
    const digest = digestOf(blob)
    await expect(
      unpackLayer(Readable.from([blob]), sample.root, { mediaType: 'x.tar+gzip', digest, contentDigest: digest })
    ).rejects.toThrow()
  })
})
