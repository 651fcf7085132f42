import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import bcrypt from 'bcryptjs'
import { stringify } from 'yaml'
import { Component } from './component.ts'
import { freePorts, type RunFolder } from './run-folder.ts'

export interface Registry {
  /** `127.0.0.1:PORT`; plain HTTP. */
  readonly address: string
  readonly component: Component
}

export interface BasicAuth {
  readonly username: string
  readonly password: string
}

/** Starts a distribution registry, with basic authentication where `auth` is given. Manifests and blobs can be deleted. */
export async function startRegistry(
  binary: string,
  run: RunFolder,
  options: { name: string; auth?: BasicAuth }
): Promise<Registry> {
  const [port = 0] = await freePorts(1)
  const address = `127.0.0.1:${port}`
  const directory = path.join(run.directory, options.name)
  await mkdir(directory)
  const config = path.join(directory, 'config.yml')
  await writeFile(config, stringify(await configuration(directory, address, options.auth)), { mode: 0o600 })
  const headers = options.auth ? { authorization: basic(options.auth) } : {}
  const component = new Component(
    {
      name: options.name,
      file: binary,
      args: ['serve', config],
      // It would write spans to standard output, or to a collector that the user's environment names.
      env: { OTEL_TRACES_EXPORTER: 'none' },
      ready: async () => (await fetch(`http://${address}/v2/`, { headers, signal: AbortSignal.timeout(2000) })).ok
    },
    run
  )
  await component.start()
  return { address, component }
}

/** The value of an Authorization header. */
export function basic(auth: BasicAuth): string {
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
}

async function configuration(directory: string, address: string, auth: BasicAuth | undefined) {
  const common = {
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: path.join(directory, 'data') }, delete: { enabled: true } },
    http: { addr: address }
  }
  if (!auth) return common
  const file = path.join(directory, 'htpasswd')
  await writeFile(file, `${auth.username}:${await bcrypt.hash(auth.password, 4)}\n`, { mode: 0o600 }) // 4: the cheapest
  return { ...common, auth: { htpasswd: { realm: 'platform', path: file } } }
}
