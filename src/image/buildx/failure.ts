import { GitOpsError } from '../../errors.ts'

/**
 * What went wrong in a build, from the lines of `--progress plain`: the failing line of the Dockerfile and the last
 * words of its command, instead of "exit code 1".
 */
export function explainFailure(lines: readonly string[], dockerfile: string): GitOpsError {
  const error = lines.findLast((line) => /^ERROR: /.test(line))?.replace(/^ERROR: /, '') ?? lastLine(lines)
  const reason = error
    .replace(/^(failed to build|failed to solve|rpc error: code = \w+ desc =)[: ]\s*/, '')
    .replace(/^failed to solve: /, '')
  const line = failingLine(lines)
  const step = failingStep(lines)
  // The second form is that of the BuildKit inside Docker 20.10, which also prints no line.
  const exit = /^(?:process ".*" did not complete successfully|executor failed running \[.*\]): (exit code: \d+)/s.exec(
    reason
  )
  const what = exit && step ? `${step.name} failed with ${exit[1]?.replace(':', '')}.` : reason
  const message = line === undefined ? `Building ${dockerfile} failed: ${what}` : `${dockerfile}:${line}: ${what}`
  const hint = hintFor(reason)
  const details = step?.output ?? []
  return new GitOpsError(message, {
    hint,
    details,
    annotations:
      line === undefined
        ? []
        : [{ place: { file: dockerfile, line: Number(line) }, message: [message, ...details].join('\n') }]
  })
}

function lastLine(lines: readonly string[]): string {
  return lines.findLast((line) => line.trim() !== '') ?? 'buildx gave no reason'
}

/** `Dockerfile:7`, the line above the excerpt that BuildKit prints. */
function failingLine(lines: readonly string[]): string | undefined {
  const excerpt = lines.findLastIndex(
    (line, index) => line === '--------------------' && /:\d+$/.test(lines[index - 1] ?? '')
  )
  return excerpt < 0 ? undefined : /:(\d+)$/.exec(lines[excerpt - 1] ?? '')?.[1]
}

/** The block between two lines of dashes: ` > [2/3] RUN make:` and the last output of the command. */
function failingStep(lines: readonly string[]): { name: string; output: string[] } | undefined {
  const start = lines.findLastIndex((line, index) => line === '------' && /^ > .*:$/.test(lines[index + 1] ?? ''))
  if (start < 0) return undefined
  const end = lines.indexOf('------', start + 1)
  const name = (lines[start + 1] ?? '').replace(/^ > (\[.*?\] )?/, '').replace(/:$/, '')
  const output = lines.slice(start + 2, end < 0 ? undefined : end).map((line) => line.replace(/^\d+\.\d+ /, ''))
  return { name, output: output.slice(-30) }
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /failed to calculate checksum of ref .*: not found|failed to compute cache key/,
    'The file is not in the build context. Paths in COPY are relative to the input "context"; is it kept out by .dockerignore?'
  ],
  [
    /secret .*: not found/,
    'The Dockerfile needs a build secret: give it with the input "secret-envs" or "secret-files".'
  ],
  [
    /failed to (resolve source metadata|authorize|do request)|pull access denied/,
    'The base image cannot be read: check its name, and whether its registry asks for credentials.'
  ],
  [
    /not supported for the docker driver|is not supported.*docker driver/i,
    'The builder is that of the Docker engine. Create a BuildKit builder (docker/setup-buildx-action), or give the input "buildkit-address".'
  ],
  [
    /exec format error/,
    'The builder cannot run programs of that platform: set up emulation (docker/setup-qemu-action) or a builder of that platform.'
  ],
  [/no space left on device/, 'The builder has no disk space left.'],
  [
    /name unknown|repository .* does not exist|NAME_UNKNOWN/i,
    'The registry does not make repositories by itself: create this one first, then run the step again.'
  ],
  [
    /push access denied|unexpected status.*40[13]|insufficient_scope|denied: /,
    'The registry refuses the push: check the credentials and the rights of the account.'
  ],
  [
    /context deadline exceeded|connection refused|no such host|failed to connect/,
    'BuildKit does not answer: is the builder running?'
  ],
  [/target stage .* could not be found/, 'The input "target" names a stage that the Dockerfile does not have.']
]

function hintFor(reason: string): string | undefined {
  return HINTS.find(([pattern]) => pattern.test(reason))?.[1]
}
