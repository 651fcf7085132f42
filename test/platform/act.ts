import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { asObject, asString, parseJson } from '../../src/json.ts'
import { VERSION } from '../../src/version.ts'

/**
 * Runs a workflow file by act in host mode: the runner is this machine, the suite's own references
 * (`gitops-actions/gitops-actions@vX`) are served from this checkout, everything else that a step reaches is given by
 * the caller. Nothing is fetched.
 */
export interface WorkflowRunOptions {
  /** A Git checkout that holds the workflow. */
  readonly repository: string
  /** Path of the workflow inside it. */
  readonly workflow: string
  readonly event: { readonly name: string; readonly payload: unknown }
  /** act's binary and the PATH for the steps (Node 24 first). */
  readonly act: string
  readonly path: string
  readonly secrets?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Called with each line as a person would see it in GitHub's log. */
  readonly onLine?: (line: string, job: string) => void
}

export interface WorkflowRun {
  readonly success: boolean
  /** By job name as GitHub shows it. */
  readonly jobs: Readonly<Record<string, 'success' | 'failure' | 'skipped'>>
  /** The whole log. */
  readonly log: string
  readonly summaries: readonly { readonly job: string; readonly markdown: string }[]
  readonly annotations: readonly {
    readonly level: string
    readonly message: string
    readonly file?: string
    readonly line?: number
  }[]
  /** `name=value` of every output that a step set, last one wins. */
  readonly outputs: Readonly<Record<string, string>>
  readonly seconds: number
}

/** Runs one workflow to its end. Never throws for a workflow that fails: that is `success: false`. */
export async function runWorkflow(options: WorkflowRunOptions): Promise<WorkflowRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gitops-act-'))
  try {
    await suiteCopy(path.join(folder, 'suite'))
    await mkdir(path.join(folder, 'home'))
    await writeFile(path.join(folder, 'event.json'), JSON.stringify(options.event.payload))
    await writeFile(path.join(folder, 'secrets'), environmentFile(options.secrets ?? {}), { mode: 0o600 })
    await writeFile(path.join(folder, 'variables'), environmentFile(options.variables ?? {}))
    return await act(options, folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What a release of the suite holds, as far as workflows use it. */
async function suiteCopy(folder: string): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  for (const part of ['action.yml', 'actions', 'dist', '.github/workflows'])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true })
}

/** Public actions that need what is not here, and what stands in for them. */
const STAND_INS: Readonly<Record<string, string>> = {
  'actions/download-artifact': 'download-artifact',
  'actions/upload-artifact': 'upload-artifact',
  'aws-actions/configure-aws-credentials': 'configure-aws-credentials'
}

/** `owner/name@ref=folder` for every reference of the suite's own workflows to an action that has a stand-in. */
async function standIns(workflows: string): Promise<string[]> {
  const texts = await Promise.all(
    (await readdir(workflows)).map((file) => readFile(path.join(workflows, file), 'utf8'))
  )
  const references = texts.flatMap((text) => text.match(/(?<=uses: )[\w-]+\/[\w-]+@[0-9a-f]+/g) ?? [])
  return [...new Set(references)].flatMap((reference) => {
    const folder = STAND_INS[reference.split('@')[0] ?? '']
    return folder ? [`${reference}=${path.join(import.meta.dirname, 'stand-ins', folder)}`] : []
  })
}

async function act(options: WorkflowRunOptions, folder: string): Promise<WorkflowRun> {
  const own = 'gitops-actions/gitops-actions'
  const others = await standIns(path.join(folder, 'suite', '.github', 'workflows'))
  const args = [
    options.event.name,
    ...['-W', options.workflow, '-P', 'ubuntu-latest=-self-hosted', '-e', path.join(folder, 'event.json')],
    ...['--local-repository', `${own}@v${VERSION}=${path.join(folder, 'suite')}`],
    ...others.flatMap((other) => ['--local-repository', other]),
    ...['--action-offline-mode', '--no-cache-server', '--action-cache-path', path.join(folder, 'cache')],
    ...['--secret-file', path.join(folder, 'secrets'), '--var-file', path.join(folder, 'variables')],
    // act's table of local repositories is no concurrent map (nektos/act#2390), so one job at a time.
    ...['--concurrent-jobs', '1', '--json'],
    ...['--env', `ACT_ARTIFACTS=${path.join(folder, 'artifacts')}`],
    ...Object.entries(options.env ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  ]
  const started = Date.now()
  const child = spawn(options.act, args, {
    cwd: options.repository,
    env: { PATH: options.path, HOME: path.join(folder, 'home'), LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const run = new Recorder(options.onLine)
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) run.line(line)
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => run.plain(chunk))
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exit) => resolve(exit ?? 128))
  })
  if (rest !== '') run.line(rest)
  return { ...run.result(), success: code === 0, seconds: (Date.now() - started) / 1000 }
}

class Recorder {
  readonly #onLine: WorkflowRunOptions['onLine']
  readonly #log: string[] = []
  readonly #jobs: Record<string, 'success' | 'failure' | 'skipped'> = {}
  readonly #summaries: { job: string; markdown: string }[] = []
  readonly #annotations: { level: string; message: string; file?: string; line?: number }[] = []
  readonly #outputs: Record<string, string> = {}

  constructor(onLine: WorkflowRunOptions['onLine']) {
    this.#onLine = onLine
  }

  line(text: string): void {
    const entry = parsed(text)
    if (!entry) {
      this.plain(text)
      return
    }
    const job = (asString(entry['job']) ?? '').replace(/^[^/]*\//, '').trim()
    const message = asString(entry['msg']) ?? ''
    this.#log.push(message.replace(/\n$/, ''))
    const result = asString(entry['jobResult'])
    if (result === 'success' || result === 'failure' || result === 'skipped') this.#jobs[job] = result
    switch (asString(entry['command'])) {
      case 'summary':
        this.#summaries.push({ job, markdown: asString(entry['content']) ?? '' })
        return
      case 'set-output':
        this.#outputs[asString(entry['name']) ?? ''] = asString(entry['arg']) ?? ''
        return
      case 'error':
      case 'warning':
      case 'notice': {
        const place = asObject(entry['kvPairs']) ?? {}
        const file = asString(place['file'])
        const line = Number(asString(place['line']) ?? Number.NaN)
        this.#annotations.push({
          level: asString(entry['command']) ?? '',
          message: asString(entry['arg']) ?? '',
          ...(file ? { file } : {}),
          ...(Number.isNaN(line) ? {} : { line })
        })
      }
    }
    if (entry['raw_output'] === true || asString(entry['command']) !== undefined)
      this.#onLine?.(message.replace(/\n$/, ''), job)
  }

  plain(text: string): void {
    this.#log.push(text.replace(/\n$/, ''))
  }

  result(): Omit<WorkflowRun, 'success' | 'seconds'> {
    return {
      jobs: this.#jobs,
      log: this.#log.join('\n'),
      summaries: this.#summaries,
      annotations: this.#annotations,
      outputs: this.#outputs
    }
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(parseJson(text))
  } catch {
    return undefined
  }
}

/** The format of act's secret and variable files (godotenv): double quotes keep line ends. */
function environmentFile(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value.replace(/[\\"$`]/g, '\\$&').replaceAll('\n', '\\n')}"\n`)
    .join('')
}
