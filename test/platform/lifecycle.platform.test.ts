import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { asString, at, parseJson } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from './use.ts'

const platform = usePlatform()
const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/run.mjs')
const GONE = { timeout: 90_000, interval: 100 }
/** A whole platform starts here twice, beside everything else that the tests do. */
const PATIENT = { timeout: 240_000 }

describe('npm run platform', PATIENT, () => {
  it('says how to reach it once ready, writes the kubeconfig, and leaves nothing after SIGTERM', async () => {
    const started = await startCommand(['--json', '--kubeconfig-out', 'out.kubeconfig'])
    const info = parseJson(await started.firstDocument())
    const kubeconfig = path.join(started.directory, 'out.kubeconfig')
    const env = { KUBECONFIG: kubeconfig, HOME: started.directory }
    const { stdout } = await exec(platform.bin.kubectl, ['get', 'nodes', '-o', 'name'], { env })
    expect(stdout.trim().split('\n')).toEqual(['node/node-1', 'node/node-2', 'node/node-3'])
    expect(asString(at(info, 'registry'))).toMatch(/^127\.0\.0\.1:\d+$/)
    expect(asString(at(info, 'github', 'apiUrl'))).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    started.child.kill('SIGTERM')
    expect(await started.exitCode).toBe(0)
    expect(existsSync(kubeconfig)).toBe(false)
    expectNothingLeft(started.temporary)
  })

  it('leaves nothing when Ctrl-C comes while it starts', async () => {
    const started = await startCommand([])
    await vi.waitFor(() => expect(processesBelow(started.temporary).length).toBeGreaterThan(2), GONE)
    process.kill(-(started.child.pid ?? 0), 'SIGINT') // a terminal sends it to the whole group
    expect(await started.exitCode).toBe(130)
    expectNothingLeft(started.temporary)
  })

  it('leaves nothing when its own process is killed', async () => {
    const started = await startCommand(['--json'])
    const info = parseJson(await started.firstDocument())
    process.kill(Number(at(info, 'pid')), 'SIGKILL')
    await vi.waitFor(() => expectNothingLeft(started.temporary), GONE)
  })

  it('leaves nothing when the process that started it is killed', async () => {
    const started = await startCommand([])
    await vi.waitFor(() => expect(processesBelow(started.temporary).length).toBeGreaterThan(2), GONE)
    started.child.kill('SIGKILL')
    await vi.waitFor(() => expectNothingLeft(started.temporary), GONE)
  })

  it('refuses options that it does not know', async () => {
    const started = await startCommand(['--jsno'])
    expect(await started.exitCode).toBe(2)
    expect(started.errors()).toContain("Unknown option '--jsno'")
    expect(started.errors()).toContain('Usage: npm run platform')
  })
})

interface Started {
  readonly child: ChildProcess
  readonly exitCode: Promise<number | null>
  /** Working directory. */
  readonly directory: string
  /** Where its temp folders go. */
  readonly temporary: string
  errors(): string
  /** The JSON document on standard output, once it is complete. */
  firstDocument(): Promise<string>
}

async function startCommand(args: readonly string[]): Promise<Started> {
  const directory = await platform.createDirectory('command')
  const temporary = await platform.createDirectory('t') // short: sockets lie below it
  const env = { ...process.env, TMPDIR: temporary, npm_lifecycle_event: undefined }
  const child = spawn(process.execPath, [SCRIPT, 'platform', ...args], {
    cwd: directory,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  let errors = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve))
  onTestFinished(() => {
    child.kill('SIGTERM')
  })
  return {
    child,
    exitCode,
    directory,
    temporary,
    errors: () => errors,
    async firstDocument() {
      while (!output.endsWith('}\n')) {
        if (child.exitCode !== null) throw new Error(`it ended before it was ready:\n${errors}`)
        await sleep(50)
      }
      return output
    }
  }
}

/** No process, no mount and no file below a folder. */
function expectNothingLeft(directory: string): void {
  expect(processesBelow(directory)).toEqual([])
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(directory)
  expect(readdirSync(directory)).toEqual([])
}

/** Processes that name a folder in their arguments or have it in their environment as a run's folder. */
function processesBelow(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
        const belongs = command.includes(directory) || environment.includes(`PLATFORM_RUN=${directory}`)
        return belongs ? [`${pid} ${command}`] : []
      } catch {
        return [] // it has just ended
      }
    })
}
