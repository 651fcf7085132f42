import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../../src/log.ts'
import { type KopsTargetOptions, kopsTarget } from '../../src/targets/kops/index.ts'
import type { Target } from '../../src/targets/target.ts'
import { terraformTarget } from '../../src/targets/terraform/index.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { manifestOf, readShapes } from '../conformance/kops/shapes.ts'
import { type Aws, startAws } from '../platform/aws/index.ts'
import { ensure } from '../platform/binaries.ts'
import { startKopsAssets } from '../platform/kops-assets.ts'
import { createRunFolder } from '../platform/run-folder.ts'
import { type TofuTools, tofuTools } from '../platform/tofu.ts'
import { seconds } from './compare.ts'
import { table } from './figures.ts'

/** More give steadier figures: `BENCH_RUNS`. */
const RUNS = Number(process.env['BENCH_RUNS'] ?? 5)
const MODULES = 4
const RESOURCES = 40
const CLUSTER = 'bench.example.com'
const STORE = 's3://kops-state'
const SILENT: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_, work) => work() }

/**
 * What our plan costs beside the bare tool: the same question, asked in turns, the fastest of several runs each. kops and
 * OpenTofu are the real ones; AWS is the emulator.
 */
export async function benchInfrastructure(): Promise<void> {
  const run = createRunFolder()
  const alive = setInterval(() => {}, 2 ** 30)
  try {
    const rows = [...(await benchTerraform(path.join(run.directory, 'terraform')))]
    const aws = await startAws(run)
    rows.push(...(await benchKops(path.join(run.directory, 'kops'), aws)))
    table(['plan', 'ours', 'beside', 'which is', 'ratio', 'to reach'], rows)
  } finally {
    await run.close()
    clearInterval(alive)
  }
}

async function benchKops(folder: string, aws: Aws): Promise<string[][]> {
  const [{ kops }, assets] = await Promise.all([ensure(['kops']), startKopsAssets()])
  const env = { ...process.env, ...aws.env, ...assets.env }
  const bare = (...args: string[]) => exec(kops, [...args, '--state', STORE], { env })
  const dryRun = () => bare('update', 'cluster', '--name', CLUSTER, '--create-kube-config=false')
  const shape = readShapes().find((one) => one.name === 'minimal')
  if (!shape) throw new Error('there is no shape minimal')
  const manifest = manifestOf({ ...shape, cluster: CLUSTER }, STORE, {})
  await fetch(`${aws.endpoint}/kops-state`, { method: 'PUT' })
  const checkout = async (name: string, text: string) => {
    await mkdir(path.join(folder, name), { recursive: true })
    await writeFile(path.join(folder, name, 'cluster.yaml'), text)
    return path.join(folder, name)
  }
  const same = await checkout('same', manifest)
  await bare('create', '-f', path.join(same, 'cluster.yaml'))
  await bare('update', 'cluster', '--name', CLUSTER, '--create-kube-config=false', '--yes')
  const size = manifest.lastIndexOf('"maxSize": 1')
  const other = `${manifest.slice(0, size)}"maxSize": 2${manifest.slice(size + '"maxSize": 1'.length)}`
  const changed = await checkout('changed', other.replace('203.0.113.0/24', '198.51.100.0/24'))
  const plan = (place: string) => async () => {
    const target = await kopsTarget({ ...KOPS, checkout: place, kops, env, temporary: path.join(folder, 'temp') })
    await target.plan('deploy')
  }
  const question = 'kops update cluster'
  return [
    ['kops, nothing to do', ...(await inTurns(plan(same), dryRun, question)), '≤ 1.3×'],
    ['kops, a pull request', ...(await inTurns(plan(changed), dryRun, question)), '≤ 1.3×']
  ]
}

const KOPS: Omit<KopsTargetOptions, 'checkout' | 'kops' | 'temporary' | 'env'> = {
  id: 'cluster',
  environment: 'bench',
  manifests: ['cluster.yaml'],
  state: STORE,
  update: {
    enabled: true,
    prune: true,
    deleteInstanceGroups: false,
    instanceGroups: [],
    lifecycleOverrides: [],
    allowDowngrade: false,
    ignoreKubeletVersionSkew: false
  },
  rollingUpdate: { enabled: true, instanceGroups: [], force: false, cloudOnly: true },
  validate: { enabled: false, wait: '1s' },
  access: {},
  timeout: 600_000,
  source: {},
  secretKey: Buffer.alloc(32),
  exec,
  log: SILENT
}

