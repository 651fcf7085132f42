import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Inputs } from '../../src/action/inputs.ts'
import { collectReports, readShard, shardOf } from '../../src/action/shards.ts'
import { githubContext } from '../../src/github/context.ts'
import { environmentOf, targetOf } from '../loop/doubles.ts'

const shard = (text: string) => readShard(new Inputs(['shard'], { INPUT_SHARD: text }))

describe('a shard', () => {
  test('is a part of a whole, or nothing', () => {
    expect(shard('2/3')).toEqual({ index: 2, of: 3 })
    expect(shard('')).toBeUndefined()
  })

  test.each(['0/3', '4/3', '1/0', '1', '1/', 'a/b', '1/3/5', '-1/3', '1.5/3'])('%s is none', (text) => {
    expect(() => shard(text)).toThrow(`Input "shard" is "${text}"`)
  })

  test.each([1, 2, 3, 7, 12])('with %i jobs every target is checked by exactly one', (of) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const environment = environmentOf(Object.fromEntries(names.map((name) => [name, targetOf()])))
    const parts = Array.from({ length: of }, (_, index) => [
      ...shardOf(environment, { index: index + 1, of }).targets.keys()
    ])
    expect(parts.flat().sort()).toEqual(names)
    const sizes = parts.map((part) => part.length)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
  })
})

describe('collecting reports', () => {
  let workspace: string
  beforeEach(() => {
    workspace = mkdtempSync(path.join(tmpdir(), 'shards-'))
  })
  afterEach(() => rmSync(workspace, { recursive: true, force: true }))

  function write(file: string, environment: string, target: string, more: object = {}): void {
    mkdirSync(path.dirname(path.join(workspace, file)), { recursive: true })
    const targets = [{ id: target, kind: 'kubernetes', status: 'in-sync', seconds: 1, outcomes: [] }]
    const report = { version: 1, command: 'drift', environment, seconds: 1, status: 'in-sync', targets }
    writeFileSync(
      path.join(workspace, file),
      JSON.stringify({ startedAt: '2026-11-20T03:00:00.000Z', ...report, ...more })
    )
  }

  const environments = [
    ['staging', environmentOf({ a: targetOf(), b: targetOf() })],
    ['production', environmentOf({ a: targetOf() })]
  ] as const

  const collect = (reports: string) =>
    collectReports(
      new Inputs(['reports'], { INPUT_REPORTS: reports }),
      environments,
      githubContext({ GITHUB_WORKSPACE: workspace }),
      undefined
    )

  test.each([['found'], ['found/**/*.json'], ['found/1/x.json\nfound/2/y.json\nfound/3/z.json']])(
    'from %s',
    async (lines) => {
      write('found/1/x.json', 'staging', 'a')
      write('found/2/y.json', 'staging', 'b')
      write('found/3/z.json', 'production', 'a')
      const reports = await collect(lines)
      expect(reports.map((report) => [report.environment, report.status, report.targets.length])).toEqual([
        ['staging', 'in-sync', 2],
        ['production', 'in-sync', 1]
      ])
    }
  )

  test('nothing at all means that nothing was checked', async () => {
    expect((await collect('found')).map((report) => report.status)).toEqual(['error', 'error'])
  })

  test('that a job left half written do not hide those of the others, and are named where a target is missing', async () => {
    write('found/1/x.json', 'staging', 'a')
    write('found/3/z.json', 'production', 'a')
    writeFileSync(path.join(workspace, 'found/1/half.json'), '{"version": 1, "command": "dri')
    const [staging, production] = await collect('found')
    expect(staging?.targets.map((target) => [target.id, target.status])).toEqual([
      ['a', 'in-sync'],
      ['b', 'error']
    ])
    expect(staging?.targets[1]?.error?.details).toEqual([expect.stringMatching(/half\.json is no report of a run/)])
    expect(production?.status).toBe('in-sync')
  })

  test('of another command is refused by the name of the file', async () => {
    write('found/x.json', 'staging', 'a', { command: 'deploy' })
    await expect(collect('found')).rejects.toThrow(/found\/x\.json is the report of a deploy/)
  })

  test('without saying where they are is refused', async () => {
    await expect(collect('')).rejects.toThrow('Input "reports" is required with command: report.')
  })
})
