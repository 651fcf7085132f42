import { describe, expect, it } from 'vitest'
import { asList, isObject, type Json, stringifyJson } from '../../../src/json.ts'
import { splitDocuments } from '../../../src/render/yaml/documents.ts'
import { parseDocument } from '../../../src/render/yaml/parser.ts'
import { readSimple } from '../../../src/render/yaml/simple.ts'
import { DocumentError } from '../../../src/render/yaml/tokens.ts'
import { randomYaml } from './random.ts'

/** What the whole grammar says: the value and where its mappings begin, or that there is an error. */
function parsed(text: string): string {
  const starts = new WeakMap<object, number>()
  try {
    return told(parseDocument(text, { starts }), starts)
  } catch (error) {
    if (error instanceof DocumentError) return 'an error'
    throw error
  }
}

function told(value: Json, starts: WeakMap<object, number>): string {
  const places: (number | undefined)[] = []
  const visit = (one: Json): void => {
    if (isObject(one)) places.push(starts.get(one))
    for (const child of asList(one) ?? (isObject(one) ? Object.values(one) : [])) visit(child)
  }
  visit(value)
  return `${stringifyJson(value)} ${stringifyJson(places.map((place) => place ?? null))}`
}

/** 1 when the text was simple. @throws when the two disagree */
function compare(text: string): number {
  const starts = new WeakMap<object, number>()
  const value = readSimple(text, starts)
  if (value === undefined) return 0
  const [simple, whole] = [told(value, starts), parsed(text)]
  if (simple !== whole) throw new Error(`${JSON.stringify(text)}\nsimple: ${simple}\nparser: ${whole}`)
  return 1
}

describe('documents that use little of YAML are read as the whole grammar reads them', () => {
  it.each([
    [
      'a Deployment',
      'apiVersion: apps/v1\nspec:\n  template:\n    containers:\n    - name: a\n      args: [-c, "x y", 1]\n'
    ],
    ['lists in lists', 'a:\n- - 1\n  - b: 2\n    c: 3\n-\n  - x\n- y\n'],
    ['a separator, comments and blank lines', '--- # of web\n# c\na: 1 # one\n\n  # deeper\nb:\n  # c\n  c: d#e\n'],
    ['literal blocks', 'a: |\n\n  x\n   y\n\n  z  \n\nb: |-\n  x\n\nc: |+\n  x\n\n\nd: "e"\n'],
    ['what stands in quotes', `a: 'it''s'\nb: "x: y # z"\nc: ''\nd: '0644'\n`],
    ['escapes', 'a: "x\\ny \\"z\\" \\\\n\\t"\n'],
    ['empty values', 'a:\nb: {}\nc: []\nd: ~\ne: # c\nf:\n- \n-\n'],
    [
      'scalars of all kinds',
      'a: 0644\nb: yes\nc: 1e3\nd: 9007199254740993\ne: -a\nf: a:b\ng: http://x/y?z={1}\nh: 1.10\n'
    ]
  ])('%s', (_what, text) => {
    expect(compare(text)).toBe(1)
  })

  it.each([
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['folded blocks', 'a: >\n  x\n'],
    ['scalars of several lines', 'a: b\n  c\n'],
    ['quotes over several lines', 'a: "b\n  c"\n'],
    ['escapes of characters', 'a: "\\u00e9"\n'],
    ['merge keys', 'a:\n  <<: {b: 1}\n'],
    ['tabs', 'a:\tb\n'],
    ['keys that are no text', 'yes: 1\n'],
    ['duplicate keys', 'a: 1\na: 2\n'],
    ['the end of a document', 'a: 1\n...\n'],
    ['infinity', 'a: .inf\n'],
    ['values that look like keys', 'a: b: c\n'],
    ['a list where a key is expected', 'a: 1\n- b\n'],
    ['indentation that fits nothing', 'a:\n    b: 1\n  c: 2\n'],
    ['a literal block that begins too deep', 'a: |\n      \n  x\n'],
    ['a prototype', '__proto__: 1\n']
  ])('%s are left to the parser', (_what, text) => {
    expect(compare(text)).toBe(0)
  })

  it('whatever anybody writes', () => {
    let simple = 0
    for (let seed = 1; seed <= 20_000; seed++) simple += compareAll(randomYaml(seed))
    for (let seed = 1; seed <= 20_000; seed++) simple += compareAll(plainYaml(seed))
    // Else this would prove little.
    expect(simple).toBeGreaterThan(10_000)
  })
})

function compareAll(source: string): number {
  return splitDocuments(source).chunks.reduce((sum, { text }) => sum + compare(text), 0)
}

/** The same as `randomYaml` with less that is odd in it, and more depth. */
function plainYaml(seed: number): string {
  let state = seed
  const below = (count: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? ''
  const block = (depth: number, indent: number): string => {
    const space = ' '.repeat(indent)
    const isList = below(3) === 0
    const keys = [...'abcdefgh']
    let text = ''
    for (let entry = 0; entry <= below(4); entry++) {
      if (below(8) === 0) text += pick(['\n', '# c\n', `${space} # c\n`, '  \n'])
      const head = isList ? `${space}-` : `${space}${below(40) === 0 ? 'a' : keys[entry]}:`
      if (depth > 0 && below(2) === 0) {
        const deeper = block(depth - 1, indent + (below(30) === 0 ? 1 : 2))
        text += isList && below(2) === 0 ? `${head} ${deeper.trimStart()}` : `${head}\n${deeper}`
      } else text += `${head} ${pick(below(60) === 0 ? ODD : PLAIN).replaceAll('%', space)}\n`
    }
    return text
  }
  return block(3, 0)
}

const PLAIN = [
  ...[
    '1',
    'a',
    'a b',
    "'q'",
    '"q"',
    '[a, -1, "b"]',
    '{}',
    '[]',
    '',
    '# c',
    'x #c',
    "it's",
    'é',
    '-1',
    'a:b',
    '0644',
    'on'
  ],
  ...[
    '|\n%  x\n%\n%   y\n',
    '|-\n%  x\n\n',
    '|+\n%  x\n\n',
    '|\n\n%    x\n%      \n%   \n%    y',
    "'a ''b'''",
    '"\\n\\"x\\\\"',
    ':x'
  ]
]
const ODD = [
  '- a',
  'a: b',
  '-',
  "'",
  '"',
  '>-\n%  f',
  ': a',
  'a:',
  '|+\n% x\n\n',
  '|\n%      \n%  x',
  '[a',
  '{a: b}',
  '&a b'
]
