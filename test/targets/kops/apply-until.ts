import { readFileSync } from 'node:fs'
import type { Logger } from '../../../src/log.ts'
import { kopsTarget } from '../../../src/targets/kops/index.ts'
import { exec } from '../../../src/toolchain/exec.ts'

/**
 * Plans and applies a kops cluster in a process of its own, which ends like a runner that lost its power: killed right
 * after the step that is named, with nothing given back and nothing tidied up.
 *
 * Arguments: a file with the options as JSON, the title of the step, minutes by which the clock is ahead.
 */
const [, , file = '', title = '', ahead = '0'] = process.argv

const say = (text: string) => void process.stdout.write(`${text}\n`)
const log: Logger = {
  info: say,
  debug() {},
  warning: say,
  error: say,
  async group(step, work) {
    say(`group: ${step}`)
    const result = await work()
    if (step === title) process.kill(process.pid, 'SIGKILL')
    return result
  }
}

const target = await kopsTarget({
  ...JSON.parse(readFileSync(file, 'utf8')),
  secretKey: Buffer.alloc(32, 7),
  exec,
  log,
  env: process.env,
  now: () => new Date(Date.now() + Number(ahead) * 60_000)
})
const outcome = await target.apply(await target.plan('deploy'))
say(`outcome: ${outcome.status} ${outcome.failure?.message ?? ''}`)
