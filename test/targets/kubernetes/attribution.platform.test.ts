import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { asObject, type JsonObject } from '../../../src/json.ts'
import { parentId } from '../../../src/targets/kubernetes/inventory.ts'
import type { Attribution, Change } from '../../../src/targets/plan.ts'
import { changesOf, configMap, type Kit, manifest, useKit } from './kit.ts'

const kit = useKit()

const spec = (image: string): JsonObject => ({
  replicas: 1,
  selector: { matchLabels: { app: 'web' } },
  template: {
    metadata: { labels: { app: 'web' } },
    spec: {
      terminationGracePeriodSeconds: 5,
      containers: [{ name: 'web', image, env: [{ name: 'A', value: '1' }] }]
    }
  }
})
const web = manifest('apps/v1', 'Deployment', 'web', { metadata: { annotations: { note: 'x' } }, spec: spec('web:1') })
const settings = configMap('settings', { a: '1', b: '2' })
const all = [settings, web]

type Hands = (...args: string[]) => string

async function deployed(): Promise<{ namespace: string; kubectl: Hands; check: () => Promise<readonly Change[]> }> {
  const namespace = await kit.platform.createNamespace('who')
  const { outcome } = await kit.deploy(namespace, all, { wait: false })
  expect(outcome.status).toBe('succeeded')
  return {
    namespace,
    kubectl: (...args) => kit.kubectl('-n', namespace, ...args),
    check: async () => (await kit.target(namespace, all).plan('drift')).changes
  }
}

/** `spec.replicas kubectl/scale`, `data.b unknown (kubectl-edit)`. */
function told(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => change.fields.map(({ path, attribution }) => `${path} ${who(attribution)}`)).sort()
}

function who(attribution: Attribution | undefined): string {
  if (!attribution?.known) return `unknown (${attribution?.candidates.map((one) => one.manager).join(', ')})`
  const { manager, operation, subresource } = attribution
  return `${manager}${operation === 'Apply' ? ' by apply' : ''}${subresource === undefined ? '' : `/${subresource}`}`
}

const IMAGE = 'spec.template.spec.containers[name=web].image'
const edited = (kubectl: Kit, namespace: string, script: string) =>
  execFileSync(kubectl.platform.bin.kubectl, ['-n', namespace, 'edit', 'deployment', 'web'], {
    env: { ...process.env, KUBECONFIG: kubectl.platform.kubeconfig, KUBE_EDITOR: `sed -i "${script}"` },
    stdio: 'pipe'
  })
/** As it lives, without its version: controllers write to it all the time, and a replacement must not be refused for that. */
const liveOf = (kubectl: Hands): JsonObject => {
  const live: JsonObject = JSON.parse(kubectl('get', 'deployment', 'web', '-o', 'json'))
  const { resourceVersion: _, ...metadata } = asObject(live['metadata']) ?? {}
  return { ...live, metadata }
}
const fed = (namespace: string, args: readonly string[], object: JsonObject) =>
  execFileSync(kit.platform.bin.kubectl, ['-n', namespace, ...args, '-f', '-'], {
    env: { ...process.env, KUBECONFIG: kit.platform.kubeconfig },
    input: JSON.stringify(object),
    stdio: 'pipe'
  })

const CASES: readonly [string, (kubectl: Hands, namespace: string) => unknown, readonly string[]][] = [
  [
    'edit, which also removes',
    (_kubectl, namespace) => edited(kit, namespace, 's/replicas: 1/replicas: 4/; s/web:1/web:5/; /note: x/d'),
    [`${IMAGE} kubectl-edit`, 'metadata.annotations.note unknown (kubectl-edit)', 'spec.replicas kubectl-edit']
  ],
  ['scale', (kubectl) => kubectl('scale', 'deployment/web', '--replicas=3'), ['spec.replicas kubectl/scale']],
  ['set image', (kubectl) => kubectl('set', 'image', 'deployment/web', 'web=web:9'), [`${IMAGE} kubectl-set`]],
  [
    'set env, which adds and removes',
    (kubectl) => kubectl('set', 'env', 'deployment/web', 'A-', 'B=2'),
    [
      'spec.template.spec.containers[name=web].env[name=A] unknown (kubectl-set)',
      'spec.template.spec.containers[name=web].env[name=B] kubectl-set'
    ]
  ],
  ['label', (kubectl) => kubectl('label', 'deployment/web', 'team=x'), ['metadata.labels.team kubectl-label']],
  [
    'annotate, which leaves no trace of what it removes',
    (kubectl) => kubectl('annotate', 'deployment/web', 'note-'),
    ['metadata.annotations.note unknown ()']
  ],
  [
    'rollout restart',
    (kubectl) => kubectl('rollout', 'restart', 'deployment/web'),
    ['spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt] kubectl-rollout']
  ],
  ['rollout pause', (kubectl) => kubectl('rollout', 'pause', 'deployment/web'), ['spec.paused kubectl-rollout']],
  [
    'patch',
    (kubectl) => kubectl('patch', 'configmap', 'settings', '-p', '{"data":{"a":"9","c":"3"}}'),
    ['data.a kubectl-patch', 'data.c kubectl-patch']
  ],
  [
    'replace',
    (kubectl, namespace) => fed(namespace, ['replace'], { ...liveOf(kubectl), spec: spec('web:8') }),
    [`${IMAGE} kubectl-replace`]
  ],
  [
    'apply',
    (_kubectl, namespace) =>
      fed(namespace, ['apply'], {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data: { a: '9' }
      }),
    ['data.a kubectl-client-side-apply']
  ],
  [
    'apply --server-side under a name of its own',
    (_kubectl, namespace) =>
      fed(namespace, ['apply', '--server-side', '--force-conflicts', '--field-manager=robot'], {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data: { a: '9' }
      }),
    ['data.a robot by apply']
  ],
  [
    'a write to the status, which is no drift',
    (kubectl) =>
      kubectl('patch', 'deployment/web', '--subresource=status', '--type=merge', '-p', '{"status":{"replicas":9}}'),
    []
  ]
]

