import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { readHealthChecks } from '../../../src/targets/kubernetes/health/index.ts'
import { parseSelector } from '../../../src/targets/kubernetes/selector.ts'
import { changesOf, configMap, manifest, problemOf, useKit } from './kit.ts'

const kit = useKit()
const select = (...texts: string[]) => texts.flatMap((text) => parseSelector(text) ?? [])

const job = (image: string, annotations: JsonObject = {}) =>
  manifest('batch/v1', 'Job', 'once', {
    metadata: { annotations },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image }] } } }
  })
const immutable = (value: string) => manifest('v1', 'ConfigMap', 'fixed', { immutable: true, data: { value } })

describe('replacing what cannot be changed in place', () => {
  it('needs the policy to name the object, and its annotation has the last word', async () => {
    const namespace = await kit.platform.createNamespace('replace')
    await kit.deploy(namespace, [job('busybox:1'), immutable('a')])
    const changed = [job('busybox:2'), immutable('b')]
    const problem = await problemOf(kit.target(namespace, changed).plan('deploy'))
    expect(problem.details.join('\n')).toMatch(/job\.yaml:1: Job .*once: .*replace: Job\/once/)
    expect(problem.details.join('\n')).toMatch(/configmap\.yaml:1: ConfigMap .*fixed: .*replace: ConfigMap\/fixed/)

    const some = await problemOf(kit.target(namespace, changed, { replace: select('Job.batch') }).plan('deploy'))
    expect(some.message).toMatch(/ConfigMap .*fixed/)
    const held = [job('busybox:2', { 'gitops-actions.dev/replace': 'false' })]
    const no = await problemOf(kit.target(namespace, held, { replace: select('*'), prune: false }).plan('deploy'))
    expect(no.message).toMatch(/Job .*once/)

    const { plan, outcome } = await kit.deploy(namespace, changed, { replace: select('Job', `*/${namespace}/fixed`) })
    expect(changesOf(plan)).toEqual(['replace ConfigMap fixed', 'replace Job once'])
    expect(outcome).toMatchObject({ status: 'succeeded', results: [{ action: 'replaced' }, { action: 'replaced' }] })
    expect(kit.kubectl('get', 'configmap', 'fixed', '-n', namespace, '-o', 'jsonpath={.data.value}')).toBe('b')
  })

  it('never means what holds data by a wildcard', async () => {
    const namespace = await kit.platform.createNamespace('replace')
    const claim = (size: string, mode: string) =>
      manifest('v1', 'PersistentVolumeClaim', 'data', {
        spec: { accessModes: [mode], resources: { requests: { storage: size } }, storageClassName: '' }
      })
    await kit.deploy(namespace, [claim('1Gi', 'ReadWriteOnce')], { wait: false })
    const changed = [claim('1Gi', 'ReadWriteMany')]
    const problem = await problemOf(kit.target(namespace, changed, { replace: select('*') }).plan('deploy'))
    expect(problem.message).toMatch(/PersistentVolumeClaim .*data/)
    const allowed = await kit.target(namespace, changed, { replace: select('PersistentVolumeClaim') }).plan('deploy')
    expect(changesOf(allowed)).toEqual(['replace PersistentVolumeClaim data'])
  })

  it('is told by a drift check, which heals it only where it may', async () => {
    const namespace = await kit.platform.createNamespace('replace')
    await kit.deploy(namespace, [configMap('beside'), immutable('a')])
    kit.kubectl('delete', 'configmap', 'fixed', '-n', namespace)
    kit.kubectlApply(
      ['--server-side', '--field-manager=gitops-actions', '-n', namespace],
      [{ ...immutable('tampered').object, metadata: { name: 'fixed', labels: { x: 'y' } } }]
    )
    const setLabel = kit.label(namespace, 'configmap/beside')
    kit.kubectl('label', 'configmap', 'fixed', `applyset.kubernetes.io/part-of=${setLabel}`, '-n', namespace)
    const plan = await kit.target(namespace, [configMap('beside'), immutable('a')]).plan('drift')
    expect(plan.changes.filter((change) => change.action === 'replace')).toMatchObject([
      { resource: { name: 'fixed' }, healable: false, reason: expect.stringMatching(/only replaced where "replace"/) }
    ])
    const healing = kit.target(namespace, [configMap('beside'), immutable('a')], { replace: select('ConfigMap') })
    const may = await healing.plan('drift')
    expect((await healing.apply(may)).status).toBe('succeeded')
    expect(kit.kubectl('get', 'configmap', 'fixed', '-n', namespace, '-o', 'jsonpath={.data.value}')).toBe('a')
  })
})

describe('conflicts over fields', () => {
  it('are settled per object by an annotation, which must be a known word', async () => {
    const namespace = await kit.platform.createNamespace('conflicts')
    const config = (word?: string) =>
      configMap('c', { a: 'ours' }, word ? { annotations: { 'gitops-actions.dev/field-conflicts': word } } : {})
    await kit.deploy(namespace, [config()])
    const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'theirs' } }
    kit.kubectlApply(
      ['--server-side', '--force-conflicts', '--field-manager=argocd-controller', '-n', namespace],
      [theirs]
    )
    const stopped = await problemOf(kit.target(namespace, [config()]).plan('deploy'))
    expect(stopped.message).toMatch(
      /data\.a is owned by argocd-controller.*gitops-actions\.dev\/field-conflicts: force/
    )
    const held = await problemOf(kit.target(namespace, [config('fail')], { fieldConflicts: 'force' }).plan('deploy'))
    expect(held.message).toMatch(/owned by argocd-controller/)
    const typo = await problemOf(kit.target(namespace, [config('forced')]).plan('deploy'))
    expect(typo.message).toMatch(/field-conflicts is "forced", but must be take-from-people, fail or force/)
    const { outcome } = await kit.deploy(namespace, [config('force')])
    expect(outcome.status).toBe('succeeded')
    expect(kit.kubectl('get', 'configmap', 'c', '-n', namespace, '-o', 'jsonpath={.data.a}')).toBe('ours')
  })
})

describe("the user's health checks", () => {
  it('decide when a deploy has succeeded, and what a drift check calls unhealthy', async () => {
    const namespace = await kit.platform.createNamespace('health')
    const healthChecks = await readHealthChecks(
      `- kind: ConfigMap
  healthy: self.data.state == 'done'
  degraded: self.data.state == 'broken'
  message: "'the state is ' + self.data.state"
`,
      'health.yaml'
    )
    const waiting = await kit.deploy(namespace, [configMap('c', { state: 'busy' })], { healthChecks, timeout: 1500 })
    expect(waiting.outcome).toMatchObject({ status: 'failed' })
    expect(waiting.outcome.failure?.message).toMatch(/ConfigMap .*c.*the state is busy/i)
    const broken = await kit.deploy(namespace, [configMap('c', { state: 'broken' })], { healthChecks })
    expect(broken.outcome.failure?.message).toMatch(/the state is broken/i)
    const done = await kit.deploy(namespace, [configMap('c', { state: 'done' })], { healthChecks })
    expect(done.outcome.status).toBe('succeeded')

    const drift = await kit.target(namespace, [configMap('c', { state: 'done' })], { healthChecks }).plan('drift')
    expect(drift.changes).toEqual([])
    await kit.deploy(namespace, [configMap('c', { state: 'broken' })])
    const ill = await kit.target(namespace, [configMap('c', { state: 'broken' })], { healthChecks }).plan('drift')
    expect(ill.changes).toMatchObject([{ action: 'unhealthy', reason: expect.stringMatching(/^the state is broken/i) }])
  })
})
