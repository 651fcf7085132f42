import { GitOpsError } from '../../errors.ts'
import { kopsRelease } from '../../toolchain/releases.ts'
import { type FindToolOptions, findTool, isOnPath } from '../../toolchain/tools.ts'

/**
 * The kops to use: the one on the PATH, or the version that is asked for, downloaded where the PATH has another.
 * @throws GitOpsError when it is neither there nor can be had
 */
export async function findKops(version: string | undefined, options: FindToolOptions): Promise<string> {
  if (version === undefined) return findTool('kops', options)
  const wanted = version.replace(/^v/, '')
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(wanted))
    throw new GitOpsError(`"${version}" is no version of kops.`, { hint: 'Write it as kops does: 1.36.2.' })
  const env = options.env ?? process.env
  if (await isOnPath('kops', env)) {
    const program = await findTool('kops', options)
    const { stdout } = await options.exec(program, ['version', '--short'], { timeout: 20_000 })
    if (stdout.trim() === wanted) return program
    options.log.debug(`${program} is kops ${stdout.trim()}, and ${wanted} is wanted`)
  }
  const { downloadTool } = await import('../../toolchain/download.ts')
  return downloadTool('kops', { log: options.log, env, release: kopsRelease(wanted) })
}
