import { existsSync, rmSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { progress } from '../../scripts/bootstrap.mjs'
import { watchLifeline } from '../../scripts/lifeline.ts'
import { explain } from '../../scripts/main.ts'
import { GitOpsError, messageOf } from '../../src/errors.ts'
import { NODES } from './kwok.ts'
import { type PlatformInfo, type RunningPlatform, startPlatform } from './platform.ts'
import { createRunFolder } from './run-folder.ts'

const USAGE = `Usage: npm run platform -- [--json] [--kubeconfig-out FILE]

Starts Kubernetes with fake nodes, a registry, BuildKit and a double of GitHub's API on loopback and keeps them until
Ctrl-C or SIGTERM. Nothing is left behind.

  --json                 one JSON document on standard output once everything is ready, nothing else
                         (npm adds a banner: npm run -s platform -- --json)
  --kubeconfig-out FILE  write the kubeconfig to FILE once ready (and remove it at the end)
`

const options = readOptions()
const run = createRunFolder()
let platform: RunningPlatform | undefined
let starting: Promise<RunningPlatform> | undefined
let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal))
watchLifeline(() => void stop('SIGHUP'))
const alive = setInterval(() => {}, 2 ** 30)

try {
  const started = performance.now()
  progress('Starting the platform …')
  starting = startPlatform(run)
  platform = await starting
  if (options.kubeconfigOut !== undefined) await copyFile(platform.info.kubeconfig, options.kubeconfigOut)
  progress(`Ready after ${((performance.now() - started) / 1000).toFixed(1)} s.`)
  process.stdout.write(options.json ? `${JSON.stringify(platform.info, null, 2)}\n` : introduction(platform.info))
} catch (error) {
  if (!stopping) {
    process.stderr.write(`\n${explain(error)}\n`)
    await end(1)
  }
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopping) return
  stopping = true
  progress(`\n${signal}: stopping the platform …`)
  await end(platform ? 0 : signal === 'SIGINT' ? 130 : 143)
}

async function end(code: number): Promise<never> {
  clearInterval(alive)
  if (platform && options.kubeconfigOut !== undefined) await rm(options.kubeconfigOut, { force: true })
  await platform?.stop().catch(() => {}) // the reaper ends what does not end by itself
  const closed = run.close()
  // What was just being started ends now, because its processes do; a build (minutes) ends when this process does.
  await Promise.race([Promise.allSettled([starting]), sleep(3000)])
  await closed
  rmSync(run.directory, { recursive: true, force: true }) // what the start wrote after the folder was removed
  process.exit(code)
}

function readOptions(): { json: boolean; kubeconfigOut: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        'kubeconfig-out': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false }
      }
    })
    if (values.help) {
      process.stdout.write(USAGE)
      process.exit(0)
    }
    const kubeconfigOut = values['kubeconfig-out']
    if (kubeconfigOut !== undefined && !existsSync(path.dirname(path.resolve(kubeconfigOut))))
      throw new GitOpsError(
        `--kubeconfig-out ${kubeconfigOut}: there is no directory ${path.dirname(path.resolve(kubeconfigOut))}.`
      )
    return { json: values.json, kubeconfigOut }
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n\n${USAGE}`)
    process.exit(2)
  }
}

function introduction(info: PlatformInfo): string {
  const { secureRegistry: secure, github } = info
  return `
The platform runs until Ctrl-C (or: kill ${info.pid}). Everything is in ${info.directory}

Kubernetes 1.36   ${info.server}   nodes ${NODES.join(', ')} and their pods are simulated by kwok
  export PATH='${info.directory}/bin':$PATH KUBECONFIG='${info.kubeconfig}'
  kubectl get nodes
  kubectl create deployment web --image=busybox:1.36 && kubectl get pods
  A pod template with the annotation platform.gitops-actions.dev/behaviour: crash, image-pull or never-ready behaves so.
  By client certificate instead of a token: ${info.certificateKubeconfig}

Registry          ${info.registry}   plain HTTP; holds library/busybox:1.36
  curl http://${info.registry}/v2/_catalog
Registry          ${secure.address}   the same, asks for user ${secure.username}, password ${secure.password}
  curl -u ${secure.username}:${secure.password} http://${secure.address}/v2/_catalog

BuildKit          ${info.buildkit}   "FROM busybox:1.36" comes from the registry above
  buildx create --name platform --driver remote ${info.buildkit}
  buildx build --builder platform -t ${info.registry}/app:1 --push .

GitHub's API      ${github.apiUrl}   a double; repository ${github.repository}, token ${github.token}
  curl -H 'authorization: Bearer ${github.token}' ${github.apiUrl}/repos/${github.repository}/issues
`
}
