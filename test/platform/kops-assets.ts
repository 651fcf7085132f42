import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface KopsAssets {
  /** Environment with which kops asks this server, and nothing else, for the hashes of what nodes download. */
  readonly env: Readonly<Record<string, string>>
  close(): Promise<void>
}

/**
 * Answers what kops asks of its download mirror while it plans: the SHA-256 of nodeup, protokube and a few images. The
 * files themselves are only ever downloaded by nodes, which the emulator does not run. One hash a path, always the same:
 * it stands in the user data of nodes, which would change with it.
 * @param port fixed where user data has to stay the same between two runs; 0 takes any
 */
export async function startKopsAssets(version = '1.36.2', port = 0): Promise<KopsAssets> {
  const server = http.createServer((request, response) => {
    request.resume()
    const path = request.url ?? '/'
    if (!path.endsWith('.sha256')) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/plain' })
    response.end(`${createHash('sha256').update(path).digest('hex')}\n`)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  server.unref()
  return {
    env: {
      // kops takes the last part of the path for its version.
      KOPS_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kops/${version}/`,
      KOPS_FEATURE_FLAGS: '-ImageDigest',
      KOPS_RSA_PRIVATE_KEY_SIZE: '1024'
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      })
  }
}
