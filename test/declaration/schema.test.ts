import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { declarationSchema } from '../../src/declaration/schema.ts'
import { asObject, at, isObject } from '../../src/json.ts'

const published = JSON.parse(readFileSync(new URL('../../schema/gitops.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(published)

test('the published schema is the one that the reader is made of (npm run docs writes it)', () => {
  expect(published).toEqual(JSON.parse(declarationSchema()))
})

test('every key has a description that an editor can show', () => {
  const bare: string[] = []
  function visit(schema: unknown, path: string): void {
    for (const [key, child] of Object.entries(asObject(at(schema, 'properties')) ?? {})) {
      if (isObject(child) && typeof child['description'] !== 'string') bare.push(`${path}.${key}`)
      visit(child, `${path}.${key}`)
    }
    for (const inner of ['items', 'additionalProperties'])
      if (isObject(at(schema, inner))) visit(at(schema, inner), path)
  }
  visit(published, '')
  expect(bare).toEqual([])
})

describe('the schema agrees with the reader about', () => {
  const target = (text: string) => `version: 1\nenvironments: {production: {targets: {web: ${text}}}}`
  test.each([
    ['a small declaration', target('{manifests: [a]}'), true],
    ['a declared chart', target('{helm: {chart: a, set: {replicas: 3}}, maxPrune: 10%, timeout: 1h30m}'), true],
    [
      "the sample's declaration",
      readFileSync(new URL('../../demo/repository/gitops.yaml', import.meta.url), 'utf8'),
      true
    ],
    ['an unknown key', target('{manifests: [a], prune_: true}'), false],
    ['no engine', target('{namespace: shop}'), false],
    ['two engines', target('{manifests: [a], helm: {chart: b}}'), false],
    ['a root module', target('{terraform: {directory: a, variables: {x: {from: b, output: y}, z: 3}}}'), true],
    ['half an output', target('{terraform: {directory: a, variables: {x: {from: b}}}}'), false],
    ['two engines of which one is no cluster', target('{manifests: [a], terraform: {directory: b}}'), false],
    ['a key of clusters elsewhere', target('{terraform: {directory: a}, namespace: b}'), false],
    ['one manifest of kops', target('{kops: {manifest: a, state: "s3://b"}}'), true],
    ['a number for a duration', target('{manifests: [a], timeout: 10}'), false],
    ['a percentage above 100', target('{manifests: [a], maxPrune: 101%}'), false],
    ['a rule that ignores nothing', `${target('{manifests: [a]}').slice(0, -2)}, ignore: [{kind: Job}]}}`, false],
    ['no environment', 'version: 1\nenvironments: {}', false],
    ['a name that is no DNS label', 'version: 1\nenvironments: {Prod: {targets: {web: {manifests: [a]}}}}', false]
  ])('%s', (_what, text, valid) => {
    const result = validate(parse(text))
    expect(result, JSON.stringify(validate.errors)).toBe(valid)
  })
})
