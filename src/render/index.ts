import { readFileSync } from 'node:fs'
import { mapConcurrent } from '../concurrency.ts'
import { GitOpsError } from '../errors.ts'
import { canonicalJson } from '../json.ts'
import type { Logger } from '../log.ts'
import type { Exec } from '../toolchain/exec.ts'
import { addConfigChecksums } from './checksums.ts'
import { digestOf } from './digest.ts'
import { findManifests, type ManifestFile, unreadable } from './files.ts'
import { type HelmSource, renderHelm } from './helm/index.ts'
import { allImages, type ImagePin, pinImages } from './images.ts'
import { buildKustomization } from './kustomize.ts'
import type { Manifest, RenderedSet } from './manifest.ts'
import { checkSize, refuseDuplicates, toManifests } from './objects.ts'
import { refusePlaceholders } from './placeholders.ts'
import { decodeText, readYaml } from './yaml/index.ts'

export type { HelmSource } from './helm/index.ts'
export type { ImagePin } from './images.ts'

export interface ManifestSource {
  readonly type: 'manifests'
  /** Files, directories, globs, and directories with a kustomization; relative to the workspace. */
  readonly paths: readonly string[]
}

export type RenderSource = ManifestSource | HelmSource

export interface RenderOptions {
  /** All paths are relative to it and stay inside, links included. */
  readonly workspace: string
  /** For charts, and to tell objects apart that name no namespace. It is not written into objects: the engine knows which need one. */
  readonly namespace?: string
  readonly images: readonly ImagePin[]
  /** Annotate pod templates with a checksum of the configuration they use. */
  readonly configChecksums: boolean
  readonly log: Logger
  readonly exec: Exec
  readonly signal?: AbortSignal
}

/**
 * What is declared, as objects: read or rendered, images pinned, checksums added. Nothing is written into the workspace.
 * @throws GitOpsError that says where in the workspace what is wrong
 */
export async function render(source: RenderSource, options: RenderOptions): Promise<RenderedSet> {
  const manifests =
    source.type === 'helm' ? await renderHelm(source, options) : await readManifests(source.paths, options)
  refuseDuplicates(manifests, options.namespace)
  pinImages(manifests, options.images, options.log)
  refusePlaceholders(manifests)
  if (options.configChecksums) addConfigChecksums(manifests, options.namespace)
  const texts = manifests.map((manifest) => {
    const text = canonicalJson(manifest.object)
    checkSize(manifest, text)
    return text
  })
  return { manifests, digest: digestOf(texts), images: allImages(manifests) }
}

const FILES_AT_ONCE = 32

async function readManifests(paths: readonly string[], options: RenderOptions): Promise<Manifest[]> {
  const files = await findManifests(options.workspace, paths)
  const manifests = (await mapConcurrent(files, FILES_AT_ONCE, (file) => readOne(file, options))).flat()
  if (manifests.length === 0)
    throw new GitOpsError(`There are no objects in ${files.map(({ name }) => name).join(', ')}.`, {
      hint: 'The files hold no documents, or comments alone.'
    })
  return manifests
}

async function readOne(file: ManifestFile, options: RenderOptions): Promise<Manifest[]> {
  if (file.type === 'kustomization') return buildKustomization(file, options)
  return toManifests(readYaml(decodeText(bytesOf(file), file.name), file.name), file.name)
}

/** At once: of many small files, handing each to another thread and back takes longer than reading it. */
function bytesOf(file: ManifestFile): Uint8Array {
  try {
    return readFileSync(file.path)
  } catch (error) {
    throw unreadable(file.name, error)
  }
}
