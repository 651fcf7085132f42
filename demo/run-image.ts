import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { PlatformInfo } from '../test/platform/platform.ts'
import { pullImage, runImage } from '../test/platform/pull-image.ts'

/**
 * Pulls an image from the platform's registry, as a node would, and runs its entry point once with `args`. Returns
 * what it printed.
 */
export async function runOnce(platform: PlatformInfo, reference: string, args: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(platform.directory, 'run-'))
  try {
    const credentials = path.join(folder, 'credentials')
    await mkdir(credentials)
    await writeFile(path.join(credentials, 'config.json'), dockerConfig(platform), { mode: 0o600 })
    const env = { ...process.env, DOCKER_CONFIG: credentials }
    const image = await pullImage(reference, path.join(folder, 'image'), { env })
    const name = `demo-${process.pid}`
    return await runImage(image, { runc: platform.bin.runc, name, args: [...image.args, ...args] })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function dockerConfig({ secureRegistry }: PlatformInfo): string {
  const auth = Buffer.from(`${secureRegistry.username}:${secureRegistry.password}`).toString('base64')
  return JSON.stringify({ auths: { [secureRegistry.address]: { auth } } })
}
