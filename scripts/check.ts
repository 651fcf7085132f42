import path from 'node:path'
import { run, SetupError } from './bootstrap.mjs'
import { names, staleDocuments } from './docs.ts'
import { explain, main } from './main.ts'

const repository = path.dirname(import.meta.dirname)

const CHECKS: readonly { readonly title: string; readonly cure: string; readonly work: () => Promise<void> }[] = [
  {
    title: 'types (tsc)',
    cure: 'Mend the sources named above.',
    work: () => tool('typescript/bin/tsc', ['--project', '.', '--pretty', 'false'])
  },
  {
    title: 'format and lint (Biome)',
    cure: '"npx biome check --write" mends what can be mended by itself.',
    work: () => tool('@biomejs/biome/bin/biome', ['check', '--colors=off', '--max-diagnostics=50', '.'])
  },
  {
    title: 'generated documentation',
    cure: '"npm run docs" writes it.',
    work: async () => {
      const stale = await staleDocuments()
      if (stale.length > 0) throw new SetupError(`Not as generated: ${names(stale)}`)
    }
  }
]

await main(import.meta.filename, async () => {
  const failed: string[] = []
  for (const { title, cure, work } of CHECKS) {
    try {
      await work()
      console.log(`ok      ${title}`)
    } catch (error) {
      failed.push(title)
      console.log(`failed  ${title}\n${explain(error)}\n${cure}\n`)
    }
  }
  if (failed.length > 0) throw new SetupError(`Failed: ${failed.join(', ')}.`)
})

async function tool(script: string, args: readonly string[]): Promise<void> {
  await run(process.execPath, [path.join(repository, 'node_modules', script), ...args], { cwd: repository, lines: 200 })
}
