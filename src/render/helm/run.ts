import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import type { GitOpsError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { findTool } from '../../toolchain/tools.ts'

/** Helm with a home of its own. */
export interface Helm {
  /** A folder that only this user can read, removed afterwards: for the home of Helm, copies of charts, values. */
  readonly directory: string
  /** @returns stdout. @throws what `explain` makes of stderr when Helm fails */
  run(args: readonly string[], explain: (stderr: string) => GitOpsError): Promise<string>
}

export interface HelmOptions {
  readonly exec: Exec
  readonly log: Logger
  readonly signal?: AbortSignal
  readonly env?: NodeJS.ProcessEnv
}

/** Gives `work` a Helm that knows nothing of the user's repositories, cache and plugins, and writes nothing of theirs. */
export async function withHelm<T>(options: HelmOptions, work: (helm: Helm) => Promise<T>): Promise<T> {
  const env = options.env ?? process.env
  const program = await findTool('helm', options)
  // mkdtemp makes it readable for this user alone: it holds values, which may be secrets.
  const directory = await mkdtemp(path.join(env['RUNNER_TEMP'] || tmpdir(), 'gitops-actions-helm-'))
  try {
    return await work({
      directory,
      async run(args, explain) {
        const result = await options.exec(program, args, {
          env: homeIn(directory, env),
          allowFailure: true,
          ...(options.signal ? { signal: options.signal } : {})
        })
        if (result.code !== 0) throw explain(result.stderr || result.stdout)
        if (result.stderr.trim() !== '') options.log.debug(`helm ${args[0]}: ${result.stderr.trim()}`)
        return result.stdout
      }
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Nothing of the user's home counts but the logins to registries, which are only read. */
function homeIn(directory: string, env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const home: Record<string, string | undefined> = {}
  for (const name of Object.keys(env)) if (name.startsWith('HELM_')) home[name] = undefined
  const configHome =
    env['HELM_CONFIG_HOME'] || path.join(env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config'), 'helm')
  const logins = env['HELM_REGISTRY_CONFIG'] || path.join(configHome, 'registry', 'config.json')
  return {
    ...home,
    HELM_CACHE_HOME: path.join(directory, 'cache'),
    HELM_CONFIG_HOME: path.join(directory, 'config'),
    HELM_DATA_HOME: path.join(directory, 'data'),
    HELM_PLUGINS: path.join(directory, 'plugins'),
    ...(existsSync(logins) ? { HELM_REGISTRY_CONFIG: logins } : {}),
    // Rendering must not depend on a cluster that happens to be reachable.
    KUBECONFIG: path.join(directory, 'no-kubeconfig')
  }
}
