import { GitOpsError, messageOf } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { Exec, ExecResult } from '../../toolchain/exec.ts'
import { explainFailure, withoutPrefix } from './explain.ts'
import type { Redactor } from './redact.ts'

/** A call of kops. */
export interface Call {
  readonly args: readonly string[]
  /** For messages: `Planning`, `Replacing instances`. */
  readonly what: string
  /** Another store than the cluster's own: the shadow. */
  readonly state?: string
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly timeout?: number
  /** Writes: it is given time to end in its own order, and its progress is logged. */
  readonly writes?: boolean
  /** Takes minutes without writing: its progress is logged too. */
  readonly waits?: boolean
  /** Give back what a failed call printed instead of throwing. */
  readonly allowFailure?: boolean
}

/** A kops of one cluster and one state store. */
export class Kops {
  readonly #file: string
  readonly #state: string
  readonly #redactor: Redactor
  readonly #exec: Exec
  readonly #log: Logger
  readonly #env: NodeJS.ProcessEnv
  readonly #signal: AbortSignal | undefined

  constructor(options: {
    file: string
    state: string
    redactor: Redactor
    exec: Exec
    log: Logger
    env: NodeJS.ProcessEnv
    signal?: AbortSignal
  }) {
    this.#file = options.file
    this.#state = options.state
    this.#redactor = options.redactor
    this.#exec = options.exec
    this.#log = options.log
    this.#env = options.env
    this.#signal = options.signal
  }

  /**
   * Runs kops.
   * @throws GitOpsError with kops' own reason and what to do; secrets are taken out
   */
  async run(call: Call): Promise<ExecResult> {
    const stopper = new AbortController()
    const hopeless = new Map<string, number>()
    let gaveUp = false
    const onLine = (line: string): void => {
      this.#progress(line, call)
      if (gaveUp || !isHopeless(line, hopeless, call)) return
      gaveUp = true
      stopper.abort()
    }
    const signal = this.#signal ? AbortSignal.any([this.#signal, stopper.signal]) : stopper.signal
    const printed: string[] = []
    let result: ExecResult
    try {
      result = await this.#exec(this.#file, [...call.args, '--state', call.state ?? this.#state], {
        env: { ...this.#env, ...call.env, KOPS_STATE_STORE: undefined, KOPS_CLUSTER_NAME: undefined },
        allowFailure: true,
        signal,
        onLine: (line) => {
          printed.push(line)
          onLine(line)
        },
        ...(call.timeout === undefined ? {} : { timeout: call.timeout }),
        ...(call.writes ? { patience: 8000 } : {})
      })
    } catch (error) {
      this.#signal?.throwIfAborted()
      if (gaveUp) throw explainFailure(call.what, this.#redactor.text(printed.join('\n')))
      throw new GitOpsError(`${call.what} failed: ${this.#redactor.text(messageOf(error))}`, {
        ...(error instanceof GitOpsError && error.hint !== undefined ? { hint: error.hint } : {}),
        details: this.#redactor.lines(printed.slice(-5)),
        cause: error
      })
    }
    if (gaveUp || (result.code !== 0 && !call.allowFailure))
      throw explainFailure(call.what, this.#redactor.text(`${result.stdout}\n${result.stderr}`))
    return result
  }

  /** A run that writes or waits takes long: what kops says about it is passed on. */
  #progress(line: string, call: Call): void {
    const text = this.#redactor.text(withoutPrefix(line))
    if (text === '' || /FeatureFlag|ParseFlags|^Tasks: \d+ done/.test(text)) return
    // What it prints otherwise is a report that may hold secrets: that is read, not shown.
    if (!/^[IWEF]\d{4} /.test(line)) return
    // Details of every rule, asked for by a dry run.
    if (/^I.* securitygroup\.go:\d+\] /.test(line)) return
    if (call.writes || call.waits) this.#log.info(`kops: ${text}`)
    else this.#log.debug(`kops: ${text}`)
  }
}

/** How often a dry run may stumble over the same thing: kops itself tries for 10 minutes. */
const PATIENCE = 3

/** Whether kops is busy repeating what cannot succeed. A dry run waits for nothing; a write may wait for AWS. */
function isHopeless(line: string, seen: Map<string, number>, call: Call): boolean {
  const [, task, reason = ''] = /error running task "([^"]+)" \([^)]*\): (.*)$/.exec(line) ?? []
  if (task === undefined) return false
  if (/field is immutable|may not be changed/.test(reason)) return true
  const times = (seen.get(task) ?? 0) + 1
  seen.set(task, times)
  return !call.writes && times >= PATIENCE
}
