import { messageOf } from '../errors.ts'
import { connect } from '../targets/kubernetes/client/index.ts'
import { releaseLease } from '../targets/kubernetes/lease.ts'
import { exec } from '../toolchain/exec.ts'
import { setSecret } from './commands.ts'
import { log } from './log.ts'
import { type KeptLease, type MainState, readMainState } from './main-state.ts'
import { addSummary } from './summary.ts'

/** Milliseconds for everything that the post step tries: a job that is being cancelled must not hang on it. */
const LIMIT = 20_000
/** A server that does not answer now is not waited for: what is not released ends by itself. */
const PATIENCE = { first: 5_000, outage: 5_000, overload: 5_000 }

/**
 * The post step of every action that writes: the backup for a main step that the runner killed before it could end in
 * order. It releases the leases that this run still holds, and says in the summary that the run was cut off. After a
 * main step that ended in order it does nothing. It never fails the job.
 */
export async function post(title: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  try {
    const state = readMainState(env)
    if (!state.begun) return
    if (!state.ended) await tell(title, state, env)
    if (state.leases.length > 0) await releaseAll(state.leases, env)
  } catch (error) {
    log.warning(`The post step could not do its work: ${messageOf(error)}`)
  }
}

async function tell(title: string, state: MainState, env: NodeJS.ProcessEnv): Promise<void> {
  const text = `${title} was cut off: the runner ended it before it could finish and report.`
  const next =
    'What it had done by then stays done. Run it again: a re-run finds out what is there and goes on from it.'
  log.warning(`${text} ${next}`)
  const leases = state.leases.map((lease) => `\`${lease.namespace}/${lease.name}\``)
  const released =
    leases.length === 0 ? '' : `\n\nIt was writing under the lease ${leases.join(', ')}, which is released now.`
  await addSummary(`## ⚠️ ${text}\n\n${next}${released}`, env)
}

async function releaseAll(leases: readonly KeptLease[], env: NodeJS.ProcessEnv): Promise<void> {
  // The main step has had its secrets masked, for the rest of the job.
  const given = env['INPUT_KUBECONFIG']?.trim() || undefined
  const signal = AbortSignal.timeout(LIMIT)
  await Promise.all(
    leases.map(async (lease) => {
      const where = `${lease.namespace}/${lease.name}`
      try {
        const cluster = await connect({
          kubeconfig: lease.kubeconfig ?? given,
          context: lease.context,
          env,
          log,
          exec,
          mask: setSecret,
          signal,
          patience: PATIENCE
        })
        if (await releaseLease(cluster, lease)) log.info(`Released the lease ${where}.`)
      } catch (error) {
        log.warning(`The lease ${where} could not be released (${messageOf(error)}); it ends by itself after 30 s.`)
      }
    })
  )
}
