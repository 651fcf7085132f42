import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepare } from '../../../src/targets/terraform/surroundings.ts'
import { silent } from './support.ts'

let checkout: string
beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'surroundings-test-'))
})
afterEach(() => rmSync(checkout, { recursive: true }))

function prepared(more: Partial<Parameters<typeof prepare>[0]> = {}) {
  return prepare({
    id: 'main',
    environment: 'test',
    checkout,
    directory: '.',
    engine: 'auto',
    variables: new Map(),
    varFiles: [],
    backendConfig: [],
    allowDestroy: false,
    lockTimeout: 0,
    timeout: 1,
    source: {},
    secretKey: Buffer.from('key'),
    temporary: path.join(checkout, 'temporary'),
    exec: () => Promise.reject(new Error('nothing is run')),
    log: silent,
    env: {},
    ...more
  })
}

test('the inputs of the action, its token among them, are passed on to nobody', async () => {
  const env = { 'INPUT_GITHUB-TOKEN': 'ghs_x', HOME: '/home/a', TF_VAR_size: 'large' }
  const given = (await prepared({ env })).env
  expect(given).toMatchObject({ HOME: '/home/a', TF_VAR_size: 'large', TF_INPUT: '0', TF_IN_AUTOMATION: '1' })
  expect(JSON.stringify(given)).not.toContain('ghs_x')
})

test('values of variables stand in the environment alone, quoted for whoever reads TF_CLI_ARGS', async () => {
  const { env, planArguments } = await prepared({ variables: new Map([['a', "it's $HOME"]]) })
  expect(env['TF_VAR_a']).toBe("it's $HOME")
  expect(env['TF_CLI_ARGS_plan']).toBe(`-var 'a=it'\\''s $HOME'`)
  expect(planArguments).toEqual([])
})

test('variables that are longer than the environment can be are refused by name', async () => {
  const variables = new Map([
    ['size', 'large'],
    ['policy', 'x'.repeat(140_000)]
  ])
  await expect(prepared({ variables })).rejects.toThrow(/ have 140,\d+ bytes, most of them in "policy"; 131,000 can be/)
})

test('settings of the backend are one file for its owner alone', async () => {
  const { initArguments } = await prepared({ backendConfig: ['bucket=states', `secret_key = a"b$\{c}`] })
  const [, file = ''] = /^-backend-config=(.*)$/.exec(initArguments[0] ?? '') ?? []
  expect(readFileSync(file, 'utf8')).toBe('bucket = "states"\nsecret_key = "a\\"b$${c}"\n')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('the cache of providers is used without a lock file too', async () => {
  const breaking = async () => (await prepared()).env['TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE']
  expect(await breaking()).toBe('1')
  writeFileSync(path.join(checkout, '.terraform.lock.hcl'), '')
  expect(await breaking()).toBeUndefined()
})

test.each<[string, Partial<Parameters<typeof prepare>[0]>, string]>([
  ['a name that is none', { variables: new Map([['a b', '']]) }, '"a b" is no name of a variable'],
  ['a file that is not there', { varFiles: ['none.tfvars'] }, 'none.tfvars (var-files) does not exist.'],
  ['a file outside', { varFiles: ['../a.tfvars'] }, 'leaves the workspace'],
  ['a backend file that is not there', { backendConfig: ['none.hcl'] }, 'none.hcl (backend-config) does not exist.']
])('%s is refused', async (_name, options, message) => {
  await expect(prepared(options)).rejects.toThrow(message)
})
