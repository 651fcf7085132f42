import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { median, table } from './figures.ts'

const RUNS = 7
const LIMIT = 250

/**
 * How long each bundle takes from the start of its process to its first request (design §7), beside a bare Node that
 * makes one. The server answers nothing useful: the first request is all that counts.
 */
export async function benchStart(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-start-'))
  const listener = await listen()
  try {
    const cases = await prepare(folder, listener.url)
    const rows: string[][] = []
    for (const one of cases) {
      const times: number[] = []
      for (let run = 0; run <= RUNS; run++) {
        const time = await untilRequest(listener, one, folder)
        if (run > 0) times.push(time) // the first run warms the file cache
      }
      const middle = median(times)
      rows.push([
        one.name,
        `${middle.toFixed(0)} ms`,
        `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`,
        one.bare ? '' : middle <= LIMIT ? 'yes' : 'NO'
      ])
    }
    table(['process', 'to first request', 'range', `≤ ${LIMIT} ms`], rows)
  } finally {
    listener.server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Case {
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly bare?: boolean
}

interface Listener {
  readonly server: Server
  readonly url: string
  requested: () => void
}

async function listen(): Promise<Listener> {
  const listener: { requested: () => void } = { requested() {} }
  const server = createServer((request, response) => {
    request.resume()
    response.statusCode = 404
    response.end('{"kind":"Status","code":404,"message":"nothing here"}')
    listener.requested()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(listener, { server, url: `http://127.0.0.1:${port}` })
}

async function prepare(folder: string, url: string): Promise<Case[]> {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server: url } }],
    users: [{ name: 'u', user: { token: 't' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }]
  }
  await writeFile(path.join(folder, 'kubeconfig'), JSON.stringify(kubeconfig))
  await writeFile(
    path.join(folder, 'manifest.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n'
  )
  await writeFile(
    path.join(folder, 'gitops.yaml'),
    'version: 1\nenvironments: {e: {targets: {t: {manifests: [manifest.yaml]}}}}\n'
  )
  const cluster = { INPUT_KUBECONFIG: path.join(folder, 'kubeconfig'), INPUT_ENVIRONMENT: 'e' }
  const target = { ...cluster, INPUT_MANIFESTS: 'manifest.yaml', INPUT_TARGET: 't' }
  const bundle = (name: string) => [path.resolve('dist', name, 'index.js')]
  return [
    { name: 'bare node, one fetch', args: ['-e', `fetch('${url}')`], env: {}, bare: true },
    { name: 'deploy', args: bundle('deploy'), env: target },
    { name: 'drift-check', args: bundle('drift-check'), env: { ...target, INPUT_REVISION: 'head' } },
    { name: 'root (deploy)', args: bundle('root'), env: { ...cluster, INPUT_COMMAND: 'deploy' } }
  ]
}

function untilRequest(listener: Listener, one: Case, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: folder,
      ...one.env
    }
    const started = performance.now()
    const child = spawn(process.execPath, one.args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    let seen = false
    listener.requested = () => {
      if (seen) return
      seen = true
      const time = performance.now() - started
      child.once('close', () => resolve(time))
      child.kill('SIGKILL')
    }
    child.once('close', () => {
      if (!seen) reject(new Error(`${one.name} ended without a request:\n${output}`))
    })
  })
}
