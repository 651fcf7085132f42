import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DryRun } from '../../../../src/targets/kops/dryrun/grammar.ts'
import { parseDryRun } from '../../../../src/targets/kops/dryrun/parse.ts'
import { printDryRun } from './print.ts'

/** Captured from kops 1.36.2 and the cluster of fixtures/cluster.yaml, by capture.ts. */
const captured = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../fixtures/dry-run', `${name}.txt`), 'utf8')

describe('reads what kops prints', () => {
  test.each(['create', 'modify', 'upgrade', 'deletions', 'inconsistent', 'none'])(
    '%s, and nothing of it is lost',
    (name) => {
      expect(printDryRun(parseDryRun(captured(name)))).toBe(captured(name))
    }
  )

  test('every section at once, after banners of which only empty lines are lost', () => {
    const run = parseDryRun(captured('everything'))
    expect(run.preamble).toEqual(
      expect.arrayContaining([
        'A new kops version is available: 1.36.3',
        'A new kubernetes version is available: 1.36.2',
        expect.stringContaining('Kubelet anonymousAuth is currently turned on.')
      ])
    )
    const report = captured('everything').slice(captured('everything').indexOf('Will create resources:'))
    expect(printDryRun({ ...run, preamble: [] })).toBe(report)
    for (const section of ['created', 'modified', 'deferred', 'deleted'] as const)
      expect(run[section].length, section).toBeGreaterThan(0)
  })

  test('values that a parser could take for something else', () => {
    const tags = parseDryRun(captured('everything')).created[0]?.fields.find((field) => field.name === 'Tags')
    expect(tags?.kind === 'value' && tags.value).toMatch(/arrow: a -> b[,}]/)
    expect(tags?.kind === 'value' && tags.value).toMatch(/tab: a\tb[,}]/)
    expect(tags?.kind === 'value' && tags.value).toContain('Zürich – 東京 🚀')
  })

  test('what is deleted by the update itself', () => {
    expect(parseDryRun(captured('deletions')).deleted).toEqual([
      { type: 'VPCCIDRBlock', item: expect.stringMatching(/^vpc-\w+: cidr=10\.9\.0\.0\/16$/) }
    ])
  })

  test('a change of which kops cannot tell the field', () => {
    const listener = parseDryRun(captured('inconsistent')).modified.find((task) => task.inconsistency)
    expect(listener).toMatchObject({
      type: 'NetworkLoadBalancerListener',
      name: 'api.shop.example.com-443',
      fields: []
    })
    expect(listener?.inconsistency?.map((line) => line.slice(0, 7))).toEqual(['actual:', 'expect:', 'change:'])
  })

  test('a value that pretends to be a part of the report is refused, and hides nothing', () => {
    expect(() => parseDryRun(captured('hostile'))).toThrow('cannot be read')
  })

  test('a cluster that does not exist yet', () => {
    const run = parseDryRun(captured('create'))
    expect(run.verdict).toBe('changes')
    expect(run.created.length).toBeGreaterThan(80)
    expect(run.created.find((task) => task.type === 'VPC')).toMatchObject({
      name: 'shop.example.com',
      fields: expect.arrayContaining([{ name: 'CIDR', kind: 'value', value: '172.20.0.0/16' }])
    })
  })

  test('changed fields, files and deferred deletions', () => {
    const run = parseDryRun(captured('modify'))
    expect(run.modified[0]).toEqual({
      type: 'AutoscalingGroup',
      name: 'nodes.shop.example.com',
      fields: [{ name: 'MaxSize', kind: 'change', before: '2', after: '3' }]
    })
    const contents = run.modified.find((task) => task.type === 'ManagedFile')?.fields[0]
    expect(contents?.kind === 'diff' && contents.lines.filter((line) => line.type === 'added')).toEqual([
      { type: 'added', text: '  generation: 1' },
      { type: 'added', text: '  - 198.51.100.0/24' }
    ])
    expect(run.deferred).toHaveLength(2)
    expect(run.deferred[0]?.item).toMatch(/^sg-\w+: port=22 protocol=tcp ip=203\.0\.113\.0\/24 ipv6=$/)
  })

  test('nothing to do', () => {
    expect(parseDryRun(captured('none'))).toEqual({
      preamble: [],
      created: [],
      modified: [],
      deferred: [],
      deleted: [],
      verdict: 'none'
    })
  })
})

