import type { ImageDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import type { Images } from './unit.ts'

/** Builds one image, or finds it. The real one is `src/image`. */
export interface ImageBuilder {
  /** `repository@sha256:…`. */
  build(name: string, image: ImageDeclaration): Promise<string>
  /** The digest where the registry has the image, else `repository:<tag it will have>`. Builds and pushes nothing. */
  foresee(name: string, image: ImageDeclaration): Promise<string>
}

/** Asks `builder` once per image and kind of question, however many environments and targets use the image. */
export function oncePerImage(builder: ImageBuilder): ImageBuilder {
  const build = new Map<string, Promise<string>>()
  const foresee = new Map<string, Promise<string>>()
  return {
    build: (name, image) => getOrStart(build, name, () => builder.build(name, image)),
    foresee: (name, image) => getOrStart(foresee, name, () => builder.foresee(name, image))
  }
}

/** The images of one environment: pinned ones as they are pinned, the others built from the checkout. */
export function environmentImages(
  declared: ReadonlyMap<string, ImageDeclaration>,
  pins: ReadonlyMap<string, string>,
  builder: ImageBuilder
): Images {
  function resolve(name: string, how: ImageBuilder['build']): Promise<string> {
    const pin = pins.get(name)
    const image = declared.get(name)
    if (pin !== undefined && !pin.startsWith('sha256:')) return Promise.resolve(pin)
    if (!image) return Promise.reject(new GitOpsError(`Image "${name}" is neither declared nor given.`))
    return pin === undefined ? how(name, image) : Promise.resolve(`${image.repository}@${pin}`)
  }
  return {
    build: (name) => resolve(name, (one, image) => builder.build(one, image)),
    foresee: (name) => resolve(name, (one, image) => builder.foresee(one, image))
  }
}

/** Images that were given as references and need no builder. */
export function givenImages(references: ReadonlyMap<string, string>): Images {
  const find = async (name: string): Promise<string> => {
    const reference = references.get(name)
    if (reference === undefined) throw new GitOpsError(`Image "${name}" was not given.`)
    return reference
  }
  return { build: find, foresee: find }
}

/** `ghcr.io/acme/web` of `ghcr.io/acme/web:v1@sha256:…`. */
export function repositoryOf(reference: string): string {
  const [named = ''] = reference.split('@')
  const colon = named.lastIndexOf(':')
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named
}

function getOrStart<T>(map: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const known = map.get(key)
  if (known) return known
  const started = start()
  map.set(key, started)
  return started
}
