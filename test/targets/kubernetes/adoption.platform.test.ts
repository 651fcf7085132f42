import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { asList, at, type JsonObject, parseJson } from '../../../src/json.ts'
import { changesOf, manifest, useKit } from './kit.ts'

const kit = useKit()

const deployment = (metadata: JsonObject = {}) =>
  manifest('apps/v1', 'Deployment', 'web', {
    metadata,
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'main', image: 'busybox:1.36', env: [{ name: 'A', value: '1' }] }] }
      }
    }
  })
const service = (more: JsonObject = {}, ports: JsonObject[] = []) =>
  manifest('v1', 'Service', 'web', {
    spec: { selector: { app: 'web' }, ports: [{ port: 80, name: 'http' }, ...ports], ...more }
  })
const autoscaler = (version: string, rest: JsonObject, metadata: JsonObject = {}) =>
  manifest(`autoscaling/${version}`, 'HorizontalPodAutoscaler', 'web', {
    metadata,
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...rest }
  })

/** What the other tool made: a note, a port and an affinity more than is declared later. */
const before = [
  deployment({ annotations: { note: 'from the other tool' } }),
  service({ sessionAffinity: 'ClientIP' }, [{ port: 81, name: 'old' }])
].map((one) => one.object)

const kubectl = (verb: string, namespace: string, args: readonly string[], objects: readonly JsonObject[] = before) => {
  for (const object of objects)
    execFileSync(kit.platform.bin.kubectl, [verb, '-n', namespace, ...args, '-f', '-'], {
      input: JSON.stringify(object),
      stdio: 'pipe',
      env: { ...process.env, KUBECONFIG: kit.platform.kubeconfig }
    })
}
const apply = (...args: string[]) => {
  return async (namespace: string) => kubectl('apply', namespace, args)
}

async function helmInstall(namespace: string): Promise<void> {
  const chart = await kit.platform.createDirectory('chart')
  await mkdir(path.join(chart, 'templates'))
  await writeFile(path.join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n')
  const text = before.map((object) => JSON.stringify(object)).join('\n---\n')
  await writeFile(path.join(chart, 'templates', 'all.yaml'), text)
  execFileSync(kit.platform.bin.helm, ['install', 'web', chart, '-n', namespace], {
    stdio: 'pipe',
    env: { ...process.env, KUBECONFIG: kit.platform.kubeconfig }
  })
}

/** As objects are that were made before ownership was recorded, or whose record somebody removed. */
function forget(namespace: string): void {
  for (const object of ['deployment/web', 'service/web'])
    kit.kubectl('patch', object, '-n', namespace, '--type=merge', '-p', '{"metadata":{"managedFields":[{}]}}')
}

const ways: readonly (readonly [string, string, (namespace: string) => Promise<void>])[] = [
  ['kubectl apply', 'kubectl-client-side-apply', apply()],
  ['kubectl create', 'kubectl-create', async (namespace) => kubectl('create', namespace, [])],
  ['kubectl apply --server-side', 'kubectl', apply('--server-side')],
  ['Helm 3', 'helm', async (namespace) => kubectl('create', namespace, ['--field-manager=helm'])],
  ['Helm 4', 'helm', helmInstall],
  ['Argo CD', 'argocd-controller', apply('--field-manager=argocd-controller')],
  ['Argo CD by server-side apply', 'argocd-controller', apply('--server-side', '--field-manager=argocd-controller')],
  ['Flux', 'kustomize-controller', apply('--server-side', '--field-manager=kustomize-controller')],
  [
    'kubectl apply, before ownership was recorded',
    'kubectl-client-side-apply',
    async (namespace) => {
      kubectl('apply', namespace, [])
      forget(namespace)
    }
  ],
  [
    'kubectl apply before ownership was recorded, then somebody who applied a label',
    'kubectl-client-side-apply',
    async (namespace) => {
      kubectl('apply', namespace, [])
      forget(namespace)
      for (const { apiVersion, kind } of before)
        await kit
          .cluster()
          .apply(
            { apiVersion, kind, metadata: { name: 'web', namespace, labels: { team: 'a' } } },
            { fieldManager: 'x' }
          )
    }
  ]
]

describe('what another tool made', () => {
  it.each(ways)('is taken over as the plan says, and nothing restarts: %s', async (_what, manager, make) => {
    const namespace = await kit.platform.createNamespace('adopt')
    await make(namespace)
    kit.kubectl('rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=30s')
    const pods = () => kit.kubectl('get', 'pods', '-n', namespace, '-o', 'jsonpath={.items[*].metadata.uid}')
    const running = pods()

    const { plan, outcome } = await kit.deploy(namespace, [deployment(), service()], { fieldConflicts: 'force' })
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
    expect(plan.notes.join('\n')).toMatch(new RegExp(`Deployment .*web is taken over from ([\\w-]+, )*${manager}[,;]`))
    const fields = (kind: string) =>
      plan.changes.find((change) => change.resource.kind === kind)?.fields.map((field) => field.path)
    expect(fields('Deployment')).toContain('metadata.annotations.note')
    expect(fields('Service')).toEqual(
      expect.arrayContaining(['spec.ports[port=81,protocol=TCP]', 'spec.sessionAffinity'])
    )

    expect(pods()).toBe(running)
    const live = parseJson(
      kit.kubectl('get', 'deployment,service', '-n', namespace, '-o', 'json', '--show-managed-fields')
    )
    expect(JSON.stringify(at(live, 'items'))).not.toMatch(/last-applied|from the other tool|"old"|ClientIP/)
    expect(JSON.stringify(at(live, 'items'))).not.toMatch(`"manager":"(${manager}|before-first-apply)"`)
    expect((await kit.target(namespace, [deployment(), service()]).plan('drift')).changes).toEqual([])
  })

  it('in another version of its kind is taken over with all that is not declared any more', async () => {
    const namespace = await kit.platform.createNamespace('adopt')
    const old = autoscaler(
      'v1',
      { minReplicas: 2, targetCPUUtilizationPercentage: 50 },
      { annotations: { note: 'from the other tool' } }
    )
    kubectl('apply', namespace, [], [old.object])
    const memory = { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } }
    const declared = [autoscaler('v2', { metrics: [{ type: 'Resource', resource: memory }] })]
    const { plan, outcome } = await kit.deploy(namespace, declared, { wait: false })
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
    expect(plan.changes[0]?.fields.map((field) => field.path)).toEqual(
      expect.arrayContaining(['metadata.annotations.note', 'spec.minReplicas'])
    )
    const live = parseJson(kit.kubectl('get', 'hpa.v2.autoscaling', 'web', '-n', namespace, '-o', 'json'))
    expect(at(live, 'metadata', 'annotations')).toBeUndefined()
    expect(at(live, 'spec', 'minReplicas')).toBe(1)
    expect(asList(at(live, 'spec', 'metrics'))).toHaveLength(1)
    expect(changesOf(await kit.target(namespace, declared).plan('deploy'))).toEqual([])
  })
})
