import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Checkouts } from '../../src/loop/checkouts.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { memoryLog } from './doubles.ts'

let folder: string
let origin: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'reachable-'))
  origin = path.join(folder, 'origin')
  mkdirSync(origin)
  git(origin, 'init', '--quiet', '--initial-branch=main')
  // As GitHub does: any commit is served by its id, and parts of commits are left out when asked.
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  git(origin, 'config', 'uploadpack.allowFilter', 'true')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim()
}

function commit(text: string): string {
  writeFileSync(path.join(origin, 'a'), text)
  git(origin, 'add', '.')
  git(origin, 'commit', '--quiet', '-m', text)
  return git(origin, 'rev-parse', 'HEAD')
}

/** A checkout of one branch, as deep as asked for. */
function clone(branch = 'main', depth = 1): string {
  const to = path.join(folder, 'clone')
  const depths = depth > 0 ? ['--depth', String(depth)] : []
  git(folder, 'clone', '--quiet', '--no-tags', ...depths, '--branch', branch, `file://${origin}`, to)
  return to
}

function why(workspace: string, revision: string): Promise<string | undefined> {
  return new Checkouts({ workspace, exec, log: memoryLog(), temporary: folder }).whyUnreachable(revision)
}

const REFUSED = 'it is neither in the history of the checkout, nor of the default branch, nor of a tag'

test('an earlier commit of the trunk is accepted from a shallow checkout, which stays as it is', async () => {
  const first = commit('one')
  commit('two')
  commit('three')
  const workspace = clone()
  expect(await why(workspace, first)).toBeUndefined()
  expect(git(workspace, 'rev-list', '--all', '--count')).toBe('1')
  expect(git(workspace, 'config', '--local', '--list')).not.toContain('promisor')
  expect(readdirSync(folder).sort()).toEqual(['clone', 'origin'])
})

test('the trunk may be ahead of the checkout', async () => {
  commit('one')
  const workspace = clone()
  const next = commit('two')
  expect(await why(workspace, next)).toBeUndefined()
})

test('the history of the branch that is checked out counts, another branch does not', async () => {
  commit('one')
  git(origin, 'switch', '--quiet', '-c', 'release')
  const released = commit('two')
  commit('three')
  git(origin, 'switch', '--quiet', 'main')
  git(origin, 'switch', '--quiet', '-c', 'proposal')
  const proposed = commit('not merged')
  git(origin, 'switch', '--quiet', 'main')
  const workspace = clone('release')
  expect(await why(workspace, released)).toBeUndefined()
  expect(await why(workspace, proposed)).toBe(REFUSED)
})

test('a tag is accepted although no branch holds its commit', async () => {
  commit('one')
  git(origin, 'switch', '--quiet', '--detach')
  const tagged = commit('two')
  git(origin, 'tag', 'v1')
  git(origin, 'switch', '--quiet', 'main')
  expect(await why(clone(), tagged)).toBeUndefined()
})

test('a commit that the remote serves and nobody has accepted is refused, also where it has been fetched', async () => {
  commit('one')
  git(origin, 'switch', '--quiet', '--detach')
  const foreign = commit('of a fork')
  git(origin, 'switch', '--quiet', 'main')
  const workspace = clone('main', 0)
  git(workspace, 'fetch', '--quiet', 'origin', foreign)
  expect(await why(workspace, foreign)).toBe(REFUSED)
})

test('what was rolled back and what was reverted stays accepted, a rewritten history does not', async () => {
  const first = commit('one')
  const second = commit('two')
  git(origin, 'revert', '--no-edit', 'HEAD')
  const workspace = clone()
  expect(await why(workspace, first)).toBeUndefined()
  expect(await why(workspace, second)).toBeUndefined()
  git(origin, 'reset', '--quiet', '--hard', first)
  rmSync(workspace, { recursive: true, force: true })
  expect(await why(clone(), second)).toBe(REFUSED)
})

test('where the remote does not answer, nothing is taken for granted', async () => {
  const first = commit('one')
  commit('two')
  const workspace = clone()
  rmSync(origin, { recursive: true, force: true })
  expect(await why(workspace, first)).toMatch(/^the history of the repository cannot be read: /)
})

test('without a remote the history of the checkout decides', async () => {
  const first = commit('one')
  commit('two')
  expect(await why(origin, first)).toBeUndefined()
  git(origin, 'switch', '--quiet', '--detach')
  const other = commit('three')
  git(origin, 'switch', '--quiet', 'main')
  expect(await why(origin, other)).toContain('no remote "origin"')
})

test('without Git there is nothing to ask', async () => {
  expect(await why(folder, 'a'.repeat(40))).toBeUndefined()
})