describe('who changed something by kubectl', () => {
  test.each(CASES)('%s', async (_verb, act, expected) => {
    const { namespace, kubectl, check } = await deployed()
    const before = Date.now()
    act(kubectl, namespace)
    const changes = await check()
    expect(told(changes)).toEqual([...expected].sort())
    for (const { attribution } of changes.flatMap((change) => change.fields))
      if (attribution?.known && attribution.time !== undefined)
        expect(Math.abs(Date.parse(attribution.time) - before)).toBeLessThan(30_000)
  })

  test('rollout undo, after somebody else’s change that had become the last revision', async () => {
    const { kubectl, check } = await deployed()
    kubectl('set', 'image', 'deployment/web', 'web=web:2')
    await expect
      .poll(() => kubectl('get', 'replicaset', '-o', 'name').trim().split('\n').length, { timeout: 20_000 })
      .toBe(2)
    const target = kit.target(kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.namespace}'), all)
    await target.apply(await target.plan('drift'))
    await expect
      .poll(() => kubectl('rollout', 'history', 'deployment/web').match(/^3 /m) !== null, { timeout: 20_000 })
      .toBe(true)
    kubectl('rollout', 'undo', 'deployment/web', '--to-revision=2')
    expect(told(await check())).toContain(`${IMAGE} kubectl`)
  })
})

describe('an object that was deleted and made anew by hand', () => {
  const REMADE = (by: string) =>
    new RegExp(
      `^was deleted, and made anew by ${by} \\(20.* UTC\\), so nothing of it is owned by a deploy any more; healing`
    )

  test('is told as such, with who made it and when, and healing takes it over', async () => {
    const { namespace, kubectl, check } = await deployed()
    kubectl('delete', 'configmap/settings', 'deployment/web')
    kubectl('create', 'configmap', 'settings', '--from-literal=a=1', '--from-literal=b=2')
    kubectl('create', 'deployment', 'web', '--image=web:2', '--replicas=2')
    const changes = await check()
    expect(changes.map((change) => `${change.action} ${change.resource.name}`)).toEqual([
      'update settings',
      'update web'
    ])
    for (const { reason } of changes) expect(reason).toMatch(REMADE('kubectl-create'))
    expect(told(changes)).toContain('spec.replicas kubectl-create')
    const target = kit.target(namespace, all, { wait: false })
    expect(await target.apply(await target.plan('drift'))).toMatchObject({ status: 'succeeded' })
    expect(await check()).toEqual([])
    expect(kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.template.spec.containers[*].name}')).toBe('web')
  })

  test('by replace --force with all its labels, and values that are equal', async () => {
    const { namespace, kubectl, check } = await deployed()
    fed(namespace, ['replace', '--force'], liveOf(kubectl))
    const changes = await check()
    expect(changes.map((change) => `${change.action} ${change.resource.name}`)).toEqual(['reclaim web'])
    expect(changes[0]?.reason).toMatch(REMADE('kubectl-replace'))
    const target = kit.target(namespace, all, { wait: false })
    await target.apply(await target.plan('drift'))
    expect(await check()).toEqual([])
  })

  test('is not what a deploy took over from somebody, nor what lost its owners later', async () => {
    const { kubectl, check } = await deployed()
    kubectl('patch', 'configmap', 'settings', '--type=merge', '-p', '{"metadata":{"managedFields":[{}]}}')
    const before = JSON.parse(kubectl('get', 'configmap', 'settings', '-o', 'json')).metadata
    expect(Date.parse(before.creationTimestamp)).toBeLessThanOrEqual(Date.now())
    const [change] = await check()
    expect(change).toMatchObject({ action: 'reclaim' })
  })
})

