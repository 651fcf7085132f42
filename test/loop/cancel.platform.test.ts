import { chmodSync, existsSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type BundleRun, runBundle } from '../actions/run-bundle.ts'
import { repository } from '../image/sample.ts'
import { openGate, type Passing } from '../platform/gate.ts'
import { usePlatform } from '../platform/use.ts'

const platform = usePlatform()

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`
const FILES = { 'deploy/a.yaml': configMap('a') }
const CHART = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'chart/templates/a.yaml': configMap('a')
}

interface Cancelled {
  readonly run: BundleRun
  /** Milliseconds between the signal and the end. */
  readonly after: number
  readonly written: readonly Passing[]
}

/** A run that is sent SIGINT, and never killed: what it waits for never comes, so it must end by itself. */
async function cancelled(
  files: Readonly<Record<string, string>>,
  options: {
    /** Requests that are never answered; the first of them is when the run is cancelled. */
    readonly held?: (request: Passing) => boolean
    /** A file of the workspace that is run as a program and never ends; it is cancelled when that has begun. */
    readonly program?: string
    readonly action?: string
    readonly inputs?: (namespace: string) => Record<string, string>
    /** A second SIGINT follows at once. */
    readonly twice?: boolean
  }
): Promise<Cancelled> {
  const namespace = await platform.createNamespace('cancel')
  using sample = repository(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll('NAMESPACE', namespace)]))
  )
  const gate = await openGate(platform)
  onTestFinished(gate.close)
  let send: (signal: NodeJS.Signals) => void = () => {}
  let at: number | undefined
  const cancel = () => {
    if (at !== undefined) return
    at = performance.now()
    send('SIGINT')
    // The terminal sends it to every process of its group, and the program between passes it on.
    if (options.twice) setTimeout(() => send('SIGINT'), 50)
  }
  gate.rule = (request) => {
    if (!options.held?.(request)) return 'pass'
    cancel()
    return 'hold'
  }
  const program = options.program === undefined ? undefined : sample.path(options.program)
  if (program) chmodSync(program, 0o755)
  const looking = setInterval(() => program && existsSync(`${program}.begun`) && cancel(), 50)
  onTestFinished(() => clearInterval(looking))
  const action = options.action ?? 'deploy'
  const run = await runBundle(action, {
    inputs: {
      kubeconfig: gate.kubeconfig,
      ...(options.inputs?.(namespace) ?? { manifests: 'deploy', target: 'web', namespace })
    },
    workspace: sample.root,
    path: program ? `${path.dirname(program)}:${platform.path}` : platform.path,
    entry: path.resolve(import.meta.dirname, `../../actions/${action}/main.ts`),
    onStart(kill) {
      send = kill
    }
  })
  return {
    run,
    after: performance.now() - (at ?? Number.NaN),
    written: gate.seen.filter((one) => one.method !== 'GET' && !one.dryRun)
  }
}

function expectInOrder({ run, after }: Cancelled): void {
  expect(run.code, run.log).toBe(1)
  expect(run.log).not.toContain('Unexpected error')
  expect(run.outputs).toMatchObject({ status: 'cancelled' })
  expect(run.outputs['report']).toBeTruthy()
  expect(run.summary).toContain('cancelled')
  expect(run.state).toMatchObject({ STATE_ended: 'true' })
  // Its own limit is 4.5 s, GitHub's is 10 s; a machine that others keep busy adds to both.
  expect(after).toBeLessThan(20_000)
}

const declaration = (web: string) => ({
  'gitops.yaml': `version: 1\nenvironments:\n  dev:\n    targets:\n      web: {${web}, namespace: NAMESPACE}\n`
})
const root = { action: 'root', inputs: () => ({ environment: 'dev', command: 'deploy' }) }

test.each([
  ['asks what the server serves', FILES, { held: (one: Passing) => one.url.startsWith('/api') }],
  ['reads what was deployed', FILES, { held: (one: Passing) => one.url.includes('/secrets/') }],
  [
    'asks for what a chart wants to know',
    { ...CHART, ...declaration('helm: {chart: chart}') },
    { ...root, held: (one: Passing) => one.url === '/version' }
  ],
  [
    'looks for targets that are left over',
    { ...FILES, ...declaration('manifests: [deploy]') },
    { ...root, held: (one: Passing) => one.url.includes('/secrets') }
  ]
])('a run that is cancelled while it %s ends at once, with its report', async (_what, files, options) => {
  const ended = await cancelled(files, options)
  expectInOrder(ended)
  expect(ended.written).toEqual([])
})

const PROGRAM = '#!/bin/sh\n: > "$0.begun"\nexec sleep 600\n'

test.each([
  [
    'a kustomization is built',
    { ...FILES, 'deploy/kustomization.yaml': 'resources: [a.yaml]\n', 'bin/kustomize': PROGRAM },
    { program: 'bin/kustomize' }
  ],
  [
    'a chart is rendered',
    { ...CHART, ...declaration('helm: {chart: chart}'), 'bin/helm': PROGRAM },
    { ...root, program: 'bin/helm' }
  ]
])('a run that is cancelled while %s ends the program, and itself', async (_what, files, options) => {
  const ended = await cancelled(files, options)
  expectInOrder(ended)
  expect(ended.written).toEqual([])
})

test('a server that answers nothing any more after the first write does not keep the run from ending', async () => {
  let away = false
  const ended = await cancelled(FILES, {
    held: (one) => {
      away ||= one.method === 'PATCH' && !one.dryRun && one.url.includes('/configmaps/a?')
      return away
    },
    twice: true
  })
  expectInOrder(ended)
  // What could not be released is left to the post step.
  expect(ended.run.state['STATE_leases']).toContain('gitops.default.web')
})
