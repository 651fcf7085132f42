import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Exec, exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { data, FIXTURES, helm, helmHome, tree, useHelm, workspace } from './helm-support.ts'
import { errorOf, folder, keepLog } from './support.ts'

const platform = usePlatform()
const place = useHelm(platform)

describe('dependencies', () => {
  const commands = (calls: string[][]) => calls.map((args) => args[0])

  function recording(): { calls: string[][]; exec: Exec } {
    const calls: string[][] = []
    return {
      calls,
      exec: (file, args, options) => {
        calls.push([...args])
        return exec(file, args, options)
      }
    }
  }

  test('in charts/ need no network and no copy', async () => {
    const { calls, exec: recorded } = recording()
    await helm({ options: { exec: recorded } })
    expect(commands(calls).filter((command) => command !== 'version')).toEqual(['template'])
  })

  test('beside the chart are taken from there; nothing is written into the workspace', async () => {
    const directory = workspace()
    const before = tree(directory)
    const log = keepLog()
    const set = await helm({ directory, chart: 'neighbours/app', options: { log } })
    expect(data(set, 'greeting')).toBe('hello')
    expect(tree(directory)).toEqual(before)
    expect(log.lines.filter((line) => line.startsWith('warning'))).toEqual([])
  })

  test('in a repository are fetched by Chart.lock, and a lock that does not fit is an error', async () => {
    const repository = await chartRepository()
    const directory = workspace()
    const chart = path.join(directory, 'fetching')
    cpSync(path.join(directory, 'neighbours/app'), chart, { recursive: true })
    const description = (version: string) =>
      `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: common, version: ${version}, repository: "${repository.url}"}\n`
    writeFileSync(path.join(chart, 'Chart.yaml'), description('^0.2.0'))
    const log = keepLog()
    expect(data(await helm({ directory, chart: 'fetching', options: { log } }), 'greeting')).toBe('hello')
    expect(log.lines.join()).toContain('has no Chart.lock, so versions of its dependencies are not fixed')
    await exec(platform.bin.helm, ['dependency', 'update', chart], { env: helmHome(place.home) })
    const lock = readFileSync(path.join(chart, 'Chart.lock'))
    // Vendored: the repository is not asked.
    const asked = repository.asked.length
    expect(data(await helm({ directory, chart: 'fetching' }), 'greeting')).toBe('hello')
    expect(repository.asked).toHaveLength(asked)
    // Only locked.
    await exec('rm', ['-r', path.join(chart, 'charts')])
    expect(data(await helm({ directory, chart: 'fetching' }), 'greeting')).toBe('hello')
    expect(readdirSync(chart).sort()).toEqual(['Chart.lock', 'Chart.yaml', 'templates'])
    expect(readFileSync(path.join(chart, 'Chart.lock'))).toEqual(lock)
    writeFileSync(path.join(chart, 'Chart.yaml'), description('^0.1.0'))
    const stale = await errorOf(() => helm({ directory, chart: 'fetching' }))
    expect(stale.message).toBe('fetching/Chart.lock is out of date: Chart.yaml asks for other dependencies.')
    expect(stale.hint).toBe('Run "helm dependency update fetching" and commit Chart.lock.')
    repository.close()
    writeFileSync(path.join(chart, 'Chart.yaml'), description('^0.2.0'))
    const offline = await errorOf(() => helm({ directory, chart: 'fetching' }))
    expect(offline.message).toContain('connection refused')
    expect(offline.hint).toContain('cannot be reached')
  })

  test('that are missing beside the chart: both charts are named', async () => {
    const directory = workspace()
    await exec('rm', ['-r', path.join(directory, 'neighbours/common')])
    expect((await errorOf(() => helm({ directory, chart: 'neighbours/app' }))).message).toBe(
      'neighbours/app/Chart.yaml: dependency "common" (file://../common): "neighbours/common" is no chart: it holds no Chart.yaml.'
    )
  })
})

/** A chart repository over HTTP that holds `common` 0.2.0. */
async function chartRepository(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const directory = folder()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const file = path.join(directory, path.basename(request.url ?? ''))
    if (existsSync(file) && statSync(file).isFile()) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await exec(platform.bin.helm, ['package', path.join(FIXTURES, 'neighbours/common'), '-d', directory], {
    env: helmHome(place.home)
  })
  await exec(platform.bin.helm, ['repo', 'index', directory, '--url', url], { env: helmHome(place.home) })
  return { url, asked, close }
}
