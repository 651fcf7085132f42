import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Location } from '../../src/image/content/content.ts'
import { contentKey, type Recipe, readContent } from '../../src/image/key.ts'
import { exec } from '../../src/toolchain/exec.ts'

export const RECIPE: Recipe = {
  platforms: ['linux/amd64'],
  buildArgs: {},
  labels: {},
  secrets: [],
  provenance: 'none',
  sbom: false
}

/** A folder of its own for one test, with the files given; `dispose` removes it. */
export class Sample implements Disposable {
  readonly root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'image-test-')))

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  path(name: string): string {
    return path.join(this.root, name)
  }

  write(name: string, text: string | Buffer): void {
    mkdirSync(path.dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), text)
  }

  git(...args: string[]): string {
    return this.gitIn('.', ...args)
  }

  gitIn(directory: string, ...args: string[]): string {
    const settings = [
      'user.name=Test',
      'user.email=test@example.com',
      'protocol.file.allow=always',
      'init.defaultBranch=main'
    ]
    const flags = settings.flatMap((setting) => ['-c', setting])
    return execFileSync('git', [...flags, '-C', this.path(directory), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    }).trim()
  }

  /** Commits everything and answers the commit. */
  commit(message = 'change'): string {
    this.git('add', '--all')
    this.git('commit', '--quiet', '--message', message)
    return this.git('rev-parse', 'HEAD')
  }

  location(context = 'app', file?: string): Location {
    return { workspace: this.root, context, file }
  }

  key(options: { revision?: string; context?: string; file?: string; recipe?: Partial<Recipe> } = {}): Promise<string> {
    const { revision, context, file, recipe } = options
    return contentKey({
      location: this.location(context, file),
      recipe: { ...RECIPE, ...recipe },
      exec,
      revision
    })
  }

  content(context?: string) {
    return readContent({ location: this.location(context), recipe: RECIPE, exec })
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}

/** A repository with one commit of these files. */
export function repository(files: Readonly<Record<string, string>>): Sample {
  const sample = new Sample(files)
  sample.git('init', '--quiet')
  sample.commit('first')
  return sample
}
