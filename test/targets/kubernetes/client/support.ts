import type { AddressInfo, Server } from 'node:net'
import type { Logger } from '../../../../src/log.ts'

/** A logger that keeps what it is told. */
export function recorder(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  return {
    lines,
    info: (message) => void lines.push(message),
    debug: (message) => void lines.push(message),
    warning: (message) => void lines.push(message),
    error: (message) => void lines.push(message),
    group: (_title, work) => work()
  }
}

/** A kubeconfig with one context, `test`. */
export function kubeconfigText(cluster: object, user: object = {}, context: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'tester', ...context } }],
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'tester', user }]
  })
}

/** Starts a server on a free port of loopback. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** The message and hint of the error that a call ends with. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return 'hint' in error && typeof error.hint === 'string' ? `${error.message}\n${error.hint}` : error.message
  }
  throw new Error('it did not fail')
}
