import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import type { Logger } from '../../src/log.ts'
import type { Manifest } from '../../src/render/manifest.ts'
import { toManifests } from '../../src/render/objects.ts'
import { readYaml } from '../../src/render/yaml/index.ts'

/** A temporary folder with these files, removed after the test. */
export function folder(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'render-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true })
    writeFileSync(path.join(directory, name), content)
  }
  return directory
}

/** A log that keeps what it is told, each line with its level. */
export function keepLog(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  return {
    lines,
    info: (message) => lines.push(`info: ${message}`),
    debug: (message) => lines.push(`debug: ${message}`),
    warning: (message) => lines.push(`warning: ${message}`),
    error: (message) => lines.push(`error: ${message}`),
    group: (_title, work) => work()
  }
}

export function manifests(yaml: string): Manifest[] {
  return toManifests(readYaml(yaml, 'f.yaml'), 'f.yaml')
}

/** The error that `work` ends with; fails when it ends with none, or with a defect. */
export async function errorOf(work: () => unknown): Promise<GitOpsError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof GitOpsError) return error
    throw error
  }
  throw new Error('no error')
}

export const DIGEST = `sha256:${'a'.repeat(64)}`
export const OTHER_DIGEST = `sha256:${'b'.repeat(64)}`
