import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { GitOpsError, messageOf } from '../../src/errors.ts'
import { Component } from './component.ts'
import type { RunFolder } from './run-folder.ts'

const execute = promisify(execFile)

export interface BuildKit {
  /** For `buildx create --driver remote`. */
  readonly address: string
  readonly component: Component
}

/**
 * Starts buildkitd with runc. docker.io is mirrored by the local registry, so that an ordinary `FROM busybox:1.36`
 * works without internet; loopback registries are plain HTTP.
 * @throws GitOpsError when containers cannot be run here
 */
export async function startBuildKit(
  bin: { buildkitd: string; buildctl: string; runc: string },
  run: RunFolder,
  registries: { mirror: string; others: readonly string[] }
): Promise<BuildKit> {
  const directory = path.join(run.directory, 'buildkit')
  const temporary = path.join(directory, 'tmp')
  await mkdir(temporary, { recursive: true })
  const socket = path.join(directory, 'buildkitd.sock')
  const address = `unix://${socket}`
  const config = path.join(directory, 'buildkitd.toml')
  await writeFile(config, configuration(registries, bin.runc))
  const namespaces = await mountNamespace()
  const component = new Component(
    {
      name: 'buildkitd',
      file: 'unshare',
      args: [
        ...namespaces,
        bin.buildkitd,
        `--config=${config}`,
        `--root=${path.join(directory, 'state')}`,
        `--addr=${address}`,
        `--otel-socket-path=${path.join(directory, 'otel.sock')}`
      ],
      env: { TMPDIR: temporary },
      ready: async () => {
        await execute(bin.buildctl, ['--addr', address, 'debug', 'workers'], { timeout: 5000 })
        return true
      }
    },
    run
  )
  await component.start()
  return { address, component }
}

/**
 * Arguments for `unshare`: buildkitd gets a mount namespace of its own, so that every mount it makes vanishes with it,
 * even when it is killed.
 */
async function mountNamespace(): Promise<string[]> {
  const root = ['--mount', '--propagation', 'private']
  try {
    await execute('unshare', [...root, 'true'])
    return root
  } catch (error) {
    throw new GitOpsError(
      `Image builds (tests of build-image, the workflows and the demo) need root, or a user that may make namespaces: ${messageOf(error)}`,
      { hint: 'Run as root, or in a container with CAP_SYS_ADMIN.' }
    )
  }
}

function configuration(registries: { mirror: string; others: readonly string[] }, runc: string): string {
  const plain = [registries.mirror, ...registries.others].map((address) => `[registry."${address}"]\n  http = true\n`)
  return `
[worker.oci]
  enabled = true
  snapshotter = "auto"
  networkMode = "host"
  binary = ${JSON.stringify(runc)}
  gc = false
[worker.containerd]
  enabled = false
[registry."docker.io"]
  mirrors = [${JSON.stringify(registries.mirror)}]
${plain.join('')}`
}
