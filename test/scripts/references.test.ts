import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findReferences, releaseFiles, rewriteReferences } from '../../scripts/references.ts'
import { VERSION } from '../../src/version.ts'

describe('references to our own release', () => {
  const references = releaseFiles().flatMap((file) =>
    findReferences(readFileSync(file, 'utf8')).map((reference) => ({ file, ...reference }))
  )

  it('are many enough for this test to mean something', () => {
    expect(references.length).toBeGreaterThan(8)
  })

  it('all name the one version of package.json and src/version.ts', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(VERSION).toBe(version)
    expect(references.filter((reference) => reference.version !== `v${version}`)).toEqual([])
  })

  it('name an action or a workflow that exists', () => {
    for (const { file, name } of references) {
      const path = name.split('/').slice(2).join('/')
      const target = path === '' ? 'action.yml' : path.endsWith('.yml') ? path : `${path}/action.yml`
      expect(existsSync(target), `${file} names ${name}`).toBe(true)
    }
  })

  it('are rewritten by a release, and nothing else is', () => {
    const text =
      'uses: gitops-actions/gitops-actions/actions/deploy@v0.1.0\nuses: actions/checkout@v4\nuses: gitops-actions/gitops-actions@v0.1.0 # x'
    expect(rewriteReferences(text, '1.2.3')).toBe(
      'uses: gitops-actions/gitops-actions/actions/deploy@v1.2.3\nuses: actions/checkout@v4\nuses: gitops-actions/gitops-actions@v1.2.3 # x'
    )
  })

  it('never is a path relative to the workflow, which would mean the repository of the caller', () => {
    for (const file of releaseFiles().filter((name) => name.endsWith('.yml')))
      expect(readFileSync(file, 'utf8'), file).not.toMatch(/uses:\s*\.\//)
  })
})
