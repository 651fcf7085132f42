import { withoutInputs } from '../../toolchain/exec.ts'
import type { KopsTargetOptions } from './options.ts'
import { Redactor } from './redact.ts'
import { openStateStore, type StateStore } from './store/state-store.ts'
import { Kops } from './tool.ts'

/** What every part of the engine works with. */
export interface Context {
  readonly options: KopsTargetOptions
  readonly kops: Kops
  readonly redactor: Redactor
  /** Undefined where the scheme is none that we can write to: nothing is locked or recorded. */
  readonly store: StateStore | undefined
  readonly env: NodeJS.ProcessEnv
  readonly now: () => Date
}

/** @throws GitOpsError when the state store is none */
export async function openContext(options: KopsTargetOptions): Promise<Context> {
  const given = options.env ?? process.env
  const redactor = new Redactor(given, options.secretKey)
  const env = withoutInputs(given)
  return {
    options,
    redactor,
    env,
    kops: kopsOf(options, redactor, env),
    store: await openStateStore(options.state, env),
    now: options.now ?? (() => new Date())
  }
}

/** The same, ended by one more signal. */
export function withSignal(context: Context, signal: AbortSignal): Context {
  const { redactor, env } = context
  const both = context.options.signal ? AbortSignal.any([context.options.signal, signal]) : signal
  const options = { ...context.options, signal: both }
  return { ...context, options, kops: kopsOf(options, redactor, env) }
}

function kopsOf(options: KopsTargetOptions, redactor: Redactor, env: NodeJS.ProcessEnv): Kops {
  return new Kops({
    file: options.kops,
    state: options.state,
    redactor,
    exec: options.exec,
    log: options.log,
    env,
    ...(options.signal ? { signal: options.signal } : {})
  })
}
