/**
 * YAML as nobody would write it, from a seed: every construct beside every other, now and then broken. About half of
 * it is valid.
 */
export function randomYaml(seed: number): string {
  const random = mulberry32(seed)
  const below = (count: number) => Math.floor(random() * count)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
  const chance = (probability: number) => random() < probability

  function block(depth: number, indent: number): string {
    const space = ' '.repeat(indent)
    const isList = chance(0.3)
    let text = ''
    for (let entries = 1 + below(3); entries > 0; entries--) {
      if (chance(0.04)) text += pick(['\n', '# c\n', `${space}# c\n`])
      const head = isList ? `${space}-` : `${space}${pick(KEYS)}:`
      const anchor = pick(['', '', '', '', ' &a', ' &b', ' !!map', ' !own'])
      if (depth > 0 && chance(0.4)) text += `${head}${anchor}\n${block(depth - 1, indent + pick([1, 2, 2, 4]))}`
      else
        text += `${head}${pick([' ', ' ', ' ', '  ', '\t'])}${pick(SCALARS)}${pick(['\n', '\n', '\n', ' # c\n', ' \n', '\r\n'])}`
    }
    return text
  }

  let text = block(2, 2)
  for (let edits = chance(0.25) ? 1 + below(2) : 0; edits > 0; edits--) {
    const at = below(text.length + 1)
    text = chance(0.5) ? text.slice(0, at) + pick(EDITS) + text.slice(at) : text.slice(0, at) + text.slice(at + 1)
  }
  // An edit may have cut a character in two.
  return text.toWellFormed()
}

const KEYS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  '"q"',
  "'s'",
  'yes',
  '<<',
  '0644',
  '1.5',
  '1e6',
  '? x',
  '&k k',
  '"a: b"',
  'é',
  '2001-01-01',
  '!!str 1',
  '=',
  'a b'
]

const SCALARS = [
  '0644',
  'yes',
  'no',
  'y',
  '~',
  '',
  '1',
  '-1',
  '0o17',
  '1_000',
  '0x1F',
  '.5',
  '.1_000',
  '1e3',
  '1.0',
  '2001-01-01',
  '=',
  '<<',
  '"x"',
  "'y'",
  '"a\\nb"',
  'a b',
  'a:b',
  'a#b',
  '!!str 1',
  '!!int 3',
  '!own x',
  '&a v',
  '*a',
  '*b',
  '"x: y"',
  '-a',
  '::',
  '{a: b}',
  '[a, b]',
  '{a: b, c}',
  '[a: b]',
  '{"a":1}',
  '{a:1}',
  '|\n        lit\n        two',
  '>\n        fold\n        two\n\n        x',
  '|-\n        l',
  '|+\n        l\n',
  '>-\n        f\n         g\n        h',
  '"multi\n        line"',
  "'multi\n\n        line'",
  'plain\n        multi\n        line',
  'x%',
  'x@',
  'a,b',
  'x\ty',
  '"\\x41\\u00e9"',
  'é',
  '😀',
  '1e400',
  '08',
  '0b11',
  '+1',
  '1.',
  '..',
  '9223372036854775807',
  '18446744073709551616',
  '1__0',
  'Null',
  'tRue',
  '!!float 3',
  '!!bool yes',
  '!!binary aGk=',
  '! 12',
  '&a !!str 1',
  "''",
  "'it''s'",
  '+.5',
  '1:30',
  '[a,b,]',
  '[a\n        ,b]',
  '{a: [b, {c: d}]}',
  '[&a x, *a]',
  '"a\\\n        b"'
]

const EDITS = [
  ' ',
  '\n',
  ':',
  '-',
  '#',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '\t',
  '?',
  'x',
  '\\',
  '.',
  ': ',
  '- ',
  '\n  '
]

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}