describe('a report that was printed is read as it was', () => {
  const word = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,24}$/)
  /** Anything but line ends: tabs, emoji, quotes, marks of the grammar. */
  const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength }).map((one) => one.replaceAll('\n', '⏎'))
  const odd = fc.constantFrom(
    '',
    ' ',
    '\t',
    '->',
    ' ->',
    '-> ',
    '<nil>',
    '{a: 1, b: }',
    'Zürich 🚀',
    '+ a',
    '...',
    'a\r'
  )
  const name = fc.oneof(
    fc.stringMatching(/^[\w./:()-]([\w ./:()-]{0,30}[\w./:()-])?$/),
    text(30).filter((one) => one !== '')
  )
  /** Without an arrow of its own, and none that the printed arrow makes one of. */
  const value = fc.oneof(text(40), odd).filter((one) => !/ -> | -$| ->$|^-> |^> /.test(one))
  /** Lines of a value: none that could be the next task, or the end of this one. */
  const lines = fc
    .array(
      fc.oneof(
        fc.stringMatching(/^[\w{}"][\w {}[\]":,.\t-]{0,30}$/),
        fc.constantFrom('No changes need to be applied', '\tx')
      ),
      {
        minLength: 2,
        maxLength: 4
      }
    )
    .map((one) => one.join('\n'))
  /** Both sides hold as many arrows: the middle one divides them. */
  const arrows = fc
    .tuple(fc.nat({ max: 3 }), fc.array(fc.stringMatching(/^[\w.]{1,5}$/), { minLength: 8, maxLength: 8 }))
    .map(([count, words]) => ({
      before: words.slice(0, count + 1).join(' -> '),
      after: words.slice(4, count + 5).join(' -> ')
    }))
  const sides = fc.oneof(
    fc.record({ before: value, after: value }),
    arrows,
    fc.record({ before: fc.stringMatching(/^\w{0,5}$/), after: lines }),
    fc.record({ before: lines, after: lines })
  )
  const change = fc.tuple(word, sides).map(([field, both]) => ({ name: field, kind: 'change' as const, ...both }))
  const diffLine = fc.oneof(
    fc.constant({ type: 'skipped' as const }),
    fc.record({
      type: fc.constantFrom('same' as const, 'removed' as const, 'added' as const),
      text: fc.oneof(text(60), odd)
    })
  )
  const created = fc.record({
    type: word,
    name,
    fields: fc.array(fc.record({ name: word, kind: fc.constant('value' as const), value: fc.oneof(value, lines) }), {
      maxLength: 4
    })
  })
  const modified = fc.oneof(
    fc.record({
      type: word,
      name,
      fields: fc.array(
        fc.oneof(
          change,
          fc.record({
            name: word,
            kind: fc.constant('diff' as const),
            lines: fc.array(diffLine, { minLength: 1, maxLength: 6 })
          })
        ),
        { minLength: 1, maxLength: 4 }
      )
    }),
    fc.record({
      type: word,
      name,
      fields: fc.constant([]),
      inconsistency: fc
        .tuple(text(40), text(40))
        .map(([actual, expect]) => [`actual: {${actual}}`, `expect: {${expect}}`, 'change: {}'])
    })
  )
  const deletion = fc.record({
    type: word,
    item: fc.oneof(
      name.filter((one) => !one.startsWith(' ')),
      odd.filter((one) => !one.startsWith(' '))
    )
  })
  const run = fc
    .record({
      preamble: fc.array(
        fc.oneof(fc.stringMatching(/^\*[ -~]{0,20}$/), fc.constant('A new kops version is available: 1.36.3')),
        { maxLength: 3 }
      ),
      created: fc.array(created, { maxLength: 4 }),
      modified: fc.array(modified, { maxLength: 4 }),
      deferred: fc.array(deletion, { maxLength: 3 }),
      deleted: fc.array(deletion, { maxLength: 3 })
    })
    .map((parts): DryRun => {
      const isEmpty = [parts.created, parts.modified, parts.deferred, parts.deleted].every((list) => list.length === 0)
      return { ...parts, verdict: isEmpty ? 'none' : 'changes' }
    })

  test('whatever it holds', () => {
    fc.assert(
      fc.property(run, (given) => {
        expect(parseDryRun(printDryRun(given))).toEqual(given)
      }),
      { numRuns: 500 }
    )
  })
})

describe('what a value holds never becomes structure', () => {
  const report = (value: string) =>
    `Will create resources:\n  AutoscalingGroup/nodes\n  \tMaxSize             \t3\n  \tTags                \t${value}\n\nMust specify --yes to apply changes\n`

  test('a value of several lines, with a header and a verdict in it', () => {
    const value = 'first\nWill create resources:\nNo changes need to be applied\nlast'
    expect(parseDryRun(report(value)).created).toEqual([
      {
        type: 'AutoscalingGroup',
        name: 'nodes',
        fields: [
          { name: 'MaxSize', kind: 'value', value: '3' },
          { name: 'Tags', kind: 'value', value }
        ]
      }
    ])
  })

  test('a change whose values have several lines', () => {
    const text =
      'Will modify resources:\n  IAMRolePolicy/p\n  \tDocument            \n  \t                    \t old\n  \t                    \tmore -> new\n\nMust specify --yes to apply changes\n'
    expect(parseDryRun(text).modified[0]?.fields).toEqual([
      { name: 'Document', kind: 'change', before: 'old\nmore', after: 'new' }
    ])
  })

  test('values that hold arrows are divided in the middle', () => {
    const text =
      'Will modify resources:\n  T/t\n  \tRule                \t a -> b -> a -> c\n\nMust specify --yes to apply changes\n'
    expect(parseDryRun(text).modified[0]?.fields[0]).toMatchObject({ before: 'a -> b', after: 'a -> c' })
  })
})

describe('what cannot be read is refused, and never shown', () => {
  test.each([
    ['nothing at all', ''],
    ['no verdict', 'Will create resources:\n  T/t\n\n'],
    ['changes without a change', 'Must specify --yes to apply changes\n'],
    ['a change in spite of "no changes"', 'Will create resources:\n  T/t\n\nNo changes need to be applied\n'],
    ['a line of no task', 'Will modify resources:\nsomething else\n\nMust specify --yes to apply changes\n'],
    [
      'a field of an unknown form',
      'Will modify resources:\n  T/t\n    Secret: hunter22-very-secret\n\nMust specify --yes to apply changes\n'
    ]
  ])('%s', (_, text) => {
    expect(() => parseDryRun(text)).toThrow('cannot be read')
    try {
      parseDryRun(text)
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('hunter22')
    }
  })
})
