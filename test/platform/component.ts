import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../src/errors.ts'
import type { RunFolder } from './run-folder.ts'

export interface ComponentSpec {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** True once the component serves. Called every few milliseconds; a rejection counts as "not yet". */
  readonly ready: () => Promise<boolean>
  /** Milliseconds until the component must be ready. */
  readonly patience?: number
}

/**
 * One server process of the platform. Its log is `<name>.log` in the run's folder; when it does not become ready,
 * the error shows the end of it.
 */
export class Component {
  readonly name: string
  readonly logFile: string
  readonly #spec: ComponentSpec
  readonly #run: RunFolder
  #child: ChildProcess | undefined
  #ended: Promise<string> = Promise.resolve('was not started')

  constructor(spec: ComponentSpec, run: RunFolder) {
    this.name = spec.name
    this.logFile = path.join(run.directory, `${spec.name}.log`)
    this.#spec = spec
    this.#run = run
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /**
   * Starts the process and waits until it serves.
   * @throws GitOpsError when it ends or is not ready in time, with the end of its log
   */
  async start(): Promise<void> {
    if (this.running) throw new GitOpsError(`${this.name} runs already (process ${this.pid}).`)
    if (this.#run.closing) throw new GitOpsError(`${this.name} is not started: the platform is being stopped.`)
    const log = openSync(this.logFile, 'a')
    const child = spawn(this.#spec.file, [...this.#spec.args], {
      cwd: this.#run.directory,
      env: { ...process.env, ...this.#spec.env, ...this.#run.environment },
      stdio: ['ignore', log, log],
      detached: true // Ctrl-C reaches only us: we stop the components in their order
    })
    closeSync(log)
    child.unref()
    this.#child = child
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`could not be started: ${error.message}`))
      child.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`))
    })
    await this.untilReady()
  }

  /** Waits until the component serves (again). */
  async untilReady(): Promise<void> {
    const patience = this.#spec.patience ?? 120_000
    const deadline = Date.now() + patience
    let end: string | undefined
    void this.#ended.then((text) => {
      end = text
    })
    for (let pause = 10; ; pause = Math.min(pause * 1.5, 100)) {
      if (await this.#spec.ready().catch(() => false)) return
      if (end !== undefined) throw this.#failure(end)
      if (Date.now() > deadline) throw this.#failure(`was not ready after ${patience / 1000} s`)
      await sleep(pause)
    }
  }

  /** Sends a signal and does not wait: for tests that take a component away. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.running) this.#child?.kill(signal)
  }

  /** Ends the process (SIGTERM, after `patience` milliseconds SIGKILL) and waits for its end. */
  async stop(patience = 10_000): Promise<void> {
    if (!this.running) return
    this.kill('SIGTERM')
    const insist = setTimeout(() => this.kill('SIGKILL'), patience)
    await this.#ended
    clearTimeout(insist)
  }

  /** Waits for the end of a killed process. */
  async ended(): Promise<void> {
    await this.#ended
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  /** The last lines of the log. */
  tail(lines = 25): string {
    try {
      return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
    } catch {
      return '(no log)'
    }
  }

  #failure(what: string): GitOpsError {
    return new GitOpsError(`${this.name} ${what}. The end of its log:\n${this.tail()}`, {
      hint: `The whole log is ${this.logFile} as long as the platform runs.`
    })
  }
}
