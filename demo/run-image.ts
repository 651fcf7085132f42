import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { PlatformInfo } from '../test/platform/platform.ts'
import { type PulledImage, pullImage } from '../test/platform/pull-image.ts'

const run = promisify(execFile)

/**
 * Pulls an image from the platform's registry and runs it once with runc, as a node would: its own root file system,
 * namespaces, entry point and user. `args` are given to the entry point. Returns what it printed.
 */
export async function runImage(platform: PlatformInfo, reference: string, args: readonly string[]): Promise<string> {
  const bundle = await mkdtemp(path.join(platform.directory, 'bundle-'))
  const state = await mkdtemp(path.join(platform.directory, 'runc-'))
  try {
    const credentials = path.join(state, 'credentials')
    await mkdir(credentials)
    await writeFile(path.join(credentials, 'config.json'), dockerConfig(platform), { mode: 0o600 })
    const image = await pullImage(reference, bundle, { env: { ...process.env, DOCKER_CONFIG: credentials } })
    await writeFile(path.join(bundle, 'config.json'), JSON.stringify(specification(image, args)))
    const command = ['--root', state, 'run', '--bundle', bundle, `demo-${process.pid}`]
    return (await run(platform.bin.runc, command, { timeout: 30_000 })).stdout
  } finally {
    await rm(bundle, { recursive: true, force: true })
    await rm(state, { recursive: true, force: true })
  }
}

function dockerConfig({ secureRegistry }: PlatformInfo): string {
  const auth = Buffer.from(`${secureRegistry.username}:${secureRegistry.password}`).toString('base64')
  return JSON.stringify({ auths: { [secureRegistry.address]: { auth } } })
}

/** The least that the OCI runtime specification asks for. */
function specification(image: PulledImage, args: readonly string[]): unknown {
  const [uid = 0, gid = 0] = image.user.split(':').map(Number)
  return {
    ociVersion: '1.0.2',
    process: {
      terminal: false,
      user: { uid, gid },
      args: [...image.args, ...args],
      env: image.env,
      cwd: image.workingDirectory,
      noNewPrivileges: true
    },
    root: { path: 'rootfs', readonly: true },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      {
        destination: '/dev',
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['nosuid', 'strictatime', 'mode=755', 'size=64k']
      }
    ],
    linux: { namespaces: [{ type: 'pid' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }, { type: 'network' }] }
  }
}
