import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readReport } from '../../src/report/read.ts'
import type { RunReport } from '../../src/report/report.ts'
import { type BundleRun, runBundle } from '../actions/run-bundle.ts'
import { repository } from '../image/sample.ts'
import { usePlatform } from '../platform/use.ts'
import { schemaErrors } from './schema.ts'

const platform = usePlatform()

const FILES = {
  'deploy/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1, envFrom: [{secretRef: {name: login}}]}]}
`,
  'deploy/login.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: declared-password}\n',
  'deploy/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {greeting: hello}\n'
}

test('the report of every status that a check of a cluster ends with is of the published form, and can be read again', async () => {
  const namespace = await platform.createNamespace('reports')
  // The reports outlive their runs.
  const kept = await platform.createDirectory('reports')
  using sample = repository(FILES)
  const inputs = { manifests: 'deploy', target: 'web', namespace, kubeconfig: platform.kubeconfig, wait: 'false' }
  const run = (action: string, more: Record<string, string> = {}): Promise<BundleRun> =>
    runBundle(action, {
      inputs: { ...inputs, ...more },
      workspace: sample.root,
      path: platform.path,
      env: { RUNNER_TEMP: kept },
      entry: path.resolve(import.meta.dirname, `../../actions/${action}/main.ts`)
    })
  /** Of the run as it wrote it. */
  const reportOf = ({ outputs, log }: BundleRun, status: RunReport['status']): RunReport => {
    const file = outputs['report'] ?? ''
    const text = readFileSync(file, 'utf8')
    expect(schemaErrors(text)).toEqual([])
    expect(readReport(text, file)).toEqual(JSON.parse(text))
    expect(text).not.toMatch(/declared-password|wrong-password/)
    const report = readReport(text, file)
    expect(report.status, log).toBe(status)
    expect(report.targets[0]?.status).toBe(status)
    return report
  }
  const kubectl = (...args: string[]) => platform.kubectl(['-n', namespace, ...args])
  const tamper = async () => {
    await kubectl('scale', 'deployment', 'web', '--replicas=5')
    await kubectl('patch', 'secret', 'login', '-p', '{"stringData":{"password":"wrong-password","more":"1"}}')
    await kubectl('delete', 'configmap', 'settings')
  }

  const never = reportOf(await run('drift-check'), 'error')
  expect(never.targets[0]?.error?.message).toContain('was never deployed')
  reportOf(await run('deploy'), 'succeeded')
  reportOf(await run('drift-check'), 'in-sync')
  await tamper()
  await kubectl('create', 'configmap', 'by-hand')
  const drifted = reportOf(await run('drift-check'), 'drifted')
  const actions = new Set(drifted.targets[0]?.plan?.changes.map((change) => change.action))
  // Of the pods that scaling made, some may have started after the Secret was changed.
  actions.delete('restart')
  expect(actions).toEqual(new Set(['create', 'update', 'remove-foreign', 'unmanaged']))
  expect(drifted.targets[0]?.plan?.notes.join()).toMatch(/Healing is off; with heal: automatic, \d of these \d changes/)
  await kubectl('delete', 'configmap', 'by-hand')
  const healed = reportOf(await run('drift-check', { heal: 'automatic', 'foreign-fields': 'revert' }), 'healed')
  expect(healed.targets[0]?.outcomes).not.toEqual([])
})
