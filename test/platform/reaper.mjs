// Ends what a platform run left behind. Started once per run, with the run's folder as its argument; waits until its
// standard input closes, which the kernel does when the run's process ends, however it ends. Plain JavaScript: it must
// start fast and must not depend on anything that a run could have broken.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'

const directory = process.argv[2]
const mark = `GITOPS_ACTIONS_PLATFORM_RUN=${directory}`

process.stdin.resume()
process.stdin.on('error', () => {})
process.stdin.on('close', () => void reap())
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {}) // only the pipe decides

async function reap() {
  // A component that is just being started shows up a moment later: two empty looks in a row mean that all are gone.
  for (let empty = 0, round = 0; empty < 2 && round < 100; round++) {
    const left = processesOfRun()
    for (const pid of left) kill(pid, round < 20 ? 'SIGTERM' : 'SIGKILL')
    empty = left.length === 0 ? empty + 1 : 0
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  } catch {
    // Without root, BuildKit's files belong to sub-ids of the user: only inside such a namespace can they be removed.
    spawnSync('unshare', ['--user', '--map-root-user', '--map-auto', 'rm', '-rf', directory])
  }
  process.exit(0)
}

function processesOfRun() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        if (
          readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .startsWith('Z')
        )
          return false
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)
      } catch {
        return false // another user's process, or one that has just ended
      }
    })
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch {
    // it ended by itself
  }
}
