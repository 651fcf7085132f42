import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clip,
  codeBlock,
  codeSpan,
  details,
  escapeMarkdown,
  link,
  table,
  wholeCharacters,
  wordsAndYaml
} from '../../src/report/markdown.ts'

describe('wordsAndYaml', () => {
  it('keeps YAML as it is to be pasted, and words as words', () => {
    expect(wordsAndYaml('This would allow it:\napiVersion: v1\nkind: Role\nrules: [{verbs: ["*"]}]')).toBe(
      'This would allow it:\n\n```yaml\napiVersion: v1\nkind: Role\nrules: [{verbs: ["*"]}]\n```'
    )
    expect(wordsAndYaml('Give the *name*.')).toBe('Give the \\*name\\*.')
  })
})

describe('escapeMarkdown', () => {
  it.each([
    ['a mention', 'ping @acme/ops now', 'ping @&#8203;acme/ops now'],
    [
      'an issue reference',
      'fixes #12 and acme/shop#3 or GH-7',
      'fixes #&#8203;12 and acme/shop#&#8203;3 or GH-&#8203;7'
    ],
    [
      'an address',
      'see https://evil.example and www.evil.example',
      'see https:&#8203;//evil.example and www&#8203;.evil.example'
    ],
    ['a mail address', 'a@b.example', 'a@&#8203;b.example'],
    ['a link', '[click](javascript:alert(1))', '\\[click\\]\\(javascript:alert\\(1\\)\\)'],
    ['a picture', '![x](y)', '\\!\\[x\\]\\(y\\)'],
    ['HTML', '<img src=x onerror=y>&lt;', '&lt;img src=x onerror=y&gt;&amp;lt;'],
    ['an HTML comment', '<!-- gitops-actions:drift -->', '&lt;\\!-- gitops-actions:drift --&gt;'],
    ['emphasis and code', '*a* _b_ `c` ~~d~~', '\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~'],
    ['a table cell', 'a|b', 'a&#124;b'],
    ['an emoji', 'registry:bomb:1', 'registry:&#8203;bomb:1'],
    ['a formula', '$x$', '<span>$</span>x<span>$</span>'],
    ['a heading', '# big', '\\# big'],
    ['a list', '- item', '\\- item'],
    ['a numbered list', '1. item', '1&#8203;. item'],
    ['several lines', 'one\n\n# two\r\n- three', 'one # two - three'],
    ['text that reads right to left', 'a\u202eb', 'a\\\\u202eb'],
    ['terminal colours', '\u001b[31mred\u001b[0m', 'red'],
    ['half a character', 'a\ud800', 'a\ufffd']
  ])('leaves no meaning in %s', (_what, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected)
  })

  it('leaves ordinary words as they are', () => {
    const text = 'Deployment shop/web has 2 of 3 pods ready: image v1.2-rc.1 (50 %)'
    expect(escapeMarkdown(text)).toBe(text.replace(/[()]/g, '\\$&'))
  })

  it('never lets a mention, a reference, a tag or a line through, whatever the text', () => {
    const nasty = fc.array(
      fc.constantFrom(
        '@',
        '#1',
        '<b>',
        '`',
        '|',
        '\n',
        '://',
        'www.',
        '!',
        '[',
        ']',
        '(',
        'GH-1',
        ':a:',
        '\\',
        'x',
        ' ',
        '&'
      )
    )
    fc.assert(
      fc.property(nasty, (parts) => {
        const escaped = escapeMarkdown(parts.join(''))
        expect(escaped).not.toMatch(/@\w|#\w(?!\d*;)|<(?!\/?span>)|\n|:\/\/|www\.|GH-\d|\|/i)
        // Every character that Markdown would act on has exactly one backslash of its own.
        expect(escaped.replace(/\\[\\`*_[\](){}!~#+=-]/g, '')).not.toMatch(/[\\`*_[\](){}!~]/)
      })
    )
  })
})

describe('codeSpan', () => {
  it.each([
    ['plain', '`plain`'],
    ['', '` `'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['``', '``` `` ```'],
    [' a ', '`  a  `'],
    ['two\nlines', '`two lines`'],
    ['@acme/ops', '`@acme/ops`']
  ])('shows %j as %j', (text, expected) => expect(codeSpan(text)).toBe(expected))

  it('is one code span whatever the text: its fence occurs nowhere inside', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', ' ', 'a', '\n', '\\') }), (text) => {
        const [, fence = '', content = ''] = /^(`+)(.*)\1$/s.exec(codeSpan(text)) ?? []
        expect(fence).not.toBe('')
        expect(content.match(/`+/g) ?? []).not.toContain(fence)
        expect(content).not.toMatch(/^`|`$|\n/)
      })
    )
  })
})

describe('codeBlock', () => {
  it('cannot be left by a fence in the text', () => {
    expect(codeBlock('a\n```\n@acme/ops', 'diff')).toBe('````diff\na\n```\n@acme/ops\n````')
  })
  it('takes no language that GitHub draws as a picture or that is no word', () => {
    expect(codeBlock('x', 'mermaid')).toBe('```\nx\n```')
    expect(codeBlock('x', 'yaml\n```')).toBe('```\nx\n```')
  })
  it('keeps lines and tabs, ends lines in one way, writes out what cannot be seen', () => {
    expect(codeBlock('a\r\n\tb\rc\0\u202e\n\n')).toBe('```\na\n\tb\nc\\u0000\\u202e\n```')
  })
})

describe('link, details, table', () => {
  it.each([
    ['https://example.org/a(b)?c=<d>|e', '[x](https://example.org/a%28b%29?c=%3Cd%3E%7ce)'],
    ['javascript:alert(1)', 'x'],
    ['no address', 'x'],
    ['https://example.org/\n\n# big', '[x](https://example.org/#%20big)']
  ])('links to %j as %j', (url, expected) => expect(link('x', url)).toBe(expected))

  it('escapes the text of a link and the summary of a fold', () => {
    expect(link('a](b)', 'https://example.org')).toBe('[a\\]\\(b\\)](https://example.org/)')
    expect(details('<b>@x', 'body')).toBe('<details><summary>&lt;b&gt;@&#8203;x</summary>\n\nbody\n\n</details>')
    expect(details('web_1 (#12) *x*', '')).toContain('<summary>web_1 (#&#8203;12) *x*</summary>')
  })

  it('keeps a bar inside its cell, also in code and behind a backslash', () => {
    expect(
      table(
        ['a', 'b'],
        [
          [codeSpan('x|y'), escapeMarkdown('z|')],
          [codeSpan('\\|'), 'line\nbreak']
        ]
      )
    ).toBe(['| a | b |', '| --- | --- |', '| `x\\|y` | z&#124; |', '| `\\\u200b\\|` | line break |'].join('\n'))
  })
})

describe('clip', () => {
  it('never cuts a character in half and says that it cut', () => {
    expect(clip('abc', 3)).toBe('abc')
    expect(clip('abcd', 3)).toBe('ab…')
    expect(clip('a😀b', 3)).toBe('a…')
    expect(wholeCharacters('😀', 1)).toBe('')
  })
})
