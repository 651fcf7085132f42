import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'

const LOG = path.resolve(import.meta.dirname, '../../src/action/log.ts')

/** What a runner makes of a line, as its `ActionCommand` reads it: `::name` at the start, `##[name]` anywhere. */
function isCommand(line: string): boolean {
  return /^[\s\u0085]*::[a-z-]+( [^:]*)?::/.test(line) || /##\[[a-z-]+[^\]]*\]/.test(line)
}

test.each([
  '::add-mask::a',
  '  ::set-output name=a::b',
  '\u0085::stop-commands::x',
  'log: ##[add-mask]a',
  'first\r::warning::x',
  'first\n\t##[error]x',
  '\u001b[31m##[stop-commands]x'
])('text that would be a workflow command is only text: %j', (text) => {
  expect(text.split(/[\r\n]/).some(isCommand)).toBe(true)
  const program = `import { log } from ${JSON.stringify(LOG)}; log.info(process.env.TEXT); await log.group(process.env.TEXT, async () => {})`
  const printed = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, TEXT: text }
  })
  const lines = printed.split(/[\r\n]/).filter((line) => !/^::(end)?group::/.test(line))
  expect(lines.filter(isCommand)).toEqual([])
  expect(printed).toContain(text.slice(-1))
})
