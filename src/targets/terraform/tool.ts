import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { type Json, parseJson } from '../../json.ts'
import type { ExecResult } from '../../toolchain/exec.ts'
import { type Diagnostic, diagnosticOf, parseDiagnostics, parseMessage } from './diagnostics.ts'
import { beginEngine, type Program } from './engine.ts'
import { type Attempt, commandLine, failureOf, isLockDenied, wordsOf } from './failure.ts'
import { maskable, masker } from './masking.ts'
import type { TerraformTargetOptions } from './options.ts'
import { providerCache } from './provider-cache.ts'
import { givenSecrets } from './secrets.ts'
import { inherited, ownProviders, prepare, type Surroundings } from './surroundings.ts'

/** How long an interrupted run may take to save its state and give back its lock (milliseconds). */
const PATIENCE = 120_000

export interface ToolResult {
  readonly ok: boolean
  readonly diagnostics: readonly Diagnostic[]
  readonly result: ExecResult
  /** Why it did not end by itself: the timeout, or that somebody killed it. */
  readonly unfinished?: { readonly reason: string; readonly killed: boolean }
}

/**
 * Terraform or OpenTofu in one root module and workspace. Each instance has its own TF_DATA_DIR, so several work side by
 * side, on the same root module too.
 */
export class Tool {
  readonly engine: Program
  readonly planFile: string
  readonly #options: TerraformTargetOptions
  readonly #directory: string
  readonly #mask: (text: string) => string
  #surroundings: Surroundings

  private constructor(
    options: TerraformTargetOptions,
    directory: string,
    { engine, surroundings, secrets }: { engine: Program; surroundings: Surroundings; secrets: readonly string[] }
  ) {
    this.#options = options
    this.#directory = directory
    this.#mask = masker(secrets)
    this.engine = engine
    this.#surroundings = surroundings
    this.planFile = path.join(surroundings.folder, 'plan')
  }

