import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { differences } from '../../scripts/check-dist.ts'

it('check-dist names every file that is missing, superfluous or different', async () => {
  const committed = tree({ 'a/index.js': 'one', 'a/old.js': 'x', 'b/index.js': 'same' })
  const fresh = tree({ 'a/index.js': 'two!', 'b/index.js': 'same', 'b/413.index.js': 'chunk' })
  expect(await differences(committed, fresh)).toEqual([
    'dist/a/index.js: differs (3 bytes committed, 4 bytes built)',
    'dist/a/old.js: no longer made',
    'dist/b/413.index.js: missing'
  ])
  expect(await differences(fresh, fresh)).toEqual([])
  expect(await differences(path.join(committed, 'nowhere'), tree({ 'a/index.js': '' }))).toEqual([
    'dist/a/index.js: missing'
  ])
})

function tree(files: Record<string, string>): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'gitops-actions-dist-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true })
    writeFileSync(path.join(directory, name), text)
  }
  return directory
}
