import { spawn } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type PlatformInfo, startPlatform } from '../platform/platform.ts'
import { createRunFolder } from '../platform/run-folder.ts'

/** A platform for one benchmark, and a folder that goes with it. */
export async function withPlatform(work: (platform: PlatformInfo, folder: string) => Promise<void>): Promise<void> {
  const run = createRunFolder()
  const alive = setInterval(() => {}, 2 ** 30)
  const platform = await startPlatform(run)
  try {
    await work(platform.info, await mkdtemp(path.join(run.directory, 'bench-')))
  } finally {
    await platform.stop()
    await run.close()
    clearInterval(alive)
  }
}

export interface Measured {
  readonly seconds: number
  /** Peak resident memory of the process, MB. */
  readonly megabytes: number
  readonly code: number
  readonly output: string
}

/** Runs a whole process and measures it from outside. */
export function measure(
  file: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv }
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const output: string[] = []
    let peak = 0
    const sampler = setInterval(() => void memoryOf(child.pid).then((now) => (peak = Math.max(peak, now))), 50)
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')))
    child.once('error', reject)
    child.once('close', (code) => {
      clearInterval(sampler)
      resolve({
        seconds: (performance.now() - started) / 1000,
        megabytes: peak,
        code: code ?? 128,
        output: output.join('')
      })
    })
  })
}

/** The kernel's own high-water mark; 0 once the process is gone. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
}

/** Runs an action's bundle as the runner does. */
export function runAction(name: string, folder: string, inputs: Readonly<Record<string, string>>): Promise<Measured> {
  const env = {
    ...Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])),
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder
  }
  return measure(process.execPath, [path.resolve('dist', name, 'index.js')], { cwd: folder, env })
}

/** The process must have done its work, or its figure means nothing. */
export function need(measured: Measured, what: string, codes: readonly number[] = [0]): Measured {
  if (!codes.includes(measured.code))
    throw new Error(`${what} ended with ${measured.code}:\n${measured.output.slice(-4000)}`)
  return measured
}
