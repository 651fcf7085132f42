import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)

interface Import {
  readonly from: string
  readonly to: string
}

/** Every relative import of the sources (static, dynamic, re-export, type), as paths below the repository. */
const imports: readonly Import[] = globSync(['src/**/*.ts', 'actions/*/*.ts'], { cwd: ROOT })
  .sort()
  .flatMap((from) => {
    const text = readFileSync(path.join(ROOT, from), 'utf8')
    const specifiers = [...text.matchAll(/(?:from|import\(|import)\s*'(\.{1,2}\/[^']+)'/g)].map(
      (match) => match[1] ?? ''
    )
    return specifiers.map((specifier) => ({ from, to: path.join(path.dirname(from), specifier) }))
  })

/** Imports from one part of the sources into another that must not know it. */
function forbidden(from: string, to: readonly string[]): string[] {
  return imports
    .filter((one) => one.from.startsWith(from) && to.some((prefix) => one.to.startsWith(prefix)))
    .map((one) => `${one.from} imports ${one.to}`)
}

test('the imports are found', () => {
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.some((one) => one.from === 'actions/deploy/main.ts' && one.to === 'src/action/run.ts')).toBe(true)
})

describe('import directions (design §3)', () => {
  const rules: [from: string, to: string[]][] = [
    ['src/targets/', ['src/loop/', 'src/github/', 'src/report/', 'src/action/', 'src/declaration/', 'src/image/']],
    ['src/render/', ['src/targets/', 'src/loop/', 'src/github/', 'src/report/', 'src/action/', 'src/declaration/']],
    ['src/image/', ['src/targets/', 'src/loop/', 'src/github/', 'src/action/', 'src/declaration/']],
    [
      'src/toolchain/',
      ['src/targets/', 'src/render/', 'src/image/', 'src/loop/', 'src/github/', 'src/report/', 'src/action/']
    ],
    ['src/report/', ['src/loop/', 'src/github/', 'src/action/', 'src/declaration/', 'src/targets/kubernetes/']],
    ['src/github/', ['src/loop/', 'src/action/', 'src/declaration/', 'src/targets/kubernetes/']],
    ['src/declaration/', ['src/loop/', 'src/github/', 'src/report/', 'src/action/', 'src/render/', 'src/image/']],
    ['src/loop/', ['src/action/', 'src/github/']],
    ['src/', ['actions/', 'test/', 'scripts/']]
  ]
  test.each(rules)('%s imports none of %j', (from, to) => {
    expect(forbidden(from, to)).toEqual([])
  })

  test('above the targets only the units, their engines and the connections know an engine', () => {
    const knowing = imports
      .filter((one) => one.from.startsWith('src/loop/') && one.to.startsWith('src/targets/kubernetes/'))
      .map((one) => one.from)
    expect([...new Set(knowing)]).toEqual([
      'src/loop/connections.ts',
      'src/loop/engine.ts',
      'src/loop/kubernetes-unit.ts',
      'src/loop/neighbours.ts',
      'src/loop/reproducible.ts',
      'src/loop/retired.ts'
    ])
  })

  test("GitHub's client library is loaded only when something asks for it", () => {
    const static_ = globSync('src/**/*.ts', { cwd: ROOT })
      .filter((file) => /from '(@actions\/github|@octokit)/.test(readFileSync(path.join(ROOT, file), 'utf8')))
      .filter((file) => !file.startsWith('src/github/octokit/'))
    expect(static_).toEqual([])
    expect(
      imports.filter((one) => one.to.startsWith('src/github/octokit/') && !one.from.startsWith('src/github/'))
    ).toEqual([])
  })
})

test('main.ts files hold no logic: inputs, one call, outputs', () => {
  for (const file of globSync('actions/*/main.ts', { cwd: ROOT })) {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    expect(text.split('\n').length, file).toBeLessThan(45)
    expect(text, file).not.toMatch(/\b(for|while|switch|catch)\b|=> \{[\s\S]*=> \{[\s\S]*=> \{/)
  }
})
