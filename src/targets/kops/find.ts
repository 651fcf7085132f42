import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { kopsRelease } from '../../toolchain/releases.ts'
import type { FindToolOptions } from '../../toolchain/tools.ts'

/** Instance groups by role, and the order of `kops reconcile`. */
const OLDEST = { major: 1, minor: 31 }

/**
 * The kops to use: the one on the PATH, or the version that is asked for, downloaded where the PATH has another.
 * @throws GitOpsError when it is neither there nor can be had
 */
export async function findKops(version: string | undefined, options: FindToolOptions): Promise<string> {
  const wanted = version?.replace(/^v/, '')
  if (wanted !== undefined && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(wanted))
    throw new GitOpsError(`"${version}" is no version of kops.`, { hint: 'Write it as kops does: 1.36.2.' })
  const env = options.env ?? process.env
  const program = await onPath(env)
  const found = program === undefined ? undefined : await versionOf(program, options)
  if (program !== undefined && found !== undefined && (wanted === undefined || wanted === found)) {
    refuseOld(found, program)
    options.log.debug(`kops ${found}: ${program}`)
    return program
  }
  if (wanted === undefined)
    throw new GitOpsError('kops is not on the PATH, and no version of it is asked for.', {
      hint: 'Set kops-version to the version that the cluster is to be updated with, or install kops in an earlier step.'
    })
  refuseOld(wanted, 'kops-version')
  // Loaded here, since a runner that has kops needs it not.
  const { downloadRelease } = await import('../../toolchain/download.ts')
  return downloadRelease('kops', kopsRelease(wanted), { log: options.log, env })
}

async function onPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const directory of (env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(directory, 'kops')
    if (
      path.isAbsolute(directory) &&
      (await access(file, constants.X_OK).then(
        () => true,
        () => false
      ))
    )
      return file
  }
  return undefined
}

async function versionOf(program: string, options: FindToolOptions): Promise<string> {
  const { stdout } = await options.exec(program, ['version', '--short'], { timeout: 20_000 })
  return stdout.trim().replace(/^v/, '')
}

function refuseOld(version: string, where: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return
  throw new GitOpsError(`${where} is kops ${version}, and ${OLDEST.major}.${OLDEST.minor} or newer is needed.`, {
    hint: 'Take a newer one: kops updates clusters of older versions of Kubernetes too.'
  })
}
