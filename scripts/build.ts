import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { run, SetupError } from './bootstrap.mjs'
import { main } from './main.ts'

/** The largest index.js in bytes: it is read and compiled at the start of every step (design §7). */
const LARGEST = 2_000_000
const CORES = 2

export const repository = path.dirname(import.meta.dirname)

/** One bundle: `dist/<name>`, made from a source file below `actions/`. */
interface Bundle {
  readonly name: string
  readonly entry: string
}

interface BundleSize {
  readonly name: string
  readonly main: number
  readonly chunks: readonly { readonly file: string; readonly bytes: number }[]
}

await main(import.meta.filename, async () => {
  const target = path.join(repository, 'dist')
  const sizes = await build({ target, work: path.join(repository, 'lib') })
  report(sizes)
})

/**
 * Compiles the sources into `work` (a folder beside node_modules) and bundles every action into `target/<name>`. The
 * same sources give the same bytes wherever the repository lies and whatever `work` is called.
 * @throws SetupError when the sources do not compile, a bundle fails or is too large
 */
export async function build(place: { target: string; work: string }): Promise<BundleSize[]> {
  const bundles = await listBundles()
  if (bundles.length === 0) throw new SetupError('There is no actions/*/main.ts to build.')
  await rm(place.work, { recursive: true, force: true })
  await run(process.execPath, [
    path.join(repository, 'node_modules/typescript/bin/tsc'),
    '-p',
    path.join(repository, 'tsconfig.build.json'),
    '--outDir',
    place.work
  ])
  await mkdir(place.target, { recursive: true })
  const sizes: BundleSize[] = []
  const queue = [...bundles]
  const worker = async () => {
    for (let bundle = queue.shift(); bundle; bundle = queue.shift()) sizes.push(await makeBundle(bundle, place))
  }
  await Promise.all(Array.from({ length: CORES }, worker))
  await removeOthers(place.target, bundles)
  checkSizes(sizes)
  return sizes.sort((a, b) => a.name.localeCompare(b.name))
}

/** `actions/<name>/main.ts` → `<name>`, `actions/<name>/post.ts` (a post step) → `<name>-post`. */
async function listBundles(): Promise<Bundle[]> {
  const actions = path.join(repository, 'actions')
  const bundles: Bundle[] = []
  for (const name of (await readdir(actions)).sort()) {
    for (const [entry, bundle] of [
      ['main', name],
      ['post', `${name}-post`]
    ] as const)
      if (existsSync(path.join(actions, name, `${entry}.ts`)))
        bundles.push({ name: bundle, entry: path.join('actions', name, `${entry}.js`) })
    await checkMetadata(name)
  }
  return bundles
}

/** An action.yml that names a file which this build does not make would fail at its first user. */
async function checkMetadata(name: string): Promise<void> {
  const isRoot = name === 'root'
  const file = isRoot ? 'action.yml' : path.join('actions', name, 'action.yml')
  if (!existsSync(path.join(repository, file))) {
    if (existsSync(path.join(repository, 'actions', name, 'main.ts')))
      throw new SetupError(`${file} is missing, but actions/${name}/main.ts exists.`)
    return
  }
  const metadata: { runs?: { using?: string; main?: string; post?: string } } = parse(
    await readFile(path.join(repository, file), 'utf8')
  )
  const expected = isRoot ? 'dist/root/index.js' : `../../dist/${name}/index.js`
  if (metadata.runs?.using?.startsWith('node') && metadata.runs.main !== expected)
    throw new SetupError(`${file}: runs.main is ${metadata.runs.main}; the build makes ${expected}.`)
}

async function makeBundle(bundle: Bundle, place: { target: string; work: string }): Promise<BundleSize> {
  const output = path.join(place.target, bundle.name)
  const fresh = path.join(place.work, 'bundles', bundle.name)
  const ncc = path.join(repository, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const options = ['--minify', '--license', 'licenses.txt', '--no-cache', '--no-source-map-register']
  // Module ids are hashes of paths relative to the working directory: this way they are the same in every checkout.
  await run(process.execPath, [ncc, 'build', bundle.entry, '--out', fresh, ...options], { cwd: place.work })
  // dist/<name>/package.json says that index.js is an ES module, wherever a runner puts the action.
  await writeFile(path.join(fresh, 'package.json'), '{\n  "type": "module"\n}\n')
  await rm(output, { recursive: true, force: true })
  await cp(fresh, output, { recursive: true })
  const files = (await readdir(output)).filter((file) => file.endsWith('.js'))
  const sized = await Promise.all(
    files.map(async (file) => ({ file, bytes: (await stat(path.join(output, file))).size }))
  )
  const chunks = sized.filter(({ file }) => file !== 'index.js').sort((a, b) => b.bytes - a.bytes)
  return { name: bundle.name, main: sized.find(({ file }) => file === 'index.js')?.bytes ?? 0, chunks }
}

/** A bundle whose action is gone must not stay. */
async function removeOthers(target: string, bundles: readonly Bundle[]): Promise<void> {
  const names = new Set(bundles.map((bundle) => bundle.name))
  for (const name of await readdir(target))
    if (!names.has(name)) await rm(path.join(target, name), { recursive: true, force: true })
}

function checkSizes(sizes: readonly BundleSize[]): void {
  const large = sizes.filter((size) => size.main > LARGEST)
  if (large.length > 0)
    throw new SetupError(
      `index.js must not be larger than ${kilobytes(LARGEST)} (it is compiled at the start of every step):\n${large
        .map((size) => `  dist/${size.name}/index.js is ${kilobytes(size.main)}`)
        .join('\n')}\nImport what only some runs need by "await import(…)": it becomes a file of its own.`
    )
}

function report(sizes: readonly BundleSize[]): void {
  for (const size of sizes) {
    console.log(`dist/${size.name}/index.js`.padEnd(40), kilobytes(size.main).padStart(10))
    for (const chunk of size.chunks)
      console.log(`  on demand: ${chunk.file}`.padEnd(40), kilobytes(chunk.bytes).padStart(10))
  }
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`
}