async function benchTerraform(folder: string): Promise<string[][]> {
  const home = path.join(folder, 'home')
  await mkdir(home, { recursive: true })
  const tools = await tofuTools(home)
  const tofu = tools.engines.get('opentofu') ?? 'tofu'
  const names = Array.from({ length: MODULES }, (_, index) => `module-${index}`)
  for (const name of names) await writeModule(folder, name)
  const fresh = (name: string) => ourModule(folder, name, tools)
  for (const name of names) {
    const target = fresh(name)
    await target.apply(await target.plan('deploy'))
  }
  const [first = ''] = names
  // As a job begins: nothing is initialized.
  const ours = async () => {
    await rm(path.join(folder, 'temp'), { recursive: true, force: true })
    await fresh(first).plan('deploy')
  }
  const bare = async () => {
    const data = path.join(folder, 'bare')
    await rm(data, { recursive: true, force: true })
    const options = { cwd: path.join(folder, first), env: { ...process.env, ...tools.env, TF_DATA_DIR: data } }
    await exec(tofu, ['init', '-input=false', '-no-color'], options)
    await exec(tofu, ['plan', '-input=false', '-no-color', `-out=${folder}/bare.plan`], options)
  }
  const sideBySide = async () => {
    await rm(path.join(folder, 'temp'), { recursive: true, force: true })
    await Promise.all(names.map((name) => fresh(name).plan('deploy')))
  }
  const oneByOne = async () => {
    await rm(path.join(folder, 'temp'), { recursive: true, force: true })
    for (const name of names) await fresh(name).plan('deploy')
  }
  const single = await inTurns(ours, bare, 'tofu init, tofu plan')
  const [mine = '', theirs = '', which = '', ratio = ''] = await inTurns(sideBySide, oneByOne, 'one after the other')
  const faster = `${(1 / Number.parseFloat(ratio)).toFixed(2)}× faster`
  return [
    [`OpenTofu, ${RESOURCES} resources`, ...single, '≤ 1.3×'],
    [`OpenTofu, ${MODULES} root modules side by side`, mine, theirs, which, faster, '≥ 1.6×']
  ]
}

async function writeModule(folder: string, name: string): Promise<void> {
  const directory = path.join(folder, name)
  await mkdir(directory, { recursive: true })
  await writeFile(
    path.join(directory, 'main.tf'),
    `terraform {
  backend "local" { path = "${directory}/state.json" }
  required_providers { local = { source = "hashicorp/local" } }
}
resource "local_file" "a" {
  count    = ${RESOURCES}
  filename = "${directory}/files/\${count.index}"
  content  = "file \${count.index}"
}
`
  )
}

function ourModule(checkout: string, directory: string, tools: TofuTools): Target {
  return terraformTarget({
    id: directory,
    environment: 'bench',
    checkout,
    directory,
    engine: 'opentofu',
    variables: new Map(),
    varFiles: [],
    backendConfig: [],
    allowDestroy: false,
    lockTimeout: 0,
    timeout: 600_000,
    source: {},
    secretKey: Buffer.alloc(32),
    temporary: path.join(checkout, 'temp'),
    exec,
    log: SILENT,
    env: { ...process.env, ...tools.env }
  })
}

/** The fastest of several runs of each, taken in turns, so that a busy moment of the machine hits both. */
async function inTurns(ours: () => Promise<unknown>, theirs: () => Promise<unknown>, which: string): Promise<string[]> {
  const times = { ours: [] as number[], theirs: [] as number[] }
  for (let run = 0; run < RUNS; run++) {
    times.ours.push(await timed(ours))
    times.theirs.push(await timed(theirs))
  }
  const [mine, other] = [Math.min(...times.ours), Math.min(...times.theirs)]
  const ratio = `${(mine / other).toFixed(2)}×`
  console.log(`${seconds(mine)} beside ${seconds(other)} (${which}): ${ratio}`)
  return [seconds(mine), seconds(other), which, ratio]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}
