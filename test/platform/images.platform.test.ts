import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { asList, asString, at, parseJson } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { BASE_IMAGE } from './base-image.ts'
import { basic } from './registry.ts'
import { usePlatform } from './use.ts'

const platform = usePlatform()
const MANIFESTS = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json'

describe('the registries', () => {
  it('hold the base image', async () => {
    const answer = await fetch(`http://${platform.registry}/v2/${BASE_IMAGE.repository}/tags/list`)
    expect(await answer.json()).toEqual({ name: BASE_IMAGE.repository, tags: [...BASE_IMAGE.tags].sort() })
  })

  it('ask for credentials where they should, and take the right ones', async () => {
    const { address, username, password } = platform.secureRegistry
    const url = `http://${address}/v2/${BASE_IMAGE.repository}/tags/list`
    const refused = await fetch(url)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toMatch(/^Basic realm=/)
    expect((await fetch(url, { headers: { authorization: basic({ username, password: 'wrong' }) } })).status).toBe(401)
    expect((await fetch(url, { headers: { authorization: basic({ username, password }) } })).status).toBe(200)
  })

  it('let a manifest be deleted', async () => {
    const built = await buildAndPush({ name: 'deleted', dockerfile: 'FROM busybox:1.36\n' })
    const url = `http://${platform.registry}/v2/deleted/manifests/${built.digest}`
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(202)
    expect((await fetch(url, { headers: { accept: MANIFESTS } })).status).toBe(404)
  })
})

describe('BuildKit', () => {
  it('builds an ordinary Dockerfile with RUN steps on the base image, without internet, and pushes it', async () => {
    const built = await buildAndPush({
      name: 'shop/web',
      dockerfile:
        'FROM busybox:1.36\nRUN echo built > /built && adduser -D -u 10001 app && chown app /built\nUSER app\nRUN id -un\nCMD ["cat", "/built"]\n'
    })
    expect(built.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    const pulled = await fetch(`http://${platform.registry}/v2/shop/web/manifests/${built.digest}`, {
      headers: { accept: MANIFESTS }
    })
    expect(pulled.status).toBe(200)
    expect(asList(at(parseJson(await pulled.text()), 'manifests'))?.length ?? 1).toBeGreaterThan(0)
  })

  it('shows the output of a RUN step that fails', async () => {
    const build = buildAndPush({
      name: 'broken',
      dockerfile: 'FROM busybox:1.36\nRUN echo reason-of-failure && exit 3\n'
    })
    await expect(build).rejects.toThrow('exit code: 3')
  })

  it('pushes to the registry that asks for credentials with a docker config', async () => {
    const { address, username, password } = platform.secureRegistry
    const config = await platform.createDirectory('docker-config')
    const auth = Buffer.from(`${username}:${password}`).toString('base64')
    const dockerfile = 'FROM busybox:1.36\n'
    await expect(buildAndPush({ name: 'secure', dockerfile, registry: address })).rejects.toThrow(/401|authorization/)
    await writeFile(path.join(config, 'config.json'), JSON.stringify({ auths: { [address]: { auth } } }))
    const built = await buildAndPush({ name: 'secure', dockerfile, registry: address, config })
    expect(built.digest).toMatch(/^sha256:/)
  })
})

async function buildAndPush(what: {
  name: string
  dockerfile: string
  registry?: string
  config?: string
}): Promise<{ digest: string }> {
  const context = await platform.createDirectory('context')
  const config = what.config ?? (await platform.createDirectory('docker-config'))
  const metadata = path.join(config, 'metadata.json')
  await mkdir(context, { recursive: true })
  await writeFile(path.join(context, 'Dockerfile'), what.dockerfile)
  const env = { DOCKER_CONFIG: config, BUILDX_CONFIG: path.join(config, 'buildx') }
  await exec(platform.bin.buildx, ['create', '--name', 'platform', '--driver', 'remote', platform.buildkit], { env })
  const reference = `${what.registry ?? platform.registry}/${what.name}:1`
  const args = ['build', '--builder', 'platform', '--push', '-t', reference, '--metadata-file', metadata, context]
  await exec(platform.bin.buildx, args, { env })
  return { digest: asString(at(parseJson(await readFile(metadata, 'utf8')), 'containerimage.digest')) ?? '' }
}
