import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { truncateMarkdown, truncateMarkdownBytes } from '../../src/report/truncate.ts'

const NOTICE = '_Cut; the whole report is in the run._'

describe('truncateMarkdown', () => {
  it('leaves text alone that fits', () => {
    expect(truncateMarkdown('a\n\nb', 4, NOTICE)).toBe('a\n\nb')
  })

  it('cuts between blocks when little is lost by it', () => {
    const text = `${'word '.repeat(40)}\n\n${'next '.repeat(4)}\nline\n\n${'rest '.repeat(40)}`
    expect(truncateMarkdown(text, 290, NOTICE)).toBe(`${'word '.repeat(40)}\n\n${'next '.repeat(4)}\nline\n\n${NOTICE}`)
    expect(truncateMarkdown(text, 265, NOTICE)).toBe(`${'word '.repeat(40).trimEnd()}\n\n${NOTICE}`)
  })

  it('closes code blocks and folds that it cuts through', () => {
    const text = `<details><summary>x</summary>\n\n\`\`\`\`diff\n${'- line\n'.repeat(50)}\`\`\`\`\n\n</details>`
    const cut = truncateMarkdown(text, 200, NOTICE)
    expect(cut.length).toBeLessThanOrEqual(200)
    expect(cut).toMatch(/- line\n````\n\n<\/details>\n\n_Cut;[^\n]*$/)
  })

  it('closes a code block in a list item at the indent of the item', () => {
    const text = `- item\n\n  \`\`\`\n${'  line\n'.repeat(50)}  \`\`\``
    expect(truncateMarkdown(text, 120, NOTICE)).toMatch(/\n {2}line\n {2}```\n\n_Cut/)
  })

  it('never cuts inside an HTML comment: the rest of the text would be inside it', () => {
    const text = `before\n<!-- hidden\n${'line\n'.repeat(50)}-->\nafter`
    expect(truncateMarkdown(text, 100, NOTICE)).toBe(`before\n\n${NOTICE}`)
  })

  it('cuts a line that is too long by itself', () => {
    expect(truncateMarkdown('x'.repeat(100), 50, NOTICE)).toBe(`${'x'.repeat(9)}…\n\n${NOTICE}`)
    expect(truncateMarkdown(`\`\`\`${'x'.repeat(100)}`, 50, NOTICE)).toBe(NOTICE)
    expect(truncateMarkdown('x'.repeat(100), 10, NOTICE)).toBe(NOTICE.slice(0, 10))
  })

  const markdown = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '',
          '# head',
          '```',
          '````diff',
          '~~~',
          '<details><summary>s</summary>',
          '</details>',
          '| a | b |',
          '- x',
          '<!-- c',
          '-->'
        ),
        fc.constantFrom('  ```', '`<details>`', '<!-- one line -->', '😀'.repeat(20)),
        fc.string({ maxLength: 60 })
      ),
      { maxLength: 60 }
    )
    .map((lines) => lines.join('\n'))

  it('keeps to the limit, keeps a beginning of the text, and says that it cut', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 60, max: 600 }), (text, limit) => {
        const cut = truncateMarkdown(text, limit, NOTICE)
        expect(cut.length).toBeLessThanOrEqual(limit)
        if (text.length <= limit) {
          expect(cut).toBe(text)
          return
        }
        expect(cut.endsWith(NOTICE)).toBe(true)
        expect(cut.isWellFormed()).toBe(text.isWellFormed() || cut.isWellFormed())
        const kept = cut.slice(0, -NOTICE.length).replace(/(\n *(`{3,}|~{3,}))?(\n\n<\/details>)*\n\n$|…\n\n$/, '')
        expect(text.startsWith(kept)).toBe(true)
      }),
      { numRuns: 500 }
    )
  })

  it('leaves nothing open that would swallow the notice', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 60, max: 400 }), (text, limit) => {
        const cut = truncateMarkdown(text, limit, NOTICE)
        if (text.length > limit) expect(openAtEnd(cut)).toEqual({ fence: undefined, comment: false, details: 0 })
      }),
      { numRuns: 500 }
    )
  })

  it('keeps to a limit in bytes as well', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 60, max: 600 }), (text, limit) => {
        const cut = truncateMarkdownBytes(text, limit, NOTICE)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit)
        if (Buffer.byteLength(text) <= limit) expect(cut).toBe(text)
      })
    )
  })
})

/** What a reader of the text finds open at its end: written apart from the code under test, character by character. */
function openAtEnd(text: string) {
  let fence: string | undefined
  let comment = false
  let depth = 0
  for (let line of text.split('\n')) {
    if (comment) {
      if (!line.includes('-->')) continue
      line = line.slice(line.indexOf('-->') + 3)
      comment = false
    }
    const bare = line.trim()
    const run = /^(`+|~+)/.exec(bare)?.[0] ?? ''
    if (fence !== undefined) {
      if (run === bare && run.startsWith(fence)) fence = undefined
      continue
    }
    if (run.length >= 3 && !(run.startsWith('`') && bare.slice(run.length).includes('`'))) {
      fence = run
      continue
    }
    for (const [token] of line.replaceAll('`<details>`', '').matchAll(/<!--.*?-->|<!--|<details>|<\/details>/g)) {
      if (token === '<!--') comment = true
      if (token === '<details>') depth += 1
      if (token === '</details>') depth = Math.max(depth - 1, 0)
    }
  }
  return { fence, comment, details: depth }
}
