import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, parseJson } from '../../src/json.ts'
import { type Exec, exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { data, type Given, helm, object, useHelm, workspace } from './helm-support.ts'
import { errorOf, keepLog } from './support.ts'

const platform = usePlatform()
const place = useHelm(platform)

describe('values', () => {
  test('of files, of text and single ones: the later win', async () => {
    const directory = workspace()
    writeFileSync(path.join(directory, 'a.yaml'), 'replicas: 3\nimage: {tag: file-a}\ngiven: {a: a, b: a, c: a}\n')
    writeFileSync(path.join(directory, 'with, "comma".yaml'), 'given: {b: b, c: b}\r\n')
    const set = await helm({
      directory,
      values: ['a.yaml', 'with, "comma".yaml'],
      valuesText: 'given: {c: text}\n',
      set: [['image.tag', 'set']]
    })
    expect(parseJson(data(set, 'given'))).toEqual({ a: 'a', b: 'b', c: 'text' })
    expect(at(object(set, 'Deployment', 'web'), 'spec', 'replicas')).toBe(3)
    expect(set.images).toEqual(['ghcr.io/acme/shop:set'])
  })

  test('by path, into lists and past dots, typed as by Helm', async () => {
    const set = await helm({
      set: [
        ['given.a\\.b/c', 'dotted'],
        ['given.yes', 'true'],
        ['given.none', 'null'],
        ['given.number', '1000670000'],
        ['given.zeros', '007'],
        ['given.float', '1.10'],
        ['given.empty', ''],
        ['list[0].size', '2'],
        ['list[1].name', 'second'],
        ['given.twice', 'first'],
        ['given.twice', 'last']
      ]
    })
    expect(parseJson(data(set, 'given'))).toEqual({
      'a.b/c': 'dotted',
      yes: true,
      none: null,
      number: 1000670000,
      zeros: '007',
      float: '1.10',
      empty: '',
      twice: 'last'
    })
    expect(parseJson(data(set, 'list'))).toEqual([{ size: 2 }, { name: 'second' }])
  })

  test('arrive as they are, whatever is in them', async () => {
    const text = fc.oneof(
      fc.constantFrom(
        'a,b',
        '{a,b}',
        'a=b',
        '=',
        'line\nline\r\n',
        ' a ',
        '\\',
        '"',
        "'",
        '$(id)',
        '`',
        '--set',
        '{{ .Values }}',
        '~',
        'True ',
        '1e3',
        '0x10',
        '😀',
        '\t'
      ),
      fc.string({ unit: 'binary' }).map((one) => one.toWellFormed()),
      fc.string()
    )
    const typed = /^(?:true|false|null)$/i
    const values = fc
      .sample(text, { numRuns: 150, seed: 20261123 })
      .filter((one) => !typed.test(one) && !/^[+-]?\d+$/.test(one))
    const set = await helm({ set: values.map((value, index): [string, string] => [`given.k${index}`, value]) })
    expect(parseJson(data(set, 'given'))).toEqual(
      Object.fromEntries(values.map((value, index) => [`k${index}`, value]))
    )
  })

  test('never stand in an argument, and are in files of this user alone, gone afterwards', async () => {
    const secret = 'hunter2,{=}\nhunter3'
    const seen: { args: string[]; modes: number[] } = { args: [], modes: [] }
    const watching: Exec = (file, args, options) => {
      seen.args.push(...args)
      for (const arg of args) {
        const place = /(?:^|=)(\/.*gitops-actions-helm-.*)$/.exec(arg)?.[1]
        if (place && existsSync(place))
          seen.modes.push(statSync(place).mode & 0o777, statSync(path.dirname(place)).mode & 0o777)
      }
      return exec(file, args, options)
    }
    const set = await helm({
      valuesText: `given: {a: "${secret.replace('\n', '\\n')}"}`,
      set: [['given.b', secret]],
      options: { exec: watching }
    })
    expect(parseJson(data(set, 'given'))).toEqual({ a: secret, b: secret })
    expect(seen.args.join('\n')).not.toContain('hunter')
    expect(seen.modes).toEqual([0o600, 0o700, 0o600, 0o700])
    expect(readdirSync(place.home).filter((name) => name.startsWith('gitops-actions-helm-'))).toEqual([])
  })

  test.each([
    [{ values: ['nowhere.yaml'] }, 'Values file "nowhere.yaml" does not exist.'],
    [{ values: ['../x.yaml'] }, 'leaves the workspace'],
    [{ values: ['charts'] }, 'Values file "charts" cannot be read: EISDIR'],
    [{ valuesText: 'a: b: c' }, 'values:1:5: mapping values are not allowed in this context.'],
    [{ valuesText: '- a' }, 'values: values must be a mapping.'],
    [{ valuesText: 'a: 1\n---\nb: 1' }, 'values:3: a second document begins here, which Helm would ignore.'],
    [{ set: [['a,b', '1']] }, '"a,b" is no path of a value.'],
    [{ set: [['--kubeconfig', 'x']] }, '"--kubeconfig" is no path of a value.']
  ] as [Given, string][])('are refused: %j', async (given, message) => {
    expect((await errorOf(() => helm(given))).message).toContain(message)
  })

  test('with a duplicate key, which Helm takes, are a warning', async () => {
    const log = keepLog()
    const set = await helm({ valuesText: 'given:\n  a: 1\n  a: 2\n', options: { log } })
    expect(parseJson(data(set, 'given'))).toEqual({ a: 2 })
    expect(log.lines.join()).toContain(
      'warning: values:3:3: duplicate key "a" (the first one is, line 2). Helm takes the last one.'
    )
  })
})
