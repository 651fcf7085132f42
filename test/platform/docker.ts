import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { programOnPath } from './binaries.ts'
import type { RunFolder } from './run-folder.ts'

const execute = promisify(execFile)

/**
 * The `docker` that tests get: the machine's own where an engine answers, else a stand-in whose only sub-command is
 * `buildx` (which needs no engine: it talks to buildkitd), so that nothing depends on an engine by accident.
 */
export async function dockerCommand(run: RunFolder, buildx: string): Promise<string> {
  const own = programOnPath('docker')
  if (own !== undefined && (await engineAnswers(own))) return own
  const directory = path.join(run.directory, 'docker')
  await mkdir(directory)
  const file = path.join(directory, 'docker')
  await writeFile(
    file,
    `#!/bin/sh
if [ "$1" = buildx ]; then shift; exec '${buildx}' "$@"; fi
echo "docker: there is no Docker engine on this platform; only 'docker buildx' works" >&2
exit 125
`,
    { mode: 0o755 }
  )
  return file
}

async function engineAnswers(docker: string): Promise<boolean> {
  try {
    await execute(docker, ['version', '--format', '{{.Server.Version}}'], { timeout: 5000 })
    return true
  } catch {
    return false
  }
}
