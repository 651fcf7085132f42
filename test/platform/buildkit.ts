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
 */
export async function startBuildKit(
  bin: { buildkitd: string; buildctl: string; runc: string },
  run: RunFolder,
  registries: { mirror: string; others: readonly string[] },
  isolation: Isolation
): Promise<BuildKit> {
  const directory = path.join(run.directory, 'buildkit')
  const temporary = path.join(directory, 'tmp')
  await mkdir(temporary, { recursive: true })
  const socket = path.join(directory, 'buildkitd.sock')
  const address = `unix://${socket}`
  const config = path.join(directory, 'buildkitd.toml')
  await writeFile(config, configuration(registries, bin.runc, isolation))
  const component = new Component(
    {
      name: 'buildkitd',
      file: 'unshare',
      args: [
        ...isolation.unshare,
        bin.buildkitd,
        `--config=${config}`,
        `--root=${path.join(directory, 'state')}`,
        `--addr=${address}`,
        `--otel-socket-path=${path.join(directory, 'otel.sock')}`
      ],
      env: { TMPDIR: temporary, XDG_RUNTIME_DIR: directory },
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

export interface Isolation {
  /** Arguments for `unshare`, which becomes buildkitd. */
  readonly unshare: readonly string[]
  readonly rootless: boolean
}

/** A mount namespace of its own: every mount that buildkitd makes vanishes with it, even when it is killed. */
const OWN_MOUNTS = ['--mount', '--propagation', 'private']
/** Root in a user namespace, with sub-ids for the other users of an image (newuidmap and /etc/subuid provide them). */
const OWN_USERS = ['--user', '--map-root-user', '--map-auto']

/**
 * How buildkitd can run containers as this user.
 * @throws GitOpsError when it cannot
 */
export async function findIsolation(): Promise<Isolation> {
  const candidates: Isolation[] = [
    { unshare: OWN_MOUNTS, rootless: false },
    { unshare: [...OWN_USERS, ...OWN_MOUNTS], rootless: true }
  ]
  const reasons: string[] = []
  for (const candidate of candidates) {
    try {
      await execute('unshare', [...candidate.unshare, 'true'])
      return candidate
    } catch (error) {
      reasons.push(messageOf(error).trim().split('\n').at(-1) ?? '')
    }
  }
  throw new GitOpsError(
    `Image builds (the tests on the platform, of the actions and of the workflows, and the demo) need root, or a user who may use user namespaces and has sub-ids: ${reasons.join('; ')}`,
    {
      hint: 'Run as root, or install uidmap and give the user a line in /etc/subuid and /etc/subgid. "npm test -- --project unit" needs neither.'
    }
  )
}

function configuration(
  registries: { mirror: string; others: readonly string[] },
  runc: string,
  { rootless }: Isolation
): string {
  const plain = [registries.mirror, ...registries.others].map((address) => `[registry."${address}"]\n  http = true\n`)
  return `
[worker.oci]
  enabled = true
  snapshotter = "auto"
  networkMode = "host"
  binary = ${JSON.stringify(runc)}
  gc = false
  rootless = ${rootless}
  noProcessSandbox = ${rootless}
[worker.containerd]
  enabled = false
[cdi]
  disabled = true
[registry."docker.io"]
  mirrors = [${JSON.stringify(registries.mirror)}]
${plain.join('')}`
}
