import { globSync } from 'node:fs'

const OWN = /(gitops-actions\/gitops-actions(?:\/[\w./-]+)?)@(v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)/g

/** A place where the suite names itself with a version: `gitops-actions/gitops-actions/actions/deploy@v0.1.0`. */
export interface Reference {
  readonly name: string
  readonly version: string
}

/** The files that may hold references to our own release: workflows, examples, documentation. */
export function releaseFiles(): string[] {
  return globSync([
    '.github/workflows/*.yml',
    'workflows-examples/*.yml',
    '*.md',
    'actions/*/README.md',
    'docs/**/*.md'
  ]).sort()
}

/** Every reference of ours in a text. */
export function findReferences(text: string): Reference[] {
  return [...text.matchAll(OWN)].map((match) => ({ name: match[1] ?? '', version: match[2] ?? '' }))
}

/** The text with every reference of ours pinned to the tag of `version`. */
export function rewriteReferences(text: string, version: string): string {
  return text.replace(OWN, (_match, name: string) => `${name}@v${version}`)
}