describe('an object that was made from one of ours, with its labels', () => {
  test('is undeclared like any other', async () => {
    const { namespace, kubectl, check } = await deployed()
    kubectl('expose', 'deployment', 'web', '--port=80')
    const { metadata, ...copy } = JSON.parse(kubectl('get', 'configmap', 'settings', '-o', 'json'))
    fed(namespace, ['create'], { ...copy, metadata: { name: 'copied', labels: metadata.labels } })
    const changes = await check()
    expect(changesOf({ changes } as Parameters<typeof changesOf>[0])).toEqual([
      'unmanaged ConfigMap copied',
      'unmanaged Service web'
    ])
    expect(changes.map((change) => who(change.attribution)).sort()).toEqual(['kubectl-create', 'kubectl-expose'])
    for (const { reason, healable } of changes) {
      expect(reason).toContain('it carries the label of this target, copied from an object of it')
      expect(healable).toBe(false)
    }
    const { plan } = await kit.deploy(namespace, all, { wait: false })
    expect(plan.changes).toEqual([])
  })
})

describe('an object with the label of another set', () => {
  test('is undeclared where no such set exists, whatever its type, and left to its set where one does', async () => {
    const { namespace, kubectl, check } = await deployed()
    const other = await kit.platform.createNamespace('other')
    const parent = { name: 'theirs', namespace: other, kind: 'ConfigMap', group: '' }
    const id = parentId(parent)
    const label = (value: string) => ({ 'applyset.kubernetes.io/part-of': value })
    fed(other, ['create'], {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: parent.name,
        labels: { 'applyset.kubernetes.io/id': id },
        annotations: { 'applyset.kubernetes.io/tooling': 'kubectl/v1.34' }
      }
    })
    const add = (kind: string, name: string, set: string) =>
      fed(namespace, ['create'], { apiVersion: 'v1', kind, metadata: { name, labels: label(set) } })
    for (const kind of ['ConfigMap', 'ServiceAccount']) {
      add(kind, 'hidden', 'applyset-none-v1')
      add(kind, 'member', id)
    }
    const changes = await check()
    expect(changesOf({ changes } as Parameters<typeof changesOf>[0])).toEqual([
      'unmanaged ConfigMap hidden',
      'unmanaged ServiceAccount hidden'
    ])
    for (const { reason, healable } of changes) {
      expect(reason).toContain(
        'it carries the label of a set that does not exist (applyset.kubernetes.io/part-of=applyset-none-v1)'
      )
      expect(healable).toBe(false)
    }
    // Once its parent is gone, so is the set.
    kit.kubectl('delete', 'configmap', 'theirs', '-n', other)
    expect((await check()).map(({ resource }) => `${resource.kind} ${resource.name}`).sort()).toEqual([
      'ConfigMap hidden',
      'ConfigMap member',
      'ServiceAccount hidden',
      'ServiceAccount member'
    ])
    expect(kubectl('get', 'configmap', 'hidden', '-o', 'name').trim()).toBe('configmap/hidden')
  })

  test('is left to a set whose parent is a custom resource', async () => {
    const { namespace, check } = await deployed()
    const group = 'sets.example.com'
    fed(namespace, ['create'], {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `bundles.${group}`, labels: { 'applyset.kubernetes.io/is-parent-type': 'true' } },
      spec: {
        group,
        names: { plural: 'bundles', kind: 'Bundle' },
        scope: 'Cluster',
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }]
      }
    })
    try {
      kit.kubectl('wait', '--for=condition=established', `crd/bundles.${group}`, '--timeout=20s')
      const id = parentId({ name: 'theirs', namespace: '', kind: 'Bundle', group })
      fed(namespace, ['create'], {
        apiVersion: `${group}/v1`,
        kind: 'Bundle',
        metadata: { name: 'theirs', labels: { 'applyset.kubernetes.io/id': id } }
      })
      const labels = { 'applyset.kubernetes.io/part-of': id }
      fed(namespace, ['create'], { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'member', labels } })
      // Also before what is served is asked anew.
      expect(await check()).toEqual([])
      kit.cluster().refreshDiscovery()
      expect(await check()).toEqual([])
      kit.kubectl('delete', 'bundle', 'theirs')
      expect((await check()).map(({ resource }) => resource.name)).toEqual(['member'])
    } finally {
      kit.kubectl('delete', 'crd', `bundles.${group}`)
      kit.cluster().refreshDiscovery()
    }
  })
})

describe('ownership that is taken away with equal values', () => {
  test('is seen with who took it, and taken back', async () => {
    const { namespace, kubectl, check } = await deployed()
    const force = (a: string) =>
      fed(namespace, ['apply', '--server-side', '--force-conflicts', '--field-manager=thief'], {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data: { a }
      })
    force('9')
    force('1')
    const changes = await check()
    expect(changes).toMatchObject([{ action: 'reclaim', reason: 'the values are equal, but others own the fields' }])
    expect(told(changes)).toEqual(['data.a thief by apply'])
    const target = kit.target(namespace, all, { wait: false })
    await target.apply(await target.plan('drift'))
    expect(await check()).toEqual([])
    expect(kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data}')).toBe('{"a":"1","b":"2"}')
  })
})
