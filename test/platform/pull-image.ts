import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../src/errors.ts'
import { parseReference, Registry, type Repository } from '../../src/image/index.ts'
import { asList, asObject, asString, at, type Json, parseJson } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { silent } from './silent.ts'
import { digestOf, unpackLayer } from './unpack-layer.ts'

export interface PulledImage {
  /** Of the image for this machine; the reference's own may be that of an index. */
  readonly digest: string
  /** The unpacked file system. */
  readonly rootfs: string
  /** What the container would run: entry point and command. */
  readonly args: readonly string[]
  /** `NAME=value`. */
  readonly env: readonly string[]
  readonly workingDirectory: string
  /** As in the image: empty, a name or an id, with or without a group. */
  readonly user: string
}

/**
 * Pulls an image as a container runtime does and unpacks it into `directory/rootfs`: the proof that what a Deployment
 * names really is in the registry. Every manifest, configuration and layer is checked against its digest.
 * @param reference `repository@sha256:…` or `repository:tag`
 * @throws GitOpsError when something is missing or has other content than its digest says
 */
export async function pullImage(
  reference: string,
  directory: string,
  options: { readonly env?: NodeJS.ProcessEnv } = {}
): Promise<PulledImage> {
  const { repository, tag, digest } = parseReference(reference)
  const registry = new Registry({ exec, log: silent, env: options.env })
  const image = await imageManifest(registry, repository, digest ?? tag ?? 'latest')
  const configuration = parseJson(
    (await fetchBlob(registry, repository, at(image.manifest, 'config'))).toString('utf8')
  )
  const layers = asList(at(image.manifest, 'layers')) ?? []
  const contents = asList(at(configuration, 'rootfs', 'diff_ids')) ?? []
  if (layers.length === 0 || layers.length !== contents.length)
    throw new GitOpsError(`${reference} has ${layers.length} layers and names the content of ${contents.length}.`)
  const rootfs = path.join(directory, 'rootfs')
  await mkdir(rootfs, { recursive: true })
  for (const [index, layer] of layers.entries()) {
    const blob = await registry.blob(repository, asString(at(layer, 'digest')) ?? '')
    await unpackLayer(blob, rootfs, {
      mediaType: asString(at(layer, 'mediaType')) ?? '',
      digest: asString(at(layer, 'digest')) ?? '',
      contentDigest: asString(contents[index]) ?? ''
    })
  }
  const config = at(configuration, 'config')
  return {
    digest: image.digest,
    rootfs,
    args: [...strings(at(config, 'Entrypoint')), ...strings(at(config, 'Cmd'))],
    env: strings(at(config, 'Env')),
    workingDirectory: asString(at(config, 'WorkingDir')) || '/',
    user: asString(at(config, 'User')) ?? ''
  }
}

/** The manifest for this machine, through the index where there is one. */
async function imageManifest(
  registry: Registry,
  repository: Repository,
  reference: string
): Promise<{ digest: string; manifest: Json }> {
  const found = await registry.manifest(repository, reference)
  if (!found) throw new GitOpsError(`${repository.name} has no ${reference}.`)
  const manifest = parseJson(found.body.toString('utf8'))
  const children = asList(at(manifest, 'manifests'))
  if (!children) return { digest: found.digest, manifest }
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const child = children.find(
    (one) => at(one, 'platform', 'os') === 'linux' && at(one, 'platform', 'architecture') === architecture
  )
  const digest = asString(at(child, 'digest'))
  if (digest === undefined)
    throw new GitOpsError(`${repository.name}@${reference} has no image for linux/${architecture}.`)
  return imageManifest(registry, repository, digest)
}

async function fetchBlob(registry: Registry, repository: Repository, descriptor: Json | undefined): Promise<Buffer> {
  const digest = asString(at(descriptor, 'digest')) ?? ''
  const chunks = (await (await registry.blob(repository, digest)).toArray()) as Buffer[]
  const content = Buffer.concat(chunks)
  if (digestOf(content) !== digest) throw new GitOpsError(`The registry answers ${digest} with other content.`)
  return content
}

function strings(value: Json | undefined): string[] {
  return (asList(value) ?? []).filter((item) => typeof item === 'string')
}

/**
 * Runs a pulled image once, in a container of runc without a network, and answers its output.
 * @param args instead of the image's own command
 * @throws GitOpsError when it ends with another exit code than 0
 */
export async function runImage(
  image: PulledImage,
  options: {
    readonly runc: string
    readonly name: string
    readonly args?: readonly string[]
    readonly timeout?: number
  }
): Promise<string> {
  const bundle = path.dirname(image.rootfs)
  const container = { cwd: bundle, timeout: options.timeout ?? 30_000 }
  const file = path.join(bundle, 'config.json')
  await rm(file, { force: true })
  await exec(options.runc, ['spec'], container)
  const spec = asObject(parseJson(await readFile(file, 'utf8'))) ?? {}
  const ids = await userIds(image)
  const process = {
    ...asObject(spec['process']),
    terminal: false,
    args: options.args ?? image.args,
    env: image.env,
    cwd: image.workingDirectory,
    user: ids
  }
  await writeFile(file, JSON.stringify({ ...spec, process, root: { path: 'rootfs', readonly: false } }))
  return (await exec(options.runc, ['--root', path.join(bundle, 'state'), 'run', options.name], container)).stdout
}

async function userIds(image: PulledImage): Promise<{ uid: number; gid: number }> {
  const [user = '', group] = image.user.split(':')
  const passwd = await readFile(path.join(image.rootfs, 'etc/passwd'), 'utf8').catch(() => '')
  const known = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name, , uid]) => name === user || uid === user)
  return { uid: Number(known?.[2] ?? (user || 0)), gid: Number(group ?? known?.[3] ?? 0) }
}
