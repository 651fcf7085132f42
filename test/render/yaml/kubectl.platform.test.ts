import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import { asObject, asString, at, canonicalJson } from '../../../src/json.ts'
import { decodeText, readYaml } from '../../../src/render/yaml/index.ts'
import { readJsonStream } from '../../../src/render/yaml/json.ts'
import { writeYaml } from '../../../src/render/yaml/write.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import { usePlatform } from '../../platform/use.ts'
import { folder } from '../support.ts'
import { REFUSED, REFUSED_BY_US, SCALARS, STRUCTURES } from './cases.ts'
import { randomYaml } from './random.ts'

const platform = usePlatform()

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: '

/** What kubectl reads from each text, as canonical JSON; undefined where it refuses it. One run for all. */
async function kubectl(texts: readonly (string | Buffer)[]): Promise<(string | undefined)[]> {
  const directory = folder()
  const files = path.join(directory, 'files')
  mkdirSync(files)
  for (const [index, text] of texts.entries()) writeFileSync(path.join(files, `${index}.yaml`), text)
  const { stdout } = await exec(
    platform.bin.kubectl,
    ['create', '--kubeconfig', platform.kubeconfig, '--dry-run=client', '--validate=false', '-o', 'json', '-f', files],
    { allowFailure: true }
  )
  const found = new Map<string, string>()
  for (const { value } of readJsonStream(stdout)) {
    const items = at(value, 'kind') === 'List' ? at(value, 'items') : [value]
    for (const item of Array.isArray(items) ? items : [])
      found.set(asString(at(item, 'metadata', 'name')) ?? '', canonicalJson(content(item)))
  }
  return texts.map((_, index) => found.get(`case-${index}`))
}

function ours(text: string): string | undefined {
  try {
    const [document] = readYaml(text, 'f.yaml')
    return document && canonicalJson(content(document.value))
  } catch (error) {
    if (error instanceof GitOpsError) return undefined
    throw error
  }
}

/** Without what kubectl adds to every object. */
function content(value: unknown) {
  const { metadata: _metadata, ...rest } = asObject(value) ?? {}
  return rest
}

describe('YAML means what it means to kubectl', () => {
  test('in every case of the table', async () => {
    const texts = [...SCALARS, ...STRUCTURES].map(({ yaml }, index) => `${HEAD}case-${index}\n${yaml}\n`)
    const theirs = await kubectl(texts)
    expect(Object.fromEntries(texts.map((text, index) => [text, theirs[index]]))).toEqual(
      Object.fromEntries(texts.map((text) => [text, ours(text)]))
    )
    expect(theirs).not.toContain(undefined)
  })

  test('and what it refuses is refused', async () => {
    const texts = REFUSED.map((yaml, index) => `${HEAD}case-${index}\n${yaml}\n`)
    expect(await kubectl(texts)).toEqual(texts.map(() => undefined))
    expect(texts.map(ours)).toEqual(texts.map(() => undefined))
  })

  test('only what it would drop without a word is refused by us alone', async () => {
    const texts = REFUSED_BY_US.map((text, index) => text(`${HEAD}case-${index}`))
    const theirs = await kubectl(texts)
    expect(theirs).not.toContain(undefined)
    expect(texts.map(ours)).toEqual(texts.map(() => undefined))
  })

  test('in generated documents', async () => {
    const texts = Array.from({ length: 1500 }, (_, index) => `${HEAD}case-${index}\nv:\n${randomYaml(index)}`)
    const theirs = await kubectl(texts)
    const differences: string[] = []
    let taken = 0
    for (const [index, text] of texts.entries()) {
      const own = ours(text)
      if (own !== undefined) taken++
      // What we alone refuse is one of two things.
      if (own !== theirs[index] && !(own === undefined && isDropped(text)))
        differences.push(`${JSON.stringify(text)}\n  ${own}\n  ${theirs[index]}`)
    }
    expect(differences).toEqual([])
    expect(taken).toBeGreaterThan(300)
  })

  test('and what we write reads as it should', async () => {
    const texts = Array.from({ length: 300 }, (_, index) => {
      const value = generated(index)
      return {
        yaml: writeYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `case-${index}` }, v: value }),
        value
      }
    })
    const theirs = await kubectl(texts.map(({ yaml }) => yaml))
    expect(theirs).toEqual(texts.map(({ value }) => canonicalJson({ apiVersion: 'v1', kind: 'ConfigMap', v: value })))
  })

  test('in whatever encoding it reads', async () => {
    const text = (index: number) => `\ufeff${HEAD}case-${index}\nv: é\n`
    const encoded = [Buffer.from(text(0)), Buffer.from(text(1), 'utf16le'), Buffer.from(text(2), 'utf16le').swap16()]
    expect(await kubectl(encoded)).toEqual(encoded.map((bytes) => ours(decodeText(bytes, 'f.yaml'))))
  })

  test('in JSON, too', async () => {
    const texts = [
      '{"a": 9007199254740993, "b": 1e3, "c": 1.0, "d": "\\ud83d\\ude00"}',
      '{"a": 0644}',
      '{a: yes}',
      '{"a":1} {"b":2}',
      '{"a": [}',
      '{"a": 1e400}'
    ].map((text, index) =>
      text.replace('{', `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "case-${index}"}, `)
    )
    expect(await kubectl(texts)).toEqual(texts.map(ours))
  })
})

/** Whether we refuse the text because kubectl would drop a part of it. */
function isDropped(text: string): boolean {
  try {
    readYaml(text, 'f.yaml')
    return false
  } catch (error) {
    return error instanceof GitOpsError && /duplicate key|the document ends before this/.test(error.message)
  }
}

/** A value of whatever a random document happens to say. */
function generated(seed: number) {
  for (let attempt = 0; ; attempt++) {
    try {
      return readYaml(randomYaml(seed + attempt * 10_000), 'f')[0]?.value ?? null
    } catch (error) {
      if (!(error instanceof GitOpsError)) throw error
    }
  }
}
