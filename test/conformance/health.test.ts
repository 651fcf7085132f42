import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { stringifyJson } from '../../src/json.ts'
import { healthConformance } from './health.ts'
import { listed, table } from './results.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'conformance-'))
afterAll(() => rmSync(folder, { recursive: true }))

const widget = (name: string, phase: string, argo: string) => ({
  name,
  object: { apiVersion: 'example.test/v1', kind: 'Widget', metadata: { name }, status: { phase } },
  expect: { argo }
})

/** JSON is YAML. */
function write(cases: object[]): void {
  mkdirSync(path.join(folder, 'health'), { recursive: true })
  writeFileSync(path.join(folder, 'health', 'argo-customizations.yaml'), stringifyJson(cases))
}

test('a score counts what differs with a reason and what differs without one apart', () => {
  const agreeing = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => widget(name, 'Running', 'Healthy'))
  write([...agreeing, widget('paused', 'Paused', 'Healthy'), widget('odd', 'Running', 'Degraded')])
  const suites = healthConformance(folder)
  expect(suites).toHaveLength(1)
  expect(suites[0]).toMatchObject({
    pass: 8,
    deliberate: [{ name: 'paused', reason: expect.stringMatching(/suspended by declaration/) }],
    differs: [{ name: 'odd', reason: expect.stringMatching(/Healthy .* instead of Degraded/) }],
    fail: []
  })
  expect(table(suites)).toEqual([
    'suite                       agree  deliberate  differ  fail',
    'health/argo-customizations      8           1       1     0'
  ])
  expect(listed(suites).join('')).toMatch(/odd differs, which counts against the score.*80.0 % \(8 of 10\)/s)
})

test('a score below the mark fails', () => {
  write([widget('right', 'Running', 'Healthy'), widget('wrong', 'Running', 'Degraded')])
  const [suite] = healthConformance(folder)
  expect(suite?.fail).toEqual([{ name: 'agreement', reason: '50.0 % is less than 80 %' }])
})

test('a folder without cases has no suites', () => {
  expect(healthConformance(path.join(folder, 'nothing'))).toEqual([])
})

test('the runner says where it has looked for cases that are not there, and fails', () => {
  for (const missing of [path.join(folder, 'nothing'), os.tmpdir()]) {
    const run = spawnSync(process.execPath, [path.join(import.meta.dirname, 'run.ts'), missing], { encoding: 'utf8' })
    expect(run.status).toBe(1)
    expect(run.stderr).toContain(missing)
    expect(run.stderr).toContain('npm run conformance -- FOLDER')
  }
})

test('the runner runs the suites that a folder has, and names the others', () => {
  write([widget('right', 'Running', 'Healthy')])
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, 'run.ts')], {
    encoding: 'utf8',
    env: { ...process.env, CONFORMANCE_CASES: folder },
    timeout: 60_000
  })
  expect(run.stdout).toMatch(/not run: health\/argo-builtin.yaml/)
  expect(run.stdout).toMatch(/health\/argo-customizations +1 +0 +0 +0/)
})
