import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { exclusively, SetupError } from './bootstrap.mjs'
import { build, repository } from './build.ts'
import { main } from './main.ts'

await main(import.meta.filename, async () => {
  const work = path.join(repository, 'lib-check') // a rest of a killed check is removed by the build
  await exclusively(work, async () => {
    try {
      const fresh = path.join(work, 'dist')
      await build({ target: fresh, work })
      explainDifferences(await differences(path.join(repository, 'dist'), fresh))
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  })
  console.log('dist/ is what the sources give, byte for byte.')
})

function explainDifferences(lines: readonly string[]): void {
  if (lines.length === 0) return
  const list = lines.map((line) => `  ${line}\n`).join('')
  throw new SetupError(
    `dist/ is not what the sources give:\n${list}Run "npm run build" and commit dist/ with the sources.`
  )
}

/** What differs between two trees, one line per file. */
export async function differences(committed: string, fresh: string): Promise<string[]> {
  const [old, now] = await Promise.all([filesBelow(committed), filesBelow(fresh)])
  const lines: string[] = []
  for (const file of [...new Set([...old, ...now])].sort()) {
    if (!now.includes(file)) lines.push(`dist/${file}: no longer made`)
    else if (!old.includes(file)) lines.push(`dist/${file}: missing`)
    else {
      const [a, b] = await Promise.all([readFile(path.join(committed, file)), readFile(path.join(fresh, file))])
      if (!a.equals(b)) lines.push(`dist/${file}: differs (${a.length} bytes committed, ${b.length} bytes built)`)
    }
  }
  return lines
}

async function filesBelow(directory: string): Promise<string[]> {
  if (!existsSync(directory)) return []
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
}
