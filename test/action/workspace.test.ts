import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedPart, workspacePath } from '../../src/workspace.ts'

let folder: string
let workspace: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workspace-'))
  workspace = path.join(folder, 'workspace')
  mkdirSync(path.join(workspace, 'charts'), { recursive: true })
  mkdirSync(path.join(folder, 'workspace-other'))
  writeFileSync(path.join(workspace, 'charts/a.yaml'), '')
  symlinkSync(folder, path.join(workspace, 'out'))
  symlinkSync(path.join(workspace, 'charts'), path.join(workspace, 'in'))
  symlinkSync('/nowhere/at/all', path.join(workspace, 'dangling'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['.', '.'],
  ['charts/a.yaml', 'charts/a.yaml'],
  ['charts/../charts', 'charts'],
  ['in/a.yaml', 'charts/a.yaml'],
  ['charts/not/there/yet', 'charts/not/there/yet']
])('%s stays inside', (relative, expected) => {
  expect(workspacePath(workspace, relative)).toBe(path.join(workspace, expected))
})

test.each([
  '..',
  '../workspace-other',
  'charts/../../x',
  '/etc/passwd',
  'out',
  'out/workspace-other/new',
  'dangling',
  'dangling/x'
])('%s is refused', (relative) => {
  expect(() => workspacePath(workspace, relative)).toThrow(/leaves the workspace|a link whose target does not exist/)
})

test.each([
  ['deploy/*.yaml', 'deploy'],
  ['*.yaml', '.'],
  ['deploy/web', 'deploy/web'],
  ['deploy/{a,b}/x.yaml', 'deploy']
])('the fixed part of %s is %s', (glob, expected) => expect(fixedPart(glob)).toBe(expected))
