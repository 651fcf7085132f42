import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import { type BuiltImage, builtSummary, failedSummary } from '../../src/image/index.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const BUILT: BuiltImage = {
  image: 'ghcr.io/acme/web:tree-1',
  tags: ['ghcr.io/acme/web:tree-1', 'ghcr.io/acme/web:latest'],
  key: '1',
  digest: DIGEST,
  imageRef: `ghcr.io/acme/web@${DIGEST}`,
  built: true,
  metadata: {},
  floating: [],
  remarks: [],
  seconds: 12
}

describe('the summary of a build', () => {
  test('names image, digest and further tags', () => {
    const text = builtSummary(BUILT)
    expect(text).toContain('built and pushed')
    expect(text).toContain(`| Digest | \`${DIGEST}\` |`)
    expect(text).toContain('| Further tags | `ghcr.io/acme/web:latest` |')
    expect(text).toContain('yes, in 12 s')
  })

  test('says that nothing was built, and that nothing was pushed', () => {
    expect(builtSummary({ ...BUILT, built: false })).toContain('no: the registry held this content already')
    expect(builtSummary({ ...BUILT, digest: undefined, imageRef: undefined })).toContain('none: it was not pushed')
  })

  test('names what the key does not cover, once, and gives names of files no meaning', () => {
    const text = builtSummary({ ...BUILT, floating: ['node:24'], remarks: ['1 file (<img src=x> @acme **b**)'] })
    expect(text.match(/`node:24`/g)).toHaveLength(1)
    expect(text).not.toMatch(/<img|@acme|\*\*b/)
  })

  test('tells a failure with its reason, what to do, and the last output', () => {
    const error = new GitOpsError('app/Dockerfile:2: RUN x failed.', { hint: 'Do y.', details: ['```', 'last words'] })
    const text = failedSummary(error, { repository: 'ghcr.io/acme/web' })
    expect(text).toContain('no image')
    expect(text).toContain('RUN x failed')
    expect(text).toContain('Do y')
    expect(text).toContain('````\n```\nlast words\n````')
  })
})
