import { describe, expect, test } from 'vitest'
import { parseIgnore } from '../../src/image/content/dockerignore.ts'

// The full truth is asked of BuildKit in dockerignore.platform.test.ts; these are for quick answers while changing the code.
test.each<[string, string, string, boolean]>([
  ['a name at the top', 'docs', 'docs', true],
  ['what lies below it', 'docs', 'docs/a/b.md', true],
  ['not the same name elsewhere', 'docs', 'src/docs', false],
  ['not a longer name', 'docs', 'docs2', false],
  ['a star, not across directories', '*.md', 'docs/a.md', false],
  ['two stars at any depth, none included', '**/*.md', 'a.md', true],
  ['two stars in the middle', 'a/**/z', 'a/z', true],
  ['the last match decides', '*.md\n!a.md', 'a.md', false],
  ['again', '*.md\n!a.md\na.*', 'a.md', true],
  ['an exception below an ignored directory', 'docs\n!docs/a.md', 'docs/a.md', false],
  ['its neighbours stay ignored', 'docs\n!docs/a.md', 'docs/b.md', true],
  ['an exception for a whole directory', '*\n!src', 'src/a/b', false],
  ['a dot is no wildcard', 'a.b', 'axb', false],
  ['a plus is no wildcard', 'a+', 'aa', false],
  ['a quoted star', 'a\\*', 'a*', true],
  ['a quoted star is no wildcard', 'a\\*', 'ab', false],
  ['a comment', '#a', '#a', false],
  ['a blank before a number sign', ' #a', '#a', true]
])('%s: %j, %s → %s', (_what, ignore, path, excluded) => {
  expect(parseIgnore(ignore).excludes(path)).toBe(excluded)
})

describe('what BuildKit would refuse, or reads in another way than it looks, leaves everything in', () => {
  test.each(['a\n!', '!/', '[', '[]a]', 'a\\', '[z', 'a|b*', '\\d*', 'x{2}*', '[[:alpha:]]', '^a*', '[a*]'])(
    '%j',
    (ignore) => {
      const rules = parseIgnore(`a\n${ignore}`)
      expect(rules.unsupported).toBe(ignore.split('\n').at(-1))
      expect(rules.excludes('a')).toBe(false)
      expect(rules.prunes('a')).toBe(false)
    }
  )
})

test('a directory is left out of the walk only when nothing in it can be sent', () => {
  expect(parseIgnore('a').prunes('a')).toBe(true)
  expect(parseIgnore('a/*').prunes('a')).toBe(false)
  expect(parseIgnore('a\n!a/b').prunes('a')).toBe(false)
})
