import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Logger } from '../../../src/log.ts'
import type { Target } from '../../../src/targets/target.ts'
import { type TerraformTargetOptions, terraformTarget } from '../../../src/targets/terraform/index.ts'
import { type Exec, type ExecResult, exec } from '../../../src/toolchain/exec.ts'
import type { TofuTools } from '../../platform/tofu.ts'

export const silent: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }

const folders: string[] = []

/** An empty folder that is removed with the process. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'terraform-test-'))
  if (folders.length === 0)
    process.once('exit', () => {
      for (const one of folders) rmSync(one, { recursive: true, force: true })
    })
  folders.push(folder)
  return folder
}

/** A checkout with a state beside it, targets over its root modules, and everything that they said and ran. */
export class Checkout {
  readonly folder = temporaryFolder()
  readonly lines: string[] = []
  readonly argv: string[] = []
  readonly secrets: string[] = []
  readonly #tools: TofuTools
  readonly #engine: 'opentofu' | 'terraform'

  constructor(tools: TofuTools, engine: 'opentofu' | 'terraform') {
    this.#tools = tools
    this.#engine = engine
    mkdirSync(path.join(this.folder, 'repository'))
  }

  /** Writes a file of a root module; a root module keeps its state in `state/<directory>.tfstate`. */
  write(file: string, content: string): void {
    const place = path.join(this.folder, 'repository', file)
    mkdirSync(path.dirname(place), { recursive: true })
    writeFileSync(place, content)
  }

  main(content: string, directory = 'main'): void {
    const state = `terraform {
  backend "local" {
    path          = "${this.folder}/state/${directory}.tfstate"
    workspace_dir = "${this.folder}/state/${directory}"
  }
}
`
    this.write(`${directory}/backend.tf`, state)
    this.write(`${directory}/main.tf`, content)
  }

  state(directory = 'main'): string {
    return readFileSync(path.join(this.folder, 'state', `${directory}.tfstate`), 'utf8')
  }

  /** Makes workspaces, as a person does once. */
  async workspaces(directory: string, names: readonly string[]): Promise<void> {
    await this.byHand(directory, ['init'])
    for (const name of names) await this.byHand(directory, ['workspace', 'new', name])
  }

  /** Runs the engine as a person does. */
  byHand(directory: string, args: readonly string[], env: NodeJS.ProcessEnv = this.#tools.env): Promise<ExecResult> {
    return exec(this.#tools.engines.get(this.#engine) ?? this.#engine, args, {
      cwd: path.join(this.folder, 'repository', directory),
      env: { ...env, TF_DATA_DIR: path.join(this.folder, 'by-hand', directory) }
    })
  }

  /** A new target, as another run would have it. */
  target(options: Partial<TerraformTargetOptions> = {}): Target {
    return terraformTarget({
      id: 'main',
      environment: 'test',
      checkout: path.join(this.folder, 'repository'),
      directory: 'main',
      engine: this.#engine,
      variables: new Map(),
      varFiles: [],
      backendConfig: [],
      allowDestroy: false,
      lockTimeout: 0,
      timeout: 60_000,
      source: {},
      secretKey: Buffer.from('key of the run'),
      temporary: path.join(this.folder, 'temporary'),
      exec: this.#recording,
      log: this.#log,
      env: { ...this.#tools.env, USER: 'test' },
      onSecret: (secret) => this.secrets.push(secret),
      ...options
    })
  }

  readonly #recording: Exec = (file, args, options) => {
    this.argv.push(args.join(' '))
    return exec(file, args, options)
  }

  readonly #log: Logger = {
    info: (message) => void this.lines.push(message),
    debug: (message) => void this.lines.push(message),
    warning: (message) => void this.lines.push(message),
    error: (message) => void this.lines.push(message),
    group: (_title, work) => work()
  }
}
