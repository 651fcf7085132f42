import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Logger } from '../../../src/log.ts'
import { findKops } from '../../../src/targets/kops/find.ts'
import { exec } from '../../../src/toolchain/exec.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'find-kops-'))
afterAll(() => rmSync(folder, { recursive: true }))
const nothing = () => {}
const log: Logger = { info: nothing, debug: nothing, warning: nothing, error: nothing, group: (_, work) => work() }

/** A PATH with a program that says it is that version of kops. */
function pathWith(version?: string): { PATH: string } {
  const directory = path.join(folder, version ?? 'none')
  mkdirSync(directory, { recursive: true })
  const file = path.join(directory, 'kops')
  if (version !== undefined) {
    writeFileSync(file, `#!/bin/sh\necho ${version}\n`)
    chmodSync(file, 0o755)
  }
  return { PATH: directory }
}

test('the kops on the PATH is taken, whether or not its version is asked for', async () => {
  const env = pathWith('1.36.2')
  expect(await findKops(undefined, { exec, log, env })).toBe(path.join(env.PATH, 'kops'))
  expect(await findKops('v1.36.2', { exec, log, env })).toBe(path.join(env.PATH, 'kops'))
})

test('nothing is downloaded that nobody asked for', async () => {
  await expect(findKops(undefined, { exec, log, env: pathWith() })).rejects.toThrow('kops is not on the PATH')
})

test.each([
  [undefined, pathWith('1.30.4'), 'is kops 1.30.4, and 1.31 or newer is needed'],
  ['1.29.0', pathWith(), 'kops-version is kops 1.29.0'],
  ['latest', pathWith(), '"latest" is no version of kops'],
  ['../1', pathWith(), '"../1" is no version of kops']
])('%s is refused', async (version, env, reason) => {
  await expect(findKops(version, { exec, log, env })).rejects.toThrow(reason)
})
