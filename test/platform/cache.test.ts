import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'

const BOOTSTRAP = path.resolve(import.meta.dirname, '../../scripts/bootstrap.mjs')
let cache = ''

beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'gitops-actions-cache-'))
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }))
})

describe('the cache of built programs', () => {
  it('makes a thing once when two processes want it at once, and the second says that it waits', async () => {
    const go = path.join(cache, 'go')
    const owner = start(`while (!existsSync(${JSON.stringify(go)})) await pause(20); ${QUICKLY}`)
    await owner.says('Making it: usually a second, once.')
    const waiting = start('throw new Error("must not be made twice")')
    await waiting.says(`Process ${owner.child.pid} is making it already; waiting for it.`)
    writeFileSync(go, '')
    const [first, second] = await Promise.all([owner.ended, waiting.ended])
    expect([first.code, second.code]).toEqual([0, 0])
    expect(second.output).toBe(first.output)
    expect(readFileSync(path.join(cache, 'thing/v1/file'), 'utf8')).toBe('made\n')
  })

  it('gives what is there without making it again', async () => {
    await want(QUICKLY)
    const again = await want('throw new Error("must not be made again")')
    expect(again.code).toBe(0)
    expect(again.errors).toBe('')
  })

  it('leaves nothing half made when making it fails, and tries again the next time', async () => {
    const failed = await want('await writeFile(directory + "/file", ""); throw new SetupError("the disk is full")')
    expect(failed.code).toBe(1)
    expect(failed.errors).toContain('the disk is full')
    expect(readdirSync(path.join(cache, 'thing'))).toEqual([])
    expect((await want(QUICKLY)).code).toBe(0)
  })

  it('lets a waiting process take over when the one that makes it is killed', async () => {
    const doomed = start('await writeFile(directory + "/half", ""); await pause(60_000)')
    await doomed.says('Making it')
    const heir = start(QUICKLY)
    await heir.says('waiting for it')
    doomed.child.kill('SIGKILL')
    expect((await heir.ended).code).toBe(0)
    expect(readdirSync(path.join(cache, 'thing'))).toEqual(['v1'])
    expect(existsSync(path.join(cache, 'thing/v1/half'))).toBe(false)
  })

  it('leaves nothing half made and no child running when it is told to stop', async () => {
    const doomed = start('await run("sh", ["-c", "echo $$ > " + directory + "/../pid; sleep 60"])')
    const pidFile = path.join(cache, 'thing/pid')
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await new Promise((r) => setTimeout(r, 20))
    const pid = Number(readFileSync(pidFile, 'utf8'))
    doomed.child.kill('SIGTERM')
    expect((await doomed.ended).code).toBe(143)
    expect(readdirSync(path.join(cache, 'thing'))).toEqual(['pid'])
    while (isAlive(pid)) await new Promise((r) => setTimeout(r, 20))
  })
})

const QUICKLY = 'await writeFile(directory + "/file", "made\\n")'

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

function want(make: string): Promise<Ended> {
  return start(make).ended
}

/** A process that wants the cached thing `thing/v1`, with the body of its `make` as source text. */
function start(make: string) {
  const source = `
    import { existsSync } from 'node:fs'
    import { writeFile } from 'node:fs/promises'
    import { setTimeout as pause } from 'node:timers/promises'
    import { cached, run, SetupError } from ${JSON.stringify(BOOTSTRAP)}
    try {
      console.log(await cached({ name: 'thing', key: 'v1', what: 'making it', usually: 'a second', make: async (directory) => { ${make} } }))
    } catch (error) { console.error(error.message); process.exit(1) }`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    env: { ...process.env, GITOPS_ACTIONS_CACHE: cache },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output, errors })))
  return {
    child,
    ended,
    async says(text: string): Promise<void> {
      while (!errors.includes(text)) await new Promise((r) => setTimeout(r, 20))
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z')
  } catch {
    return false
  }
}
