import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { releaseFiles, rewriteReferences } from './references.ts'

/**
 * `npm run release -- 0.2.0`: writes the new version everywhere it stands (package, code, our own references in
 * workflows and documentation, changelog) and rebuilds dist. Commits nothing.
 */
const version = process.argv[2]
if (!version || !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) {
  console.error(`usage: npm run release -- VERSION, for example 0.2.0 (given: ${version ?? 'nothing'})`)
  process.exit(2)
}

for (const file of releaseFiles()) edit(file, (text) => rewriteReferences(text, version))
edit('src/version.ts', (text) => text.replace(/VERSION = '[^']+'/, `VERSION = '${version}'`))
// The first two are the package itself; versions of dependencies stand further down.
for (const file of ['package.json', 'package-lock.json'])
  edit(file, (text) =>
    replaceFirst(text, /"version": "[^"]+"/, `"version": "${version}"`, file === 'package.json' ? 1 : 2)
  )
edit('CHANGELOG.md', (text) =>
  text.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} (${new Date().toISOString().slice(0, 10)})`)
)
execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'inherit' })

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  if (after === before) return
  writeFileSync(file, after)
  console.log(`updated ${file}`)
}

function replaceFirst(text: string, pattern: RegExp, replacement: string, times: number): string {
  let left = times
  return text.replace(new RegExp(pattern, 'g'), (match) => (left-- > 0 ? replacement : match))
}
