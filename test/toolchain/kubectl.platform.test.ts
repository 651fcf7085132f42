import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { exec } from '../../src/toolchain/exec.ts'
import { findTool } from '../../src/toolchain/tools.ts'
import { usePlatform } from '../platform/use.ts'
import { folder, keepLog } from '../render/support.ts'

const platform = usePlatform()

afterEach(() => vi.unstubAllEnvs())

test('the real kubectl has the pinned checksum: it is downloaded, checked, kept and run', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(readFileSync(platform.bin.kubectl))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const cache = folder()
  vi.stubEnv('RUNNER_TOOL_CACHE', path.join(cache, 'tools'))
  vi.stubEnv('RUNNER_TEMP', path.join(cache, 'temp'))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const program = await findTool('kubectl', {
    exec,
    log: keepLog(),
    env: { PATH: '/nowhere', GITOPS_ACTIONS_DOWNLOAD_BASE: base }
  })
  expect(asked).toEqual([expect.stringMatching(/^\/dl\.k8s\.io\/release\/v1\.36\.3\/bin\/linux\/amd64\/kubectl$/)])
  expect(program.startsWith(cache)).toBe(true)
  expect((await exec(program, ['version', '--client'])).stdout).toContain('v1.36.3')
})
