import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { asList, asString } from '../../../src/json.ts'
import type { Logger } from '../../../src/log.ts'
import { kopsTarget } from '../../../src/targets/kops/index.ts'
import type { Target } from '../../../src/targets/target.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import type { Aws } from '../../platform/aws/index.ts'
import { plannedAddresses, writtenAddresses } from './addresses.ts'
import { makeExisting } from './existing.ts'
import { manifestOf, type Shape } from './shapes.ts'

/** Where shapes are tried. */
export interface Bench {
  readonly aws: Pick<Aws, 'endpoint' | 'reset'>
  /** Environment of kops. */
  readonly env: NodeJS.ProcessEnv
  readonly kops: string
  /** A folder for checkouts and what kops writes. */
  readonly folder: string
}

/** Of one shape, ms: enough on a busy machine. kops tries for 10 minutes what the emulator cannot do. */
const PATIENCE = 300_000

const STORE = 's3://kops-state'
/** Of kops by itself, so that neither sees what the other one does. */
const SCRATCH = 's3://kops-scratch'

/**
 * Tries a shape on an empty AWS: our plan creates what `kops update cluster --target terraform` writes, and when it has
 * been applied, there is nothing left to do. Says what is wrong, or nothing.
 */
export async function checkShape(shape: Shape, bench: Bench): Promise<{ wrong?: string; resources: number }> {
  await bench.aws.reset()
  for (const bucket of ['kops-state', 'kops-scratch']) await fetch(`${bench.aws.endpoint}/${bucket}`, { method: 'PUT' })
  const zones = asList(shape.spec['zones'])?.map((zone) => asString(zone) ?? '') ?? ['us-east-1a']
  const existing = await makeExisting(bench.aws, shape.spec, zones)
  const folder = path.join(bench.folder, shape.name)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'cluster.yaml'), manifestOf(shape, STORE, existing))
  await writeFile(path.join(folder, 'scratch.yaml'), manifestOf(shape, SCRATCH, existing))
  const complaints = new Complaints()
  const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE), complaints.signal])
  const target = await targetOf(folder, bench, complaints, signal)
  const [written, plan] = await Promise.all([terraformOf(shape, folder, bench, signal), target.plan('deploy')])
  const { addresses, unknown } = plannedAddresses(plan)
  const wrong = [
    ...list('the mapping does not know', unknown),
    ...list(
      'missing in our plan:',
      [...written].filter((one) => !addresses.has(one))
    ),
    ...list(
      'too much in our plan:',
      [...addresses].filter((one) => !written.has(one))
    )
  ]
  const outcome = await target.apply(plan)
  if (outcome.status !== 'succeeded')
    wrong.push(`applying failed: ${outcome.failure?.message ?? outcome.status} ${complaints.last}`)
  else {
    const left = await target.plan('deploy')
    wrong.push(
      ...list(
        'still to do after applying:',
        left.changes.map(
          (change) => `${change.action} ${change.resource.id} ${JSON.stringify(change.fields).slice(0, 300)}`
        )
      )
    )
  }
  return { resources: written.size, ...(wrong.length === 0 ? {} : { wrong: wrong.join('; ') }) }
}

/** What kops itself would have Terraform create. */
async function terraformOf(shape: Shape, folder: string, bench: Bench, signal: AbortSignal): Promise<Set<string>> {
  const out = path.join(folder, 'terraform')
  const options = { env: { ...process.env, ...bench.env }, signal }
  const run = (...args: string[]) => exec(bench.kops, [...args, '--state', SCRATCH], options)
  await run('create', '-f', path.join(folder, 'scratch.yaml'))
  const flags = ['--target', 'terraform', '--out', out, '--create-kube-config=false']
  await run('update', 'cluster', '--name', shape.cluster, ...flags)
  return writtenAddresses(await readFile(path.join(out, 'kubernetes.tf'), 'utf8'))
}

function targetOf(checkout: string, bench: Bench, complaints: Complaints, signal: AbortSignal): Promise<Target> {
  const { kops, env, folder } = bench
  return kopsTarget({
    id: 'cluster',
    environment: 'conformance',
    checkout,
    manifests: ['cluster.yaml'],
    state: STORE,
    kops,
    update: {
      enabled: true,
      prune: true,
      deleteInstanceGroups: false,
      instanceGroups: [],
      lifecycleOverrides: [],
      allowDowngrade: false,
      ignoreKubeletVersionSkew: false
    },
    // There is no Kubernetes API behind the emulator.
    rollingUpdate: { enabled: true, instanceGroups: [], force: false, cloudOnly: true },
    validate: { enabled: false, wait: '1s' },
    access: {},
    timeout: 180_000,
    source: {},
    secretKey: Buffer.alloc(32, 7),
    temporary: path.join(folder, 'temp'),
    signal,
    exec,
    log: complaints.log,
    env: { ...process.env, ...env }
  })
}

function list(what: string, items: readonly string[]): string[] {
  if (items.length === 0) return []
  return [`${what} ${items.slice(0, 6).join(', ')}${items.length > 6 ? ` and ${items.length - 6} more` : ''}`]
}

/** Keeps what kops complains about: while it tries again, it says why. What the emulator cannot do, it need not try. */
class Complaints {
  last = ''
  readonly #hopeless = new AbortController()
  readonly signal = this.#hopeless.signal
  readonly log: Logger = {
    info: (message) => this.#hear(message),
    debug: (message) => this.#hear(message),
    warning: (message) => this.#hear(message),
    error: (message) => this.#hear(message),
    group: (_, work) => work()
  }

  #hear(message: string): void {
    if (!message.includes('error running task')) return
    this.last = message
    if (message.includes('The emulator cannot answer')) this.#hopeless.abort()
  }
}