  /**
   * Finds the engine and initialises the root module.
   * @throws GitOpsError with the tool's own reason
   */
  static async open(options: TerraformTargetOptions, directory: string): Promise<Tool> {
    const env = inherited(options)
    const engine = await beginEngine({ ...options, directory, env })
    const secrets = await givenSecrets(options, directory, env)
    for (const secret of secrets.flatMap(maskable)) options.onSecret?.(secret)
    const tool = new Tool(options, directory, { engine, surroundings: await prepare(options), secrets })
    // A program that is too old is the reason of whatever else fails.
    await Promise.all([
      engine.checked,
      providerCache
        .init((shared) => tool.#init(shared))
        .catch((error: unknown) => engine.checked.then(() => Promise.reject(error)))
    ])
    return tool
  }

  async #init(shared: boolean): Promise<void> {
    const { lockTimeout } = this.#options
    const workspace = this.#options.workspace ?? this.#surroundings.env['TF_WORKSPACE']
    if (!shared) this.#surroundings = await ownProviders(this.#surroundings)
    const args = ['init', '-input=false', '-no-color', lockFlag(lockTimeout), ...this.#surroundings.initArguments]
    // In a workspace that does not exist, some versions fail in init and others make it.
    const { ok, diagnostics, result } = await this.#run(args, { json: false, env: { TF_WORKSPACE: undefined } })
    if (!ok) throw this.failure('init', diagnostics, result.stderr || result.stdout)
    if (workspace && workspace !== 'default') await this.#refuseMissing(workspace)
  }

  /** Planning in a workspace that does not exist makes it in most backends, which a preview must not and a typo should not. */
  async #refuseMissing(workspace: string): Promise<void> {
    const { ok, diagnostics, result } = await this.#run(['workspace', 'list', '-no-color'], {
      json: false,
      env: { TF_WORKSPACE: undefined }
    })
    if (!ok) throw this.failure('workspace list', diagnostics, result.stderr)
    const there = result.stdout.split('\n').flatMap((line) => /^[* ] (\S+)$/.exec(line.trimEnd())?.[1] ?? [])
    if (there.includes(workspace)) return
    throw new GitOpsError(`The workspace "${workspace}" does not exist. There are: ${there.join(', ')}.`, {
      hint: `If it is new, make it once: ${this.commandLine(`workspace new ${workspace}`)}.`
    })
  }

  /**
   * Plans into `planFile`, which only the owner may read.
   * @returns what `show -json` says of it, the warnings, and whether the state was locked meanwhile
   */
  async plan(): Promise<{ plan: Json; warnings: readonly Diagnostic[]; locked: boolean }> {
    let made = await this.#planOnce([lockFlag(this.#options.lockTimeout)])
    // A preview is often given credentials that only read. Applying takes the lock, and refuses a stale plan.
    const locked = made.ok || !isLockDenied(made.diagnostics)
    if (!locked) made = await this.#planOnce(['-lock=false'])
    const { ok, diagnostics, result } = made
    if (!ok) throw this.failure('plan', diagnostics, plainText(result))
    await chmod(this.planFile, 0o600)
    const shown = await this.#run(['show', '-no-color', '-json', this.planFile], { json: false })
    if (!shown.ok) throw this.failure('show', shown.diagnostics, shown.result.stderr)
    return { plan: parseJson(shown.result.stdout), warnings: diagnostics, locked }
  }

  #planOnce(lock: readonly string[]): Promise<ToolResult> {
    const given = this.#surroundings.planArguments
    const args = ['plan', '-input=false', '-no-color', '-json', ...lock, `-out=${this.planFile}`, ...given]
    return this.#run(args, { json: true })
  }

  /** Applies `planFile`. A failure is answered, not thrown. */
  apply(onMessage: (message: Json) => void): Promise<ToolResult> {
    const { lockTimeout, parallelism } = this.#options
    return this.#run(
      [
        'apply',
        '-input=false',
        '-no-color',
        '-json',
        lockFlag(lockTimeout),
        ...(parallelism === undefined ? [] : [`-parallelism=${parallelism}`]),
        this.planFile
      ],
      { json: true, onMessage, finish: true }
    )
  }

  /** Outputs as the state has them, with whether each is sensitive. */
  async outputs(): Promise<Json> {
    const { ok, diagnostics, result } = await this.#run(['output', '-no-color', '-json'], { json: false })
    if (!ok) throw this.failure('output', diagnostics, result.stderr)
    return parseJson(result.stdout)
  }

  /** Stores a state that the backend did not take before. */
  async pushState(file: string): Promise<boolean> {
    const args = ['state', 'push', lockFlag(this.#options.lockTimeout), file]
    const { ok, diagnostics } = await this.#run(args, { json: false, finish: true, regardless: true })
    for (const one of diagnostics) this.#options.log.debug(wordsOf(this.attempt('state push'), one))
    return ok
  }

  failure(command: Attempt['command'], diagnostics: readonly Diagnostic[], output: string): GitOpsError {
    return failureOf(this.attempt(command), diagnostics, this.#mask(output))
  }

  /** What a person types to do something in this root module. */
  commandLine(args: string): string {
    return commandLine(this.attempt('init'), args)
  }

  attempt(command: Attempt['command']): Attempt {
    const { checkout, backendConfig } = this.#options
    return { command, engine: this.engine, directory: this.#directory, checkout, backendConfig }
  }

  async #run(
    args: readonly string[],
    options: {
      json: boolean
      onMessage?: (message: Json) => void
      finish?: boolean
      /** Whether it is begun and ended in spite of a cancelled run. */
      regardless?: boolean
      env?: Readonly<Record<string, string | undefined>>
    }
  ): Promise<ToolResult> {
    const { exec, log, signal, timeout } = this.#options
    if (signal?.aborted && !options.regardless) throw cancelled(this.engine, args[0])
    const diagnostics: Diagnostic[] = []
    let unfinished: ToolResult['unfinished']
    const run = () =>
      exec(this.engine.file, args, {
        cwd: this.#directory,
        env: { ...this.#surroundings.env, ...options.env },
        timeout,
        patience: PATIENCE,
        allowFailure: true,
        ...(signal && !options.regardless ? { signal } : {}),
        onLine: (line, stream) => {
          const message = options.json && stream === 'stdout' ? parseMessage(line) : undefined
          if (message === undefined) {
            if (args[0] === 'init') log.debug(this.#mask(line))
            return
          }
          const diagnostic = diagnosticOf(message)
          if (diagnostic) diagnostics.push(maskedDiagnostic(diagnostic, this.#mask))
          options.onMessage?.(message)
        }
      })
    const result = await (args[0] === 'init' || args[0] === 'workspace' ? run() : providerCache.use(run)).catch(
      (error: unknown): ExecResult => {
        // An apply that did not end has done something all the same, which must be told.
        if (!options.finish || !(error instanceof GitOpsError)) throw error
        const text = this.#mask(error.message)
        unfinished = { reason: /[.!]$/.test(text) ? text : `${text}.`, killed: / failed with signal /.test(text) }
        return { code: 1, stdout: '', stderr: '' }
      }
    )
    // What was interrupted while it only read has no result; an apply tells what it had done until then.
    if (signal?.aborted && !options.finish) throw cancelled(this.engine, args[0])
    if (result.code !== 0 && !diagnostics.some((one) => one.severity === 'error'))
      diagnostics.push(...textDiagnostics(result).map((one) => maskedDiagnostic(one, this.#mask)))
    return { ok: result.code === 0, diagnostics, result, ...(unfinished === undefined ? {} : { unfinished }) }
  }
}

function maskedDiagnostic(one: Diagnostic, mask: (text: string) => string): Diagnostic {
  return { ...one, summary: mask(one.summary), detail: mask(one.detail) }
}

function lockFlag(milliseconds: number): string {
  return `-lock-timeout=${Math.ceil(milliseconds / 1000)}s`
}

/** Errors are on stderr; early versions wrote some to stdout, among the progress. */
function textDiagnostics({ stderr, stdout }: ExecResult): Diagnostic[] {
  const told = parseDiagnostics(stderr)
  return told.length > 0 ? told : parseDiagnostics(stdout)
}

/** Output of a command with `-json` that is no JSON: a crash, a wrong flag. */
function plainText(result: ExecResult): string {
  const lines = result.stdout.split('\n').filter((line) => parseMessage(line) === undefined)
  return `${result.stderr}\n${lines.join('\n')}`.trim()
}

function cancelled(engine: Program, command: string | undefined): GitOpsError {
  return new GitOpsError(`The run was cancelled at ${engine.title} ${command ?? ''}. Nothing was written.`)
}
