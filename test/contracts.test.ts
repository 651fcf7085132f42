import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { asObject, asString, at } from '../src/json.ts'

const ROOT = path.dirname(import.meta.dirname)
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const ACTIONS = globSync('actions/*/contract.ts', { cwd: ROOT })
  .map((file) => path.basename(path.dirname(file)))
  .sort()

/** Actions that write to nothing that a killed run would have to let go of. */
const READING = ['build-image', 'render-helm']

function metadataOf(name: string): unknown {
  return parse(read(name === 'root' ? 'action.yml' : `actions/${name}/action.yml`))
}

/** What main.ts leads to inside src/action and actions, where inputs are read and outputs set; without types, which do neither. */
function sourcesOf(name: string): string {
  const seen = new Set<string>()
  const queue = [`actions/${name}/main.ts`]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    for (const [, specifier = ''] of read(file).matchAll(/from '(\.{1,2}\/[^']+)'/g)) {
      const next = path.join(path.dirname(file), specifier)
      if (next.startsWith('actions/') || next.startsWith('src/action/')) queue.push(next)
    }
  }
  seen.delete(`actions/${name}/contract.ts`)
  return [...seen]
    .map(read)
    .join('\n')
    .replace(/^(export )?type [\s\S]*?(?=\n\n)/gm, '')
    .replace(/<[^<>]*'[^<>]*>/g, '')
}

/** The first column of a table between markers of a README. */
function documented(name: string, table: 'inputs' | 'outputs'): string[] {
  const text = read(`actions/${name}/README.md`)
  const between = text.slice(text.indexOf(`<!-- ${table} -->`), text.indexOf(`<!-- /${table} -->`))
  return [...between.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '')
}

test('the actions of the design are there', () => {
  expect(ACTIONS).toEqual([
    'build-image',
    'cloudformation-update',
    'deploy',
    'drift-check',
    'kops-update',
    'render-helm',
    'root',
    'terraform-update'
  ])
})

describe.each(ACTIONS)('%s', (name) => {
  const metadata = metadataOf(name)
  const inputs = asObject(at(metadata, 'inputs')) ?? {}
  const outputs = asObject(at(metadata, 'outputs')) ?? {}

  test('action.yml, contract.ts and the README say the same', async () => {
    const contract = await import(`../actions/${name}/contract.ts`)
    expect([...contract.INPUTS].sort()).toEqual(Object.keys(inputs).sort())
    expect([...contract.OUTPUTS].sort()).toEqual(Object.keys(outputs).sort())
    expect(documented(name, 'inputs')).toEqual(Object.keys(inputs))
    expect(documented(name, 'outputs')).toEqual(Object.keys(outputs))
  })

  test('every input is read and every output is set', () => {
    const sources = sourcesOf(name)
    const unread = Object.keys(inputs).filter((input) => !sources.includes(`'${input}'`))
    expect(unread, 'inputs that nothing reads').toEqual([])
    const unset = Object.keys(outputs).filter((output) => !new RegExp(`'${output}'|\\b${output}[:,]`).test(sources))
    expect(unset, 'outputs that nothing sets').toEqual([])
  })

  test('runs on Node 24 from its own bundle', () => {
    expect(at(metadata, 'runs', 'using')).toBe('node24')
    const place = name === 'root' ? '' : `actions/${name}`
    expect(path.join(place, asString(at(metadata, 'runs', 'main')) ?? '')).toBe(`dist/${name}/index.js`)
  })

  test('what writes has a post step, which also runs when the job was cancelled', () => {
    if (!existsSync(path.join(ROOT, 'actions', name, 'post.ts'))) {
      expect(READING).toContain(name)
      expect(at(metadata, 'runs', 'post')).toBeUndefined()
      return
    }
    const place = name === 'root' ? '' : `actions/${name}`
    expect(path.join(place, asString(at(metadata, 'runs', 'post')) ?? '')).toBe(`dist/${name}/post.js`)
    expect(at(metadata, 'runs', 'post-if')).toBe('always()')
  })

  test('every input and output is described, and says whether it is required', () => {
    for (const [input, rules] of Object.entries(inputs)) {
      expect(asString(at(rules, 'description'))?.trim(), input).toBeTruthy()
      expect(typeof at(rules, 'required'), input).toBe('boolean')
      if (at(rules, 'required') === true) expect(at(rules, 'default'), input).toBeUndefined()
      else expect(typeof at(rules, 'default'), `${input}: defaults are strings`).toBe('string')
    }
    for (const [output, rules] of Object.entries(outputs))
      expect(asString(at(rules, 'description')), output).toBeTruthy()
  })
})
