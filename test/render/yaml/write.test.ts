import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { canonicalJson, type Json, type JsonObject } from '../../../src/json.ts'
import { readYaml } from '../../../src/render/yaml/index.ts'
import { writeYaml } from '../../../src/render/yaml/write.ts'

describe('writes YAML', () => {
  test('that people can read, keys sorted, what an object is first', () => {
    const object = {
      spec: { ports: [{ port: 80, name: 'http' }], empty: {}, none: [], nested: [['a'], []] },
      metadata: { name: 'web', annotations: { note: 'two\nlines\n', version: '1.10', on: 'yes' } },
      kind: 'Service',
      apiVersion: 'v1'
    }
    expect(writeYaml(object)).toBe(`apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    note: |
      two
      lines
    "on": "yes"
    version: "1.10"
spec:
  empty: {}
  nested:
    -
      - a
    - []
  none: []
  ports:
    - name: http
      port: 80
`)
  })

  test.each([
    '0644',
    'yes',
    'y',
    'null',
    '',
    '~',
    '1_000',
    '0x1F',
    '1e3',
    '.5',
    '12:30',
    '2001-01-01',
    '<<',
    '-',
    'a: b',
    'a #b',
    ' a',
    'a ',
    '*x',
    '!x',
    '|',
    '{a}',
    '---',
    'é',
    '\t',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\x7f',
    '0o17',
    '1.2.3'
  ])('the text %j stays the text it is', (text) => {
    expect(readYaml(writeYaml({ a: text }), 'f')[0]?.value).toEqual({ a: text })
    // A reader of YAML 1.2 agrees.
    expect(parse(writeYaml({ a: text }))).toEqual({ a: text })
  })

  test('reads back as the same value, whatever it is', () => {
    fc.assert(
      fc.property(jsonObject, (object) => {
        const documents = readYaml(writeYaml(object), 'f')
        expect(documents.map(({ value }) => canonicalJson(value))).toEqual([canonicalJson(object)])
      }),
      { numRuns: 2000 }
    )
  })

  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(jsonObject, (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse())
        expect(writeYaml(reversed)).toBe(writeYaml(object))
      }),
      { numRuns: 200 }
    )
  })
})

const line = fc.oneof(
  fc.constantFrom('', '  ', '\t', ' b', '# d', '- e', 'f: g', '---', '...', '\r', '{{ x }}', '\u2028'),
  fc.string({ maxLength: 8 })
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((one) => one.toWellFormed()),
  fc.string({ maxLength: 8 }),
  fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'))
)
const key = text.filter((one) => one !== '__proto__')
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((one) => (Number.isSafeInteger(Number(one)) ? Number(one) : one))
)
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true })
  )
}))
const jsonObject: fc.Arbitrary<JsonObject> = fc.dictionary(key, value, {
  minKeys: 1,
  maxKeys: 4,
  noNullPrototype: true
})
