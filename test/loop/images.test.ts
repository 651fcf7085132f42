import { expect, test } from 'vitest'
import type { ImageDeclaration } from '../../src/declaration/index.ts'
import { environmentImages, givenImages, type ImageBuilder, oncePerImage, repositoryOf } from '../../src/loop/images.ts'

const web: ImageDeclaration = {
  context: 'services/web',
  repository: 'ghcr.io/acme/web',
  file: undefined,
  target: undefined,
  platforms: [],
  buildArgs: new Map()
}
const declared = new Map([['web', web]])

function builder(): { builder: ImageBuilder; built: string[] } {
  const built: string[] = []
  return {
    built,
    builder: {
      build: async (name, image) => {
        built.push(name)
        return `${image.repository}@sha256:built`
      },
      foresee: async (_name, image) => `${image.repository}:tree-key`
    }
  }
}

test('an image that many targets and environments use is built once', async () => {
  const { builder: counting, built } = builder()
  const once = oncePerImage(counting)
  const environments = [environmentImages(declared, new Map(), once), environmentImages(declared, new Map(), once)]
  const references = await Promise.all(environments.flatMap((images) => [images.build('web'), images.build('web')]))
  expect(new Set(references)).toEqual(new Set(['ghcr.io/acme/web@sha256:built']))
  expect(built).toEqual(['web'])
})

test('a pinned image is not built, neither for a deploy nor for a preview', async () => {
  const { builder: counting, built } = builder()
  const digest = `sha256:${'0'.repeat(64)}`
  const bare = environmentImages(declared, new Map([['web', digest]]), counting)
  expect(await bare.build('web')).toBe(`ghcr.io/acme/web@${digest}`)
  expect(await bare.foresee('web')).toBe(`ghcr.io/acme/web@${digest}`)
  const whole = environmentImages(declared, new Map([['web', `mirror.example/web@${digest}`]]), counting)
  expect(await whole.build('web')).toBe(`mirror.example/web@${digest}`)
  expect(built).toEqual([])
})

test('a preview foresees the tag', async () => {
  const images = environmentImages(declared, new Map(), builder().builder)
  expect(await images.foresee('web')).toBe('ghcr.io/acme/web:tree-key')
})

test('given images need no builder, and one that was not given is an error', async () => {
  const images = givenImages(new Map([['web', 'ghcr.io/acme/web:1']]))
  expect(await images.build('web')).toBe('ghcr.io/acme/web:1')
  await expect(images.build('api')).rejects.toThrow('Image "api" was not given.')
})

test.each([
  ['ghcr.io/acme/web', 'ghcr.io/acme/web'],
  ['ghcr.io/acme/web:v1', 'ghcr.io/acme/web'],
  ['127.0.0.1:5000/web', '127.0.0.1:5000/web'],
  ['127.0.0.1:5000/web:v1@sha256:abc', '127.0.0.1:5000/web'],
  ['busybox', 'busybox']
])('the repository of %s is %s', (reference, expected) => {
  expect(repositoryOf(reference)).toBe(expected)
})
