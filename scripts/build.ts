import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { minify } from 'rolldown/utils'
import { parse } from 'yaml'
import { run, SetupError } from './bootstrap.mjs'
import { main } from './main.ts'

/** The largest index.js in bytes: it is read and compiled at the start of every step (design §7). */
const LARGEST = 2_000_000
/** The same for post.js, which has next to nothing to do. */
const LARGEST_POST = 200_000
const CORES = 2

export const repository = path.dirname(import.meta.dirname)

/** One bundle: `dist/<name>`, made from `actions/<name>/main.ts`, and from `post.ts` beside it where there is one. */
interface Bundle {
  readonly name: string
  readonly post: boolean
}

interface BundleSize {
  readonly name: string
  readonly main: number
  /** Bytes of post.js. */
  readonly post?: number
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
  // What is imported by its place in node_modules (src/action/commands.ts) is found from the compiled sources, too.
  await symlink(path.join('..', 'node_modules'), path.join(place.work, 'node_modules'))
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

/** Every `actions/<name>/main.ts`. */
async function listBundles(): Promise<Bundle[]> {
  const actions = path.join(repository, 'actions')
  const bundles: Bundle[] = []
  for (const name of (await readdir(actions)).sort()) {
    const has = (entry: string) => existsSync(path.join(actions, name, `${entry}.ts`))
    if (has('main')) bundles.push({ name, post: has('post') })
    await checkMetadata(name, has('post'))
  }
  return bundles
}

/** An action.yml that names a file which this build does not make would fail at its first user. */
async function checkMetadata(name: string, hasPost: boolean): Promise<void> {
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
  if (!metadata.runs?.using?.startsWith('node')) return
  const folder = isRoot ? 'dist/root' : `../../dist/${name}`
  for (const [step, expected] of [
    ['main', `${folder}/index.js`],
    ['post', hasPost ? `${folder}/post.js` : undefined]
  ] as const)
    if (metadata.runs[step] !== expected)
      throw new SetupError(`${file}: runs.${step} is ${metadata.runs[step]}; the build makes ${expected ?? 'none'}.`)
}

async function makeBundle(bundle: Bundle, place: { target: string; work: string }): Promise<BundleSize> {
  const output = path.join(place.target, bundle.name)
  const fresh = path.join(place.work, 'bundles', bundle.name)
  await compile(path.join('actions', bundle.name, 'main.js'), fresh, place.work)
  if (bundle.post) await addPost(bundle.name, fresh, place.work)
  await minifyChunks(fresh)
  // dist/<name>/package.json says that index.js is an ES module, wherever a runner puts the action.
  await writeFile(path.join(fresh, 'package.json'), '{\n  "type": "module"\n}\n')
  await rm(output, { recursive: true, force: true })
  await cp(fresh, output, { recursive: true })
  const files = (await readdir(output)).filter((file) => file.endsWith('.js'))
  const sized = await Promise.all(
    files.map(async (file) => ({ file, bytes: (await stat(path.join(output, file))).size }))
  )
  const bytesOf = (name: string) => sized.find(({ file }) => file === name)?.bytes
  const chunks = sized.filter(({ file }) => file !== 'index.js' && file !== 'post.js').sort((a, b) => b.bytes - a.bytes)
  const post = bytesOf('post.js')
  return { name: bundle.name, main: bytesOf('index.js') ?? 0, chunks, ...(post === undefined ? {} : { post }) }
}

async function compile(entry: string, into: string, work: string): Promise<void> {
  const ncc = path.join(repository, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const options = ['--minify', '--license', 'licenses.txt', '--no-cache', '--no-source-map-register']
  // Module ids are hashes of paths relative to the working directory: this way they are the same in every checkout.
  await run(process.execPath, [ncc, 'build', entry, '--out', into, ...options], { cwd: work })
}

/** ncc minifies the entry alone; Node compiles the files that it imports at every start, too. */
async function minifyChunks(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!/^\d+\.index\.js$/.test(name)) continue
    const file = path.join(directory, name)
    const { code, errors } = await minify(name, await readFile(file, 'utf8'), { module: true })
    if (errors.length > 0) throw new SetupError(`${name} of ${path.basename(directory)}: ${errors[0]?.message}`)
    await writeFile(file, code)
  }
}

/** The post step beside the main one. It is one file: chunks of its own would lie beside those of index.js, under the same names. */
async function addPost(name: string, fresh: string, work: string): Promise<void> {
  const apart = `${fresh}-post`
  await compile(path.join('actions', name, 'post.js'), apart, work)
  const files = (await readdir(apart)).filter((file) => file.endsWith('.js'))
  if (files.length !== 1)
    throw new SetupError(
      `actions/${name}/post.ts leads to "await import(…)", so it is no single file: ${files.join(', ')}.`
    )
  await cp(path.join(apart, 'index.js'), path.join(fresh, 'post.js'))
}

/** A bundle whose action is gone must not stay. */
async function removeOthers(target: string, bundles: readonly Bundle[]): Promise<void> {
  const names = new Set(bundles.map((bundle) => bundle.name))
  for (const name of await readdir(target))
    if (!names.has(name)) await rm(path.join(target, name), { recursive: true, force: true })
}

function checkSizes(sizes: readonly BundleSize[]): void {
  const post = sizes.find((size) => (size.post ?? 0) > LARGEST_POST)
  if (post) throw new SetupError(`dist/${post.name}/post.js is larger than ${kilobytes(LARGEST_POST)}.`)
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
    if (size.post !== undefined) console.log(`dist/${size.name}/post.js`.padEnd(40), kilobytes(size.post).padStart(10))
    for (const chunk of size.chunks)
      console.log(`  on demand: ${chunk.file}`.padEnd(40), kilobytes(chunk.bytes).padStart(10))
  }
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`
}
