import type { ImageDeclaration } from '../declaration/index.ts'
import { messageOf } from '../errors.ts'
import type { KeyOptions } from '../image/index.ts'
import type { Logger } from '../log.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { ImageBuilder } from './images.ts'

/** Builds declared images with BuildKit. Its code is loaded with the first image. */
export function buildkitImages(options: {
  readonly workspace: string
  /** A BuildKit daemon to use instead of the runner's builder. */
  readonly buildkitAddress?: string
  readonly exec: Exec
  readonly log: Logger
  readonly signal?: AbortSignal
}): ImageBuilder {
  const { log, exec, buildkitAddress, signal } = options
  return {
    async build(name, image) {
      const { buildImage } = await import('../image/index.ts')
      log.info(`Image ${name}: ${image.repository}`)
      const built = await buildImage({
        ...sourceOf(options.workspace, image),
        repository: image.repository,
        exec,
        log,
        ...(buildkitAddress === undefined ? {} : { buildkitAddress }),
        ...(signal ? { signal } : {})
      })
      if (built.imageRef === undefined) throw new Error(`image ${name} was built without being pushed`)
      return built.imageRef
    },
    async foresee(name, image) {
      const { contentKey, resolveImage, tagOf } = await import('../image/index.ts')
      const tag = tagOf(await contentKey({ ...sourceOf(options.workspace, image), exec }))
      try {
        const digest = await resolveImage(image.repository, tag, { exec, log })
        if (digest !== undefined) return `${image.repository}@${digest}`
      } catch (error) {
        // A preview needs no access to the registry; without it the tag stands for the digest.
        log.info(`Image ${name}: the registry cannot be asked for its digest (${messageOf(error)})`)
      }
      return `${image.repository}:${tag}`
    }
  }
}

function sourceOf(workspace: string, image: ImageDeclaration): KeyOptions {
  return {
    workspace,
    context: image.context,
    platforms: image.platforms,
    buildArgs: Object.fromEntries(image.buildArgs),
    ...(image.file === undefined ? {} : { file: image.file }),
    ...(image.target === undefined ? {} : { target: image.target })
  }
}
