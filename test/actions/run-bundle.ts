import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface BundleRun {
  readonly code: number | null
  /** Everything it printed, workflow commands included. */
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** What the step left for its post step, as the runner would hand it over. */
  readonly state: Readonly<Record<string, string>>
  readonly milliseconds: number
}

export interface BundleOptions {
  readonly inputs: Readonly<Record<string, string>>
  readonly workspace: string
  readonly path: string
  /** Which step of the action. Default: `index.js`. */
  readonly file?: 'index.js' | 'post.js'
  /** Run this file instead: the source of a step, where no bundle is wanted. */
  readonly entry?: string
  readonly env?: Readonly<Record<string, string>>
  /** Called at the start, with what ends the process. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void
  /** Called with each chunk of the log as it comes. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs `dist/<name>/index.js` as a runner does: inputs, files and folders by environment variables, nothing else inherited. */
export async function runBundle(name: string, options: BundleOptions): Promise<BundleRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bundle-'))
  const [output, summary, state] = ['output', 'summary', 'state'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string
  ]
  for (const file of [output, summary, state]) writeFileSync(file, '')
  const inputs = Object.entries(options.inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])
  const env = {
    HOME: folder,
    PATH: options.path,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: options.workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_STATE: state,
    RUNNER_TEMP: folder,
    ...Object.fromEntries(inputs),
    ...options.env
  }
  const bundle = options.entry ?? path.resolve(import.meta.dirname, '../../dist', name, options.file ?? 'index.js')
  const started = performance.now()
  const child = spawn(process.execPath, [bundle], { cwd: options.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] })
  options.onStart?.((signal) => child.kill(signal))
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      chunks.push(text)
      options.onOutput?.(text, (signal) => child.kill(signal))
    })
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const result = {
    code,
    log: chunks.join(''),
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
    state: readState(readFileSync(state, 'utf8')),
    milliseconds: performance.now() - started
  }
  rmSync(folder, { recursive: true, force: true })
  return result
}

/** `name<<delimiter`, the value's lines, `delimiter`; a name that is set again wins. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (const [, name = '', , value = ''] of text.matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n?\2$/gm)) outputs[name] = value
  return outputs
}

/** `name=value` lines as `STATE_name` variables; the last one wins. */
function readState(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [`STATE_${name}`, value])
  )
}
