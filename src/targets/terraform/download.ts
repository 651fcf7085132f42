import type { Logger } from '../../log.ts'
import { opentofuRelease, type Release, terraformRelease } from '../../toolchain/releases.ts'
import { meets } from './constraint.ts'

/**
 * The release to take for what is wanted: that very version, or the one that this suite knows where a constraint (or
 * nothing) is given and it meets that. Undefined where no release is known to meet it: which versions there are is
 * nothing that a plan should look up, since it would be another one tomorrow.
 */
export function releaseFor(name: 'terraform' | 'opentofu', wanted: string | undefined): Release | undefined {
  const releaseOf = name === 'terraform' ? terraformRelease : opentofuRelease
  const [, exact] = /^=?\s*v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)$/.exec(wanted?.trim() ?? '') ?? []
  if (exact !== undefined) return releaseOf(exact)
  const known = releaseOf()
  return wanted === undefined || meets(known.version, wanted) ? known : undefined
}

/**
 * Downloads a release into the runner's tool cache and checks it by SHA-256.
 * @throws GitOpsError when it cannot be had, or is not what was released
 */
export async function downloadEngine(
  release: Release,
  { log, env }: { log: Logger; env: NodeJS.ProcessEnv }
): Promise<string> {
  // Loaded here, since most runners have what they need.
  const { downloadRelease } = await import('../../toolchain/download.ts')
  return downloadRelease(release.commands[0] ?? '', release, { log, env })
}
