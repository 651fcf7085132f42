import { expect, test } from 'vitest'
import { selectEnvironments, selectTargets } from '../../src/declaration/index.ts'
import { suggest } from '../../src/suggest.ts'
import { environmentOf, targetOf } from '../loop/doubles.ts'

const declaration = {
  environments: new Map([
    ['staging', environmentOf({ web: targetOf() })],
    ['production', environmentOf({ web: targetOf(), api: targetOf() })]
  ])
}

function names(wanted: string[]): string[] {
  return selectEnvironments(declaration, wanted).map(([name]) => name)
}

test('environments are chosen by name, by "all", in the order of the declaration', () => {
  expect(names(['production'])).toEqual(['production'])
  expect(names(['production', 'staging'])).toEqual(['staging', 'production'])
  expect(names(['all'])).toEqual(['staging', 'production'])
})

test('an only environment need not be named, one of several must', () => {
  const only = { environments: new Map([...declaration.environments].slice(0, 1)) }
  expect(selectEnvironments(only, []).map(([name]) => name)).toEqual(['staging'])
  expect(() => names([])).toThrow('Several environments are declared (staging, production), and none was chosen.')
})

test('an unknown name is refused with what was probably meant', () => {
  expect(() => names(['prodution'])).toThrow('names "prodution", which is not declared. Did you mean "production"?')
})

test('chosen targets leave the others out', () => {
  const production = environmentOf({ web: targetOf(), api: targetOf() })
  expect([...selectTargets(production, ['api']).targets.keys()]).toEqual(['api'])
  expect(selectTargets(production, [])).toBe(production)
  expect(() => selectTargets(production, ['wep'])).toThrow('Did you mean "web"?')
})

test.each([
  ['depends-on', 'dependsOn'],
  ['contxet', 'context'],
  ['Images', 'images'],
  ['namespce', 'namespace'],
  ['zzz', undefined],
  ['x', undefined]
])('suggests for %s: %s', (word, expected) => {
  expect(suggest(word, ['dependsOn', 'context', 'images', 'namespace'])).toBe(expected)
})
