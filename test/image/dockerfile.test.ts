// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how a Dockerfile writes its arguments
import { expect, test } from 'vitest'
import { floatingSources } from '../../src/image/content/dockerfile.ts'

const PINNED = `busybox@sha256:${'0'.repeat(64)}`

test.each<[string, string, string[], Record<string, string>?]>([
  ['a tag', 'FROM node:24\n', ['node:24']],
  ['no tag', 'from node', ['node']],
  ['a digest', `FROM ${PINNED}\n`, []],
  ['nothing', 'FROM scratch\n', []],
  ['a platform', 'FROM --platform=$BUILDPLATFORM node:24 AS build\n', ['node:24']],
  [
    'stages',
    'FROM node:24 AS Build\nFROM build AS test\nFROM scratch\nCOPY --from=build /a /b\nCOPY --from=0 /a /b\n',
    ['node:24']
  ],
  ['the same twice', 'FROM node:24 AS a\nFROM node:24\n', ['node:24']],
  ['a copy from an image', `FROM ${PINNED}\nCOPY --chown=1:1 --from=nginx:1 /a /b\n`, ['nginx:1']],
  [
    'a mount from an image',
    `FROM ${PINNED}\nRUN --mount=type=bind,from=tools:2,target=/t --network=none make\n`,
    ['tools:2']
  ],
  ['a frontend', '# syntax=docker/dockerfile:1\nFROM scratch\n', ['docker/dockerfile:1']],
  [
    'a download',
    'FROM scratch\nADD https://example.com/a.tar /\nADD --checksum=sha256:00 https://example.com/b.tar /\n',
    ['https://example.com/a.tar']
  ],
  ['an argument', 'ARG VERSION=24\nARG BASE="node:$VERSION"\nFROM ${BASE}\n', ['node:24']],
  ['an argument that is given', 'ARG VERSION=24\nFROM node:${VERSION}\n', ['node:26'], { VERSION: '26' }],
  ['an argument with a digest', `ARG BASE\nFROM $BASE\n`, [], { BASE: PINNED }],
  ['an argument with a fallback', 'FROM node:${VERSION:-22}\n', ['node:22']],
  ['an unknown argument', 'FROM node:$VERSION\n', ['node:$VERSION']],
  ['an argument of a stage', 'FROM scratch\nARG X=1\nFROM node:$X\n', ['node:$X']],
  ['lines that go on', 'FROM \\\n  # a comment\n\n  node:24 \\\n  AS x\nFROM x\n', ['node:24']],
  ['another escape', '# escape=`\nFROM `\n node:24\n', ['node:24']],
  [
    'text of a heredoc',
    'FROM scratch\nRUN <<EOF cat <<-"END"\nFROM one\nEOF\nFROM two\n\tEND\nFROM three\n',
    ['three']
  ],
  ['Windows line ends', 'FROM node:24\r\nCOPY --from=nginx:1 a b\r\n', ['node:24', 'nginx:1']],
  ['comments', '# FROM old\nFROM scratch\n', []]
])('what a Dockerfile takes by a name that can change: %s', (_what, dockerfile, expected, args = {}) => {
  expect(floatingSources(dockerfile, args)).toEqual(expected)
})
