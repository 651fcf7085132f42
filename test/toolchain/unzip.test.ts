import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { exec } from '../../src/toolchain/exec.ts'
import { unzipMember } from '../../src/toolchain/unzip.ts'
import { errorOf, folder } from '../render/support.ts'
import { zip } from './zip.ts'

const PROGRAM = Buffer.from(`#!/bin/sh\n${'echo hello\n'.repeat(5000)}`)

function archive(content: Buffer): string {
  const file = path.join(folder(), 'archive.zip')
  writeFileSync(file, content)
  return file
}

test.each([
  ['packed', {}],
  ['stored', { stored: true }],
  ['with a comment that looks like the end', { comment: 'PK\x05\x06 and more' }]
])('a member, %s', async (_, options) => {
  const file = archive(zip({ 'LICENSE.txt': 'free', tofu: PROGRAM, 'README.md': '' }, options))
  expect(await unzipMember(file, 'tofu')).toEqual(PROGRAM)
  expect(await unzipMember(file, 'README.md')).toEqual(Buffer.alloc(0))
})

test('an archive that another program wrote', async () => {
  const directory = folder({ terraform: PROGRAM.toString() })
  const script = 'import sys, zipfile; zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED).write("terraform")'
  await exec('python3', ['-c', script], { cwd: directory })
  expect(await unzipMember(path.join(directory, 'a.zip'), 'terraform')).toEqual(PROGRAM)
})

test.each<[string, (content: Buffer) => Buffer, string]>([
  ['no archive', () => Buffer.from('<html>proxy login</html>'), 'it is no ZIP archive'],
  ['nothing', () => Buffer.alloc(0), 'it is no ZIP archive'],
  ['the first half', (content) => content.subarray(0, content.length / 2), 'it is no ZIP archive'],
  ['another one', () => zip({ terraform: PROGRAM }), 'it has no tofu'],
  ['other bytes in the middle', (content) => flip(content, 40), 'tofu'],
  ['a list that is somewhere else', (content) => flip(content, content.length - 6), 'cannot be']
])('%s is refused', async (_, change, reason) => {
  const error = await errorOf(() => unzipMember(archive(change(zip({ tofu: PROGRAM }))), 'tofu'))
  expect(error.message).toContain('cannot be unpacked: ')
  expect(error.message).toContain(reason)
})

function flip(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content)
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}
