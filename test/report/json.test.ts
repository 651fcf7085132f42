import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringifyJson } from '../../src/json.ts'
import { writeReports } from '../../src/report/json.ts'
import { DRIFTED, FAILED, IN_SYNC, planOf, reportOf, SUCCEEDED } from './reports.ts'
import { schemaErrors } from './schema.ts'

describe('the published schema', () => {
  test.each([
    ['a deploy', SUCCEEDED],
    ['a failed deploy', FAILED],
    ['drift', DRIFTED],
    ['nothing to report', IN_SYNC],
    [
      'a preview without repository, of every other kind of target',
      reportOf('preview', 'planned', [
        {
          id: 'vpc',
          kind: 'terraform',
          status: 'planned',
          seconds: 0,
          plan: planOf([], { kind: 'terraform' }),
          outcomes: []
        },
        {
          id: 'web',
          kind: 'kubernetes',
          status: 'planned',
          seconds: 0,
          pending: 'Known after "vpc" is applied: its output "id".',
          outcomes: []
        }
      ])
    ]
  ])('holds for %s', (_what, report) => {
    expect(schemaErrors(stringifyJson(report))).toEqual([])
  })

  test.each([
    ['an unknown status', { ...IN_SYNC, status: 'fine' }],
    ['a key that it does not know', { ...IN_SYNC, extra: 1 }],
    [
      'a digest that is none',
      { ...IN_SYNC, targets: [{ ...IN_SYNC.targets[0], plan: { ...planOf([]), digest: 'x' } }] }
    ]
  ])('does not hold for %s', (_what, report) => {
    expect(schemaErrors(stringifyJson(report))).not.toEqual([])
  })
})

test('reports are written as one file per environment that others cannot read', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'reports-'))
  try {
    const files = await writeReports([DRIFTED, { ...IN_SYNC, environment: 'staging' }], folder)
    expect(files.map((file) => path.basename(file))).toEqual(['drift-production.json', 'drift-staging.json'])
    const [first = ''] = files
    expect(JSON.parse(await readFile(first, 'utf8'))).toMatchObject({ environment: 'production', status: 'drifted' })
    expect((await stat(first)).mode & 0o077).toBe(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})
