import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { GitOpsError } from '../errors.ts'

export interface ExecOptions {
  readonly cwd?: string
  /** Added to the environment of this process; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string
  /** Milliseconds; the process is killed (SIGTERM, then SIGKILL) and the call fails. */
  readonly timeout?: number
  readonly signal?: AbortSignal
  /** Called with each complete line as it arrives, for progress. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /**
   * The program must end in its own order (Terraform saves its state and gives its lock back): an abort or the timeout
   * sends it SIGINT and waits so many milliseconds before it is killed, and the call settles when it has ended. It runs
   * in a process group of its own, since a second Ctrl-C from the terminal would end it at once.
   */
  readonly patience?: number
  /** Do not throw for an exit code other than 0. */
  readonly allowFailure?: boolean
}

export interface ExecResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program: the one way a process is started (design §9: no shell, arguments as a list). Injected so that tests can record. */
export type Exec = (file: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>

/**
 * The real `Exec`. Output is decoded as UTF-8 and kept whole.
 * @throws GitOpsError when the program does not exist, ends with another code than 0 (the message holds the last
 *   lines of stderr), is killed, or exceeds the timeout
 */
export const exec: Exec = (file, args, options = {}) =>
  new Promise((resolve, reject) => {
    const { patience } = options
    if (patience !== undefined) options.signal?.throwIfAborted()
    const env: NodeJS.ProcessEnv = { ...withoutInputs(process.env), ...options.env }
    const child = spawn(file, [...args], {
      cwd: options.cwd,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(patience === undefined ? { signal: options.signal } : { detached: true })
    })
    const out: string[] = []
    const err: string[] = []
    const lines = { stdout: lineSplitter(options, 'stdout'), stderr: lineSplitter(options, 'stderr') }
    let timedOut = false
    const timers: NodeJS.Timeout[] = []
    if (options.timeout !== undefined) {
      timers.push(
        setTimeout(() => {
          timedOut = true
          stop(patience === undefined ? 'SIGTERM' : 'SIGINT', patience ?? 2000)
        }, options.timeout)
      )
    }
    let killed = false
    const stop = (signal: NodeJS.Signals, grace: number) => {
      child.kill(signal)
      timers.push(
        setTimeout(() => {
          killed = true
          child.kill('SIGKILL')
        }, grace)
      )
    }
    const interrupt = patience === undefined ? undefined : () => stop('SIGINT', patience)
    if (interrupt) options.signal?.addEventListener('abort', interrupt, { once: true })
    const settle = () => {
      for (const timer of timers) clearTimeout(timer)
      if (interrupt) options.signal?.removeEventListener('abort', interrupt)
    }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out.push(chunk)
      lines.stdout.push(chunk)
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err.push(chunk)
      lines.stderr.push(chunk)
    })
    child.stdin.on('error', () => {}) // a program that ends without reading its input is no error of ours
    child.stdin.end(options.input ?? '')
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle()
      reject(startError(file, options, error))
    })
    child.on('exit', () => {
      // A child of a killed program may live on and hold the pipes; nobody waits for that.
      if (patience === undefined ? !timedOut : !killed) return
      child.stdout.destroy()
      child.stderr.destroy()
    })
    child.on('close', (code, signal) => {
      settle()
      lines.stdout.end()
      lines.stderr.end()
      const result = { code: code ?? 128, stdout: out.join(''), stderr: err.join('') }
      if (timedOut)
        reject(new GitOpsError(`${file} ${args[0] ?? ''} did not end within ${(options.timeout ?? 0) / 1000} s`.trim()))
      else if (code === 0 || (options.allowFailure && signal === null)) resolve(result)
      else
        reject(
          new GitOpsError(
            `${file} ${args[0] ?? ''} failed with ${signal === null ? `exit code ${code}` : `signal ${signal}`}: ${lastLines(result.stderr || result.stdout)}`
          )
        )
    })
  })

/** The inputs of an action hold its credentials (a kubeconfig, tokens): no program is given them unasked. */
export function withoutInputs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')))
}

/** Why a program could not be started, in words; anything else as it is (an AbortError). */
function startError(file: string, options: ExecOptions, error: NodeJS.ErrnoException): Error {
  const given = { cause: error }
  // Node says the same of a missing program and a missing folder.
  if (error.code === 'ENOENT' && options.cwd !== undefined && !existsSync(options.cwd))
    return new GitOpsError(`${file} cannot run in ${options.cwd}: there is no such folder`, given)
  if (error.code === 'ENOENT')
    return new GitOpsError(`${file}: no such program`, {
      hint: `Install ${file} or put it on the PATH of the runner.`,
      ...given
    })
  if (error.code === 'EACCES')
    return new GitOpsError(`${file} is not executable`, { hint: `chmod +x ${file}`, ...given })
  if (error.code === 'E2BIG') return new GitOpsError(`${file} was given more arguments than the system allows`, given)
  return error
}

function lineSplitter(options: ExecOptions, stream: 'stdout' | 'stderr') {
  let rest = ''
  return {
    push(chunk: string) {
      if (!options.onLine) return
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) options.onLine(part.replace(/\r$/, ''), stream)
    },
    end() {
      if (rest !== '') options.onLine?.(rest, stream)
    }
  }
}

/** The last lines of a program's output, enough to see its reason. */
function lastLines(text: string, count = 12): string {
  return text.trim().split('\n').slice(-count).join('\n')
}
