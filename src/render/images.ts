import { GitOpsError } from '../errors.ts'
import { parseReference, type Reference } from '../image/reference.ts'
import type { Logger } from '../log.ts'
import type { Manifest } from './manifest.ts'
import { imagesOf, podsOf } from './pods.ts'

/** Says which image takes the place of another in every pod. */
export interface ImagePin {
  /** A repository (`ghcr.io/acme/web`, `nginx`), or one image of it (`nginx:1.27`). */
  readonly name: string
  /** What stands there afterwards: `ghcr.io/acme/web@sha256:…`. */
  readonly reference: string
}

/**
 * Replaces images in place, wherever an object describes pods. A pin with a tag or digest beats one of the whole
 * repository. `nginx`, `docker.io/nginx` and `docker.io/library/nginx` are the same.
 * Warns of references that no pod took, with the images that look most like them.
 * @throws GitOpsError when a pin is no image reference, or two pins name the same image
 */
export function pinImages(manifests: readonly Manifest[], pins: readonly ImagePin[], log: Logger): void {
  if (pins.length === 0) return
  const byImage = indexPins(pins)
  const taken = new Set<string>()
  const seen = new Set<string>()
  for (const { object } of manifests) {
    for (const { spec } of podsOf(object)) {
      for (const { holder, key, image } of imagesOf(spec)) {
        seen.add(image)
        const pin = keysOf(image)
          .map((one) => byImage.get(one))
          .find((one) => one !== undefined)
        if (!pin) continue
        taken.add(pin.reference)
        holder[key] = pin.reference
      }
    }
  }
  warnOfUnused(pins, taken, [...seen], log)
}

/** Every image of every pod, once, sorted. */
export function allImages(manifests: readonly Manifest[]): string[] {
  const images = new Set<string>()
  for (const { object } of manifests)
    for (const { spec } of podsOf(object)) for (const { image } of imagesOf(spec)) images.add(image)
  return [...images].sort()
}

function indexPins(pins: readonly ImagePin[]): Map<string, ImagePin> {
  const byImage = new Map<string, ImagePin>()
  for (const pin of pins) {
    parseReference(pin.reference)
    const key = keyOf(parseReference(pin.name))
    const other = byImage.get(key)
    if (other && other.reference !== pin.reference)
      throw new GitOpsError(
        `Two images are to take the place of "${pin.name}": ${other.reference} and ${pin.reference}.`,
        {
          hint: 'Keep one of them; name a tag (nginx:1.27) if different images of one repository are replaced.'
        }
      )
    byImage.set(key, pin)
  }
  return byImage
}

/** Under which keys a pin of an image is looked up, the narrowest first. Empty for what is no valid reference. */
function keysOf(image: string): string[] {
  const reference = parsed(image)
  if (!reference) return []
  const { repository, tag } = reference
  const whole = { repository }
  return [...new Set([reference, tag === undefined ? whole : { repository, tag }, whole].map(keyOf))]
}

function keyOf({ repository, tag, digest }: Reference): string {
  return `${repository.registry}/${repository.path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

function parsed(image: string): Reference | undefined {
  try {
    return parseReference(image)
  } catch {
    return undefined
  }
}

/** Pins come in pairs (the name in the declaration, the repository), so it is references that count. */
function warnOfUnused(
  pins: readonly ImagePin[],
  taken: ReadonlySet<string>,
  seen: readonly string[],
  log: Logger
): void {
  for (const reference of new Set(pins.map((pin) => pin.reference))) {
    if (taken.has(reference)) continue
    const names = pins.filter((pin) => pin.reference === reference).map((pin) => pin.name)
    const near = nearest(names, seen)
    log.warning(
      `No pod uses the image ${names.map((name) => `"${name}"`).join(' or ')}, so ${reference} goes nowhere. ${
        near.length > 0
          ? `Images that look like it: ${near.join(', ')}.`
          : seen.length > 0
            ? `Images in use: ${seen.slice(0, 5).join(', ')}${seen.length > 5 ? ', …' : ''}.`
            : 'No object describes pods.'
      }`
    )
  }
}

const SHOWN = 3

/** Images whose last part is the same as, or a few letters away from, one of the names. */
function nearest(names: readonly string[], images: readonly string[]): string[] {
  return images
    .map((image) => ({ image, distance: Math.min(...names.map((name) => distance(lastPart(name), lastPart(image)))) }))
    .filter(({ image, distance: letters }) => letters <= Math.max(1, Math.floor(lastPart(image).length / 4)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SHOWN)
    .map(({ image }) => image)
}

function lastPart(image: string): string {
  return (image.split('@')[0] ?? '').split('/').at(-1)?.split(':')[0] ?? ''
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
