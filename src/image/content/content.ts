import type { Entry } from './tree.ts'

/** Where an image is built from. Paths are relative to the workspace and stay inside it. */
export interface Location {
  readonly workspace: string
  /** The build context, a directory. */
  readonly context: string
  /** The Dockerfile; by default `Dockerfile` in the context. */
  readonly file?: string
}

/** All that a builder is sent for an image, with what a reader of the log should know about it. */
export interface BuildContent {
  /** `files`: the workspace lies in no Git repository. */
  readonly source: 'commit' | 'work tree' | 'files'
  /** Full SHA of the commit that was read, or that the work tree stands at. */
  readonly commit?: string
  readonly entries: readonly Entry[]
  readonly dockerfile: Dockerfile
  /** The ignore file that was applied, relative to the workspace. */
  readonly ignoreFile?: string
  /** Sentences about what is unusual: an ignore pattern we cannot read, a submodule that is not checked out. */
  readonly remarks: readonly string[]
}

export interface Dockerfile {
  /** Relative to the workspace. */
  readonly path: string
  readonly id: string
  readonly text: string
}

/** What BuildKit tries, in its order: the name that was asked for, `dockerfile` where that is `Dockerfile`. */
export function dockerfileNames(location: Location): string[] {
  const asked = location.file ?? join(location.context, 'Dockerfile')
  return /(^|\/)Dockerfile$/.test(asked) ? [asked, asked.replace(/Dockerfile$/, 'dockerfile')] : [asked]
}

/** The ignore files that BuildKit tries, in its order: one beside the Dockerfile and named after it, that of the context. */
export function ignoreFileNames(dockerfile: string, location: Location): string[] {
  return [`${dockerfile}.dockerignore`, join(location.context, '.dockerignore')]
}

/** Joins a directory, which may be `.`, and a name. */
export function join(directory: string, name: string): string {
  const base = directory.replace(/\/+$/, '')
  return base === '.' || base === '' ? name : `${base}/${name}`
}
