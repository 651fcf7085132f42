import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import { asList, at, canonicalJson, parseJson } from '../../../src/json.ts'
import { decodeText, readYaml } from '../../../src/render/yaml/index.ts'
import { REFUSED, REFUSED_BY_US, SCALARS, STRUCTURES } from './cases.ts'

const values = (text: string) => readYaml(text, 'f.yaml').map(({ value }) => value)
const error = (text: string, file = 'f.yaml'): GitOpsError => {
  try {
    readYaml(text, file)
  } catch (thrown) {
    if (thrown instanceof GitOpsError) return thrown
    throw thrown
  }
  throw new Error(`no error for ${JSON.stringify(text)}`)
}

describe('reads a document as kubectl does', () => {
  test.each([...SCALARS, ...STRUCTURES])('$yaml', ({ yaml, json }) => {
    expect(values(yaml).map(canonicalJson)).toEqual([canonicalJson(parseJson(json))])
  })

  test('keeps integers beyond 2^53, up to int64', () => {
    expect(values('a: 9007199254740993\nb: 9007199254740991')).toEqual([{ a: 9007199254740993n, b: 9007199254740991 }])
    expect(values('a: 9223372036854775808')).toEqual([{ a: 2 ** 63 }])
  })

  test('gives every alias a value of its own', () => {
    const [value] = values('a: &x {k: {l: 1}}\nb: *x') as [{ a: { k: { l: number } }; b: { k: { l: number } } }]
    value.b.k.l = 2
    expect(value.a.k.l).toBe(1)
  })

  test('a key __proto__ is a key', () => {
    const [value] = values('__proto__: {polluted: true}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('refuses', () => {
  test.each([
    ...REFUSED.map((text) => `apiVersion: v1\n${text}`),
    ...REFUSED_BY_US.map((text) => text('apiVersion: v1'))
  ])('%j', (text) => {
    expect(error(text).message).toMatch(/^f\.yaml:\d+:\d+: /)
  })

  test('more aliases than a document could mean', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level}: &a${level} [${`*a${level - 1},`.repeat(level === 0 ? 0 : 10)}]`
    )
    expect(error(levels.join('\n')).message).toContain('too much of the document comes from aliases')
  })

  test('nesting that no object has', () => {
    expect(error('['.repeat(3000)).message).toBe('f.yaml:1:1001: the document is nested too deeply.')
    expect(error(Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')).message).toContain(
      'nested too deeply'
    )
  })
})

describe('splits a stream where kubectl does', () => {
  test('and says on which line each document begins', () => {
    const text = '# head\n---\n# Source: x\na: 1\n--- # comment\n\nb: 2\n---\n---\n# nothing\n---\n- c\n'
    expect(readYaml(text, 'f').map(({ value, line }) => [value, line])).toEqual([
      [{ a: 1 }, 4],
      [{ b: 2 }, 7],
      [['c'], 11 + 1]
    ])
  })

  test('the items of a list have lines of their own', () => {
    const [list] = readYaml('---\nkind: List\nitems:\n- a: 1\n\n- {a: 2}\n', 'f')
    const items = asList(at(list?.value, 'items')) ?? []
    expect(items.map((item) => list?.lineOf(item))).toEqual([4, 6])
    expect(list?.line).toBe(2)
  })

  test.each(['', '\n\n', '# only a comment\n', '---\n---\n', '\ufeff', '--- # a\n# b\n', 'null\n'])(
    '%j holds no documents',
    (text) => {
      expect(values(text)).toEqual([])
    }
  )

  test('a separator wins over the text around it', () => {
    expect(error('a: |\n  b\n---x\n').message).toBe(
      'f.yaml:3:4: only a comment may follow the document separator "---".'
    )
    expect(error('a: "b\n---\nc"\n').message).toBe('f.yaml:1:4: found unexpected end of stream.')
  })

  test('a byte order mark and Windows line ends do not count', () => {
    expect(values('\ufeffa: 1\r\n---\r\nb: |\r\n  x\r\n  y\r\n')).toEqual([{ a: 1 }, { b: 'x\ny\n' }])
  })

  test('a last line without an end has one in a block', () => {
    expect(values('a: |+\n  x')).toEqual([{ a: 'x\n' }])
  })
})

describe('reads JSON', () => {
  test('with numbers as Kubernetes has them', () => {
    expect(values('{"a": 9007199254740993, "b": 1e3, "c": 0.1, "d": 9223372036854775808}')).toEqual([
      { a: 9007199254740993n, b: 1000, c: 0.1, d: 2 ** 63 }
    ])
  })

  test('several values in a row, each with its line', () => {
    expect(readYaml('{"a":"}{"}\n\n{"b":[{}]}', 'f.json').map(({ value, line }) => [value, line])).toEqual([
      [{ a: '}{' }, 1],
      [{ b: [{}] }, 3]
    ])
  })

  test('what is no JSON after all is YAML', () => {
    expect(values('{a: 1}\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }])
    expect(values('{"mode": 0644}')).toEqual([{ mode: 420 }])
  })

  test('a lone surrogate is what the API server makes of it', () => {
    expect(values('{"a": "\\ud800x"}')).toEqual([{ a: '\ufffdx' }])
  })

  test('refuses duplicate keys, however they are written', () => {
    expect(error('{"a": 1,\n "b": {"a": 1},\n "\\u0061": 2}', 'f.json').message).toBe(
      'f.json:3:2: duplicate key "a" (the first one is, line 1).'
    )
    expect(values('{"a": [{"k": 1}, {"k": 2}]}')).toEqual([{ a: [{ k: 1 }, { k: 2 }] }])
  })

  test.each([
    ['{"a": 1,}', 'f.json:1:9: this is no valid JSON.'],
    ['{\n  "a": tru\n}', 'f.json:2:8: this is no valid JSON.'],
    ['{"a": "b', 'f.json:1:7: the string has no end.'],
    ['{"a": [1}', 'f.json:1:9: this is no valid JSON.'],
    ['{"a" 1}', 'f.json:1:6: this is no valid JSON.'],
    ['{"a": 01}', 'f.json:1:7: this is no valid JSON.'],
    ['{"a": "\tb"}', 'f.json:1:8: this is no valid JSON.'],
    ['{"a\\x": 1}', 'f.json:1:2: the key is no valid JSON string.'],
    ['{"a": {}', 'f.json:1:9: the JSON ends early.'],
    ['{"a": 1} x', 'f.json:1:10: this is no valid JSON.']
  ])('%s: %s', (text, message) => {
    expect(error(text, 'f.json').message).toBe(message)
  })
})

describe('says exactly where', () => {
  test.each([
    ['a: 1\nb: c: d\n', 'f.yaml:2:5: mapping values are not allowed in this context.', /Quote the value/],
    [
      'a:\n  b: 1\n c: 2\n',
      'f.yaml:3:2: did not find expected key (while parsing a block mapping, line 1).',
      /indentation/
    ],
    ['a: 1\nb\nc: 2\n', "f.yaml:2:1: could not find expected ':'.", /a key, a colon and a space/],
    ['a:\n\tb: 1\n', 'f.yaml:2:1: found character that cannot start any token.', /tab/],
    ['a: @b\n', 'f.yaml:1:4: found character that cannot start any token.', /begins with @ must stand in quotes/],
    ['a: "b\nc: d\n', 'f.yaml:1:4: found unexpected end of stream.', /never closed/],
    ['a: 1\nb: 2\n\na: 3\n', 'f.yaml:4:1: duplicate key "a" (the first one is, line 1).', undefined],
    ['a: {{ .Values.x }}\n', 'f.yaml:1:5: a key must not be a list or a mapping.', /template/],
    ['{{- if .Values.x }}\na: 1\n{{- end }}\n', 'f.yaml:1:3: did not find expected node content.', /template/],
    [
      '"a":"b"\n',
      'f.yaml:1:4: the document ends before this, so kubectl would ignore all that follows.',
      /colon needs a space/
    ],
    ['a: é\nb: "\\q"\n', 'f.yaml:2:5: found unknown escape character.', undefined],
    [
      '---\na: 1\n---\nb: [1\nc: 2\n',
      "f.yaml:5:2: did not find expected ',' or ']' (while parsing a flow sequence, line 4).",
      undefined
    ],
    ['a: b\u0000c', 'f.yaml:1:5: the control character U+0000 is not allowed.', undefined]
  ])('%j', (text, message, hint) => {
    const thrown = error(text)
    expect(thrown.message).toContain(message)
    if (hint) expect(thrown.hint).toMatch(hint)
  })

  test('as an annotation on that line', () => {
    const { annotations, message } = error('a: 1\nb: c: d\n')
    expect(annotations).toEqual([{ place: { file: 'f.yaml', line: 2, column: 5 }, message }])
  })

  test('and never shows a value, which may be a secret', () => {
    const secret = 'hunter2hunter2'
    for (const text of [
      `password: ${secret}: x`,
      `password: !!int ${secret}`,
      `password: "${secret}`,
      `password: [${secret}`,
      `a: ${secret}\n b: ${secret}: c`,
      `{"password": "${secret}",}`
    ]) {
      const thrown = error(text, 'f.json')
      expect([thrown.message, thrown.hint ?? '', ...thrown.details].join('\n')).not.toContain(secret)
    }
  })
})

describe('decodes bytes', () => {
  test.each([
    [Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x00]), /not valid UTF-16/],
    [Buffer.from([0x61, 0x3a, 0x20, 0xff]), /not valid UTF-8/],
    [Buffer.from([0x61, 0x3a, 0x20, 0xc3]), /not valid UTF-8/]
  ])('and refuses %j', (bytes, message) => {
    expect(() => decodeText(bytes, 'f.yaml')).toThrow(message)
  })
  test('of UTF-16, which PowerShell writes, and without the byte order mark', () => {
    const little = Buffer.from('\ufeffa: é\n', 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from('\ufeffa: é\n')])
      expect(decodeText(bytes, 'f.yaml')).toBe('a: é\n')
  })
})

describe('numbers of JSON', () => {
  test('that no double holds are refused: they would become null', () => {
    expect(error('{"a": 1,\n "b": -1e400}', 'f.yaml').message).toBe('f.yaml:2:7: the number is too large.')
    expect(error(`{"a": ${'9'.repeat(400)}}`, 'f.yaml').message).toContain('the number is too large')
    expect(values('{"a": 1e300, "b": 1e-400}')).toEqual([{ a: 1e300, b: 0 }])
  })
})
