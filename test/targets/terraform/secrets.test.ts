import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { givenSecrets, secretVariables } from '../../../src/targets/terraform/secrets.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'secrets-test-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const write = (name: string, content: string) => writeFileSync(path.join(directory, name), content)

describe('variables that are declared as secret', () => {
  test.each([
    ['sensitive', 'variable "a" {\n  type = string\n  sensitive = true\n}', ['a']],
    ['ephemeral', 'variable "a" {\n  ephemeral=true\n}', ['a']],
    ['in one line', 'variable "a" { sensitive = true }', ['a']],
    [
      'after a block of their own',
      'variable "a" {\n  validation {\n    condition = true\n  }\n  sensitive = true\n}',
      ['a']
    ],
    ['beside others', 'variable "a" {}\nvariable "b" {\n  sensitive = true\n}\nvariable "c" {}', ['b']],
    ['not, as they say', 'variable "a" {\n  sensitive = false\n}', []],
    ['in a comment only', 'variable "a" {\n  # sensitive = true\n  /*\n  sensitive = true\n  */\n}', []],
    ['in a text only', 'variable "a" {\n  description = "} sensitive = true"\n}', []],
    [
      'behind a text with a brace and a hash',
      'variable "a" {\n  description = "a } # b"\n  sensitive = true\n}',
      ['a']
    ],
    ['elsewhere', 'output "a" {\n  sensitive = true\n}', []]
  ])('%s', async (_name, text, names) => {
    write('main.tf', text)
    expect(await secretVariables(directory)).toEqual(names)
  })

  test('in JSON and in files of OpenTofu', async () => {
    write('a.tf.json', '{"variable": {"a": {"sensitive": true}, "b": {}}}')
    write('b.tofu', 'variable "c" {\n  sensitive = true\n}')
    write('broken.tf.json', '{"variable": ')
    write('notes.txt', 'variable "d" {\n  sensitive = true\n}')
    expect((await secretVariables(directory)).sort()).toEqual(['a', 'c'])
  })
})

test('their values are known from the inputs, else from the environment, whole and in parts', async () => {
  write('main.tf', ['a', 'b', 'c', 'd'].map((name) => `variable "${name}" {\n  sensitive = true\n}\n`).join(''))
  const variables = new Map([
    ['a', 'from the input'],
    ['c', '{"user": "app", "passwords": ["one", "two"]}'],
    ['open', 'to all']
  ])
  const env = { TF_VAR_a: 'not this', TF_VAR_b: 'from the environment', TF_VAR_open: 'no' }
  expect(await givenSecrets({ variables, backendConfig: [] }, directory, env)).toEqual([
    'from the input',
    'from the environment',
    '{"user": "app", "passwords": ["one", "two"]}',
    'app',
    'one',
    'two'
  ])
})

test('credentials among the settings of the backend are secret, and its other settings are not', async () => {
  const backendConfig = ['secret_key = abc', 'bucket=states', 'sas_token=sv=1&sig=x', 'region=eu-west-1', 'backend.hcl']
  expect(await givenSecrets({ variables: new Map(), backendConfig }, directory, {})).toEqual(['abc', 'sv=1&sig=x'])
})
