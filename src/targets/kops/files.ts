import { globSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { fixedPart, workspacePath } from '../../workspace.ts'

/**
 * The YAML files that names, folders and globs stand for, relative to the checkout, each once, in the order given.
 * @throws GitOpsError when one stands for nothing, or leaves the checkout
 */
export async function findFiles(checkout: string, names: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const name of names) {
    const files = /[*?[\]{}]/.test(name) ? expand(checkout, name) : await expandPath(checkout, name)
    if (files.length === 0)
      throw new GitOpsError(`"${name}" stands for no YAML file.`, {
        hint: `Paths are relative to the checkout (${checkout}). Is the repository checked out?`
      })
    for (const file of files) {
      workspacePath(checkout, file)
      found.add(file)
    }
  }
  return [...found]
}

function expand(checkout: string, glob: string): string[] {
  workspacePath(checkout, fixedPart(glob))
  return globSync(glob, { cwd: checkout }).filter(isYaml).map(slashes).sort()
}

async function expandPath(checkout: string, name: string): Promise<string[]> {
  const absolute = workspacePath(checkout, name)
  const kind = statSync(absolute, { throwIfNoEntry: false })
  if (!kind)
    throw new GitOpsError(`"${name}" does not exist.`, {
      hint: `Paths are relative to the checkout (${checkout}). Is the repository checked out?`
    })
  if (!kind.isDirectory()) return [slashes(path.normalize(name))]
  const entries = await readdir(absolute, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && isYaml(entry.name))
    .map((entry) => slashes(path.join(name, entry.name)))
    .sort()
}

function isYaml(file: string): boolean {
  return /\.(ya?ml|json)$/.test(file)
}

function slashes(file: string): string {
  return file.split(path.sep).join('/')
}
