import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { Logger } from '../../../src/log.ts'
import type { KubernetesObject, Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { leftInventories } from '../../../src/targets/kubernetes/elsewhere.ts'
import type { Policy } from '../../../src/targets/kubernetes/options.ts'
import { kubernetesTarget } from '../../../src/targets/kubernetes/target.ts'
import { usePlatform } from '../../platform/use.ts'

const quiet: Logger = {
  info() {},
  debug() {},
  warning() {},
  error() {},
  group: (_title, work) => work()
}
const policy: Policy = {
  prune: true,
  maxPrune: 10,
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: true,
  timeout: 30_000,
  foreignFields: 'report',
  unmanaged: 'report'
}

const platform = usePlatform()
let cluster: Cluster
beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, log: quiet })
})

function kubectl(...args: string[]): string {
  const { bin, kubeconfig } = platform
  return execFileSync(bin.kubectl, args, { encoding: 'utf8', env: { ...process.env, KUBECONFIG: kubeconfig } })
}

function object(apiVersion: string, kind: string, name: string, rest: JsonObject = {}): Manifest {
  return {
    object: { apiVersion, kind, metadata: { name }, ...rest } as KubernetesObject,
    source: { file: `${kind.toLowerCase()}.yaml`, line: 1 }
  }
}

const settings = (greeting = 'hello') => object('v1', 'ConfigMap', 'settings', { data: { greeting } })
const service = () =>
  object('v1', 'Service', 'web', {
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }
  })
const deployment = (over: { replicas?: number; annotations?: JsonObject; selector?: string } = {}) =>
  object('apps/v1', 'Deployment', 'web', {
    spec: {
      replicas: over.replicas ?? 2,
      selector: { matchLabels: { app: over.selector ?? 'web' } },
      template: {
        metadata: {
          labels: { app: over.selector ?? 'web' },
          ...(over.annotations ? { annotations: over.annotations } : {})
        },
        spec: { containers: [{ name: 'web', image: 'busybox:1.36', env: [{ name: 'MODE', value: 'production' }] }] }
      }
    }
  })

function target(
  namespace: string,
  manifests: Manifest[],
  over: Partial<Policy> & { id?: string; revision?: string } = {}
) {
  const { id = 'web', revision = 'c0ffee', ...rest } = over
  return kubernetesTarget({
    id,
    environment: 'test',
    cluster,
    manifests,
    declaredDigest: `sha256:${JSON.stringify(manifests).length}`,
    namespace,
    source: { repository: 'acme/shop', declaration: 'gitops.yaml', revision, images: {} },
    policy: { ...policy, ...rest },
    log: quiet
  })
}

async function deploy(namespace: string, manifests: Manifest[], over: Parameters<typeof target>[2] = {}) {
  const one = target(namespace, manifests, over)
  const plan = await one.plan('deploy')
  const outcome = await one.apply(plan)
  const pruned = outcome.status === 'succeeded' ? await one.prune?.(plan) : undefined
  return { plan, outcome, pruned }
}

async function problemOf(work: Promise<unknown>): Promise<GitOpsError> {
  try {
    await work
  } catch (error) {
    if (error instanceof GitOpsError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a Kubernetes target', () => {
  it('creates everything, waits until it is healthy, and then has nothing left to do', async () => {
    const namespace = await platform.createNamespace('target')
    const first = await deploy(namespace, [deployment(), service(), settings()])
    expect(first.outcome).toMatchObject({ status: 'succeeded' })
    expect(first.plan.changes.map((change) => `${change.action} ${change.resource.kind}`).sort()).toEqual([
      'create ConfigMap',
      'create Deployment',
      'create Service'
    ])
    expect(kubectl('get', 'deployment', 'web', '-n', namespace, '-o', 'jsonpath={.status.readyReplicas}')).toBe('2')

    const before = kubectl(
      'get',
      'deployment,service,configmap,secret',
      '-n',
      namespace,
      '-o',
      'jsonpath={.items[*].metadata.resourceVersion}'
    )
    const second = await deploy(namespace, [deployment(), service(), settings()])
    expect(second.plan.changes).toEqual([])
    expect(second.plan.unchanged).toBe(3)
    expect(second.outcome.status).toBe('succeeded')
    const after = kubectl(
      'get',
      'deployment,service,configmap,secret',
      '-n',
      namespace,
      '-o',
      'jsonpath={.items[*].metadata.resourceVersion}'
    )
    expect(after).toBe(before)
  })

  it('plans without writing anything', async () => {
    const namespace = await platform.createNamespace('target')
    const plan = await target(namespace, [settings()]).plan('deploy')
    expect(plan.changes).toHaveLength(1)
    expect(kubectl('get', 'configmap,secret', '-n', namespace, '-o', 'name')).not.toMatch(/settings|gitops/)
  })

  it('creates a namespace that nobody declares, after checking everything that goes into it', async () => {
    const namespace = `fresh-${Date.now()}`
    const { outcome, plan } = await deploy(namespace, [settings(), deployment()])
    expect(outcome.status).toBe('succeeded')
    expect(plan.changes[0]).toMatchObject({ action: 'create', resource: { kind: 'Namespace', name: namespace } })
    const broken = `broken-${Date.now()}`
    const problem = await problemOf(target(broken, [settings(), deployment({ replicas: -1 })]).plan('deploy'))
    expect(problem.message).toMatch(/deployment\.yaml:1: Deployment .*\/web: .*spec\.replicas/)
    expect(kubectl('get', 'namespace', '-o', 'name')).not.toContain(broken)
    kubectl('delete', 'namespace', namespace, '--wait=false')
  })

  it('finds a field that kubectl changed, names it, the values and the manager, and puts it back', async () => {
    const namespace = await platform.createNamespace('target')
    const manifests = [deployment(), service(), settings()]
    await deploy(namespace, manifests)
    kubectl('set', 'env', 'deployment/web', 'MODE=debug', '-n', namespace)
    kubectl('patch', 'configmap', 'settings', '-n', namespace, '-p', '{"data":{"greeting":"tampered"}}')
    kubectl('delete', 'service', 'web', '-n', namespace)

    const drifted = target(namespace, manifests)
    const plan = await drifted.plan('drift')
    const byKind = Object.fromEntries(plan.changes.map((change) => [change.resource.kind, change]))
    expect(byKind['Service']).toMatchObject({ action: 'create' })
    expect(byKind['ConfigMap']?.fields[0]).toMatchObject({
      path: 'data.greeting',
      before: { value: 'tampered' },
      after: { value: 'hello' },
      attribution: { known: true, manager: 'kubectl-patch', operation: 'Update' }
    })
    expect(byKind['Deployment']?.fields.find((field) => field.path.includes('MODE'))).toMatchObject({
      before: { value: 'debug' },
      after: { value: 'production' },
      attribution: { known: true, manager: 'kubectl-set' }
    })
    expect((await drifted.apply(plan)).status).toBe('succeeded')
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
    expect(kubectl('get', 'configmap', 'settings', '-n', namespace, '-o', 'jsonpath={.data.greeting}')).toBe('hello')
  })

  it('prunes what is no longer declared, after applying, and nothing else', async () => {
    const namespace = await platform.createNamespace('target')
    await deploy(namespace, [settings(), service()])
    kubectl('create', 'configmap', 'bystander', '-n', namespace)
    const { plan, pruned } = await deploy(namespace, [settings()])
    expect(plan.changes).toMatchObject([{ action: 'delete', resource: { kind: 'Service', name: 'web' } }])
    expect(pruned).toMatchObject({ status: 'succeeded', results: [{ action: 'pruned' }] })
    expect(kubectl('get', 'service,configmap', '-n', namespace, '-o', 'name')).toMatch(
      /configmap\/bystander[\s\S]*configmap\/settings/
    )
    expect(kubectl('get', 'service', '-n', namespace, '-o', 'name')).toBe('')
  })

  it('says why a crash loop cannot become healthy, well before the deadline', async () => {
    const namespace = await platform.createNamespace('target')
    const started = Date.now()
    const { outcome } = await deploy(namespace, [
      deployment({ annotations: { 'platform.gitops-actions.dev/behaviour': 'crash' } })
    ])
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toMatch(/Deployment .*web.*exit(ed with)? code 1/)
    expect(outcome.failure?.resources[0]?.logs.length).toBeGreaterThan(0)
    expect(Date.now() - started).toBeLessThan(20_000)
  })

  it('leaves the cluster as it is when one of many objects is refused, and names all of them', async () => {
    const namespace = await platform.createNamespace('target')
    const bad = object('v1', 'Service', 'bad', { spec: { ports: [{ port: 99999 }] } })
    const worse = object('v1', 'ConfigMap', 'worse', { dataa: { x: 'y' } })
    const problem = await problemOf(target(namespace, [settings(), bad, worse]).plan('deploy'))
    expect(problem.details.join('\n')).toMatch(/service\.yaml:1: Service .*bad: .*99999/)
    expect(problem.details.join('\n')).toMatch(/configmap\.yaml:1: ConfigMap .*worse: .*dataa/)
    expect(kubectl('get', 'configmap', '-n', namespace, '-o', 'name')).not.toContain('settings')
  })

  it.each([
    [
      'a kind whose definition is missing',
      object('example.com/v1', 'Widget', 'w'),
      /CustomResourceDefinition of Widget in the group example\.com/
    ],
    ['a version that is not served', object('apps/v1beta1', 'Deployment', 'w'), /It serves Deployment as apps\/v1:/],
    [
      'an object that claims to be a member of a set',
      object('v1', 'ConfigMap', 'w', { metadata: { name: 'w', labels: { 'applyset.kubernetes.io/part-of': 'x' } } }),
      /only the tool that applies may set/
    ]
  ])('refuses %s', async (_what, manifest, message) => {
    const namespace = await platform.createNamespace('target')
    expect((await problemOf(target(namespace, [manifest]).plan('deploy'))).message).toMatch(message)
  })

  it('refuses an object that belongs to another target', async () => {
    const namespace = await platform.createNamespace('target')
    await deploy(namespace, [settings()], { id: 'one' })
    const problem = await problemOf(target(namespace, [settings('other')], { id: 'two' }).plan('deploy'))
    expect(problem.message).toMatch(/belongs to another target's set/)
  })

  it('explains a field that cannot be changed in place, and replaces the object where that is allowed', async () => {
    const namespace = await platform.createNamespace('target')
    await deploy(namespace, [deployment()])
    const problem = await problemOf(target(namespace, [deployment({ selector: 'other' })]).plan('deploy'))
    expect(problem.message).toMatch(/immutable/)
    expect(problem.message).toMatch(/gitops-actions\.dev\/replace/)
    const allowed = deployment({ selector: 'other' })
    allowed.object.metadata['annotations'] = { 'gitops-actions.dev/replace': 'true' }
    const { outcome } = await deploy(namespace, [allowed])
    expect(outcome).toMatchObject({ status: 'succeeded', results: [{ action: 'replaced' }] })
  })

  it('records what was deployed, and its history', async () => {
    const namespace = await platform.createNamespace('target')
    await deploy(namespace, [settings('a')], { revision: 'aaa' })
    await deploy(namespace, [settings('bcd')], { revision: 'bbb' })
    const record = await target(namespace, [settings()]).deployed()
    expect(record).toMatchObject({
      environment: 'test',
      target: 'web',
      revision: 'bbb',
      status: 'succeeded',
      repository: 'acme/shop'
    })
    expect(record?.history.map((entry) => entry.revision)).toEqual(['aaa'])
  })

  it('keeps an inventory that kubectl refuses to touch and whose members it lists', async () => {
    const namespace = await platform.createNamespace('target')
    await deploy(namespace, [settings()])
    const id = kubectl(
      'get',
      'secret',
      'gitops.test.web',
      '-n',
      namespace,
      '-o',
      'jsonpath={.metadata.labels.applyset\\.kubernetes\\.io/id}'
    )
    expect(
      kubectl('get', 'configmap', '-n', namespace, '-l', `applyset.kubernetes.io/part-of=${id}`, '-o', 'name').trim()
    ).toBe('configmap/settings')
    const { bin, kubeconfig } = platform
    expect(() =>
      execFileSync(bin.kubectl, ['apply', '--prune', '--applyset=secret/gitops.test.web', '-n', namespace, '-f', '-'], {
        input: '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"}}',
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, KUBECONFIG: kubeconfig, KUBECTL_APPLYSET: 'true' }
      })
    ).toThrow(/gitops-actions/)
  })

  it('runs Helm hooks at their place: before the rest on install, not when nothing changes, deleted as they ask', async () => {
    const namespace = await platform.createNamespace('target')
    const hook = object('batch/v1', 'Job', 'migrate', {
      metadata: {
        name: 'migrate',
        annotations: { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-delete-policy': 'before-hook-creation' }
      },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image: 'busybox:1.36' }] } } }
    })
    const first = await deploy(namespace, [settings(), hook])
    expect(first.outcome.results.map((result) => result.resource.kind)).toEqual(['Job', 'ConfigMap'])
    const uid = () => kubectl('get', 'job', 'migrate', '-n', namespace, '-o', 'jsonpath={.metadata.uid}')
    const ran = uid()
    await deploy(namespace, [settings(), hook])
    expect(uid()).toBe(ran)
    await deploy(namespace, [settings('changed'), hook])
    expect(uid()).not.toBe(ran)
    expect((await target(namespace, [settings('changed'), hook]).plan('drift')).changes).toEqual([])
  })

  it('reports objects that nobody declared in a namespace it declares, and who made them; never deletes them', async () => {
    const namespace = `owned-${Date.now()}`
    const manifests = [object('v1', 'Namespace', namespace), settings(), deployment(), service()]
    await deploy(namespace, manifests)
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
    kubectl('create', 'configmap', 'stray', '--from-literal=a=b', '-n', namespace)
    const plan = await target(namespace, manifests).plan('drift')
    expect(plan.changes).toMatchObject([
      {
        action: 'unmanaged',
        healable: false,
        resource: { kind: 'ConfigMap', name: 'stray' },
        attribution: { known: true, manager: 'kubectl-create' }
      }
    ])
    expect((await target(namespace, manifests, { unmanaged: 'ignore' }).plan('drift')).changes).toEqual([])
    kubectl('delete', 'namespace', namespace, '--wait=false')
  })

  it('waits for another run to release the target, and takes over from one that crashed', async () => {
    const namespace = await platform.createNamespace('target')
    const lease = (renewTime: string) => ({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'gitops.test.web', namespace },
      spec: { holderIdentity: 'https://github.com/acme/shop/actions/runs/7 abc', leaseDurationSeconds: 30, renewTime }
    })
    await cluster.create(lease(new Date().toISOString().replace('Z', '000Z')))
    const { outcome } = await deploy(namespace, [settings()], { timeout: 2000 })
    expect(outcome).toMatchObject({ status: 'failed' })
    expect(outcome.failure?.message).toContain('actions/runs/7')
    expect(kubectl('get', 'configmap', '-n', namespace, '-o', 'name')).not.toContain('settings')
    await cluster.patch(
      { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: 'gitops.test.web', namespace },
      'merge',
      { spec: lease('2026-01-01T00:00:00.000000Z').spec }
    )
    expect((await deploy(namespace, [settings()])).outcome.status).toBe('succeeded')
    expect(kubectl('get', 'lease', '-n', namespace, '-o', 'name')).toBe('')
  })

  it('takes over what kubectl apply made, without a restart of anything, and removes what is no longer declared', async () => {
    const namespace = await platform.createNamespace('target')
    const { bin, kubeconfig } = platform
    const before = structuredClone(deployment().object)
    before.metadata['namespace'] = namespace
    before.metadata['annotations'] = { note: 'from kubectl' }
    execFileSync(bin.kubectl, ['apply', '-f', '-'], {
      input: JSON.stringify(before),
      env: { ...process.env, KUBECONFIG: kubeconfig }
    })
    kubectl('rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=30s')
    const pods = () => kubectl('get', 'pods', '-n', namespace, '-o', 'name')
    const first = pods()
    const { plan, outcome } = await deploy(namespace, [deployment()])
    expect(outcome.status).toBe('succeeded')
    expect(plan.notes.join()).toMatch(/taken over from kubectl-client-side-apply/)
    expect(pods()).toBe(first)
    const annotations = kubectl('get', 'deployment', 'web', '-n', namespace, '-o', 'jsonpath={.metadata.annotations}')
    expect(annotations).not.toContain('from kubectl')
    expect((await target(namespace, [deployment()]).plan('drift')).changes).toEqual([])
  })

  it('keeps a Secret with stringData in sync from its first deploy on', async () => {
    const namespace = await platform.createNamespace('target')
    const secret = object('v1', 'Secret', 'token', { type: 'Opaque', stringData: { key: 'value' } })
    await deploy(namespace, [secret])
    expect((await target(namespace, [secret]).plan('drift')).changes).toEqual([])
  })

  it('knows of targets that nobody declares any more', async () => {
    const namespace = await platform.createNamespace('target')
    await deploy(namespace, [settings()], { id: 'renamed' })
    const left = async (
      environment: string,
      targets: string[],
      repository = 'acme/shop',
      declaration = 'gitops.yaml',
      home = namespace
    ) =>
      (
        await leftInventories(cluster, {
          environments: new Map([[environment, new Map(targets.map((name) => [name, home]))]]),
          declaration,
          repository
        })
      ).map(({ key }) => `${key.target} in ${key.namespace}`)
    expect(await left('test', ['renamed'])).not.toContain(`renamed in ${namespace}`)
    expect(await left('test', ['web'])).toContain(`renamed in ${namespace}`)
    expect(await left('test', ['renamed'], 'acme/shop', 'gitops.yaml', 'elsewhere')).toContain(
      `renamed in ${namespace}`
    )
    expect(await left('other', ['renamed'])).toContain(`renamed in ${namespace}`)
    expect(await left('test', ['web'], 'acme/shop', 'other.yaml')).not.toContain(`renamed in ${namespace}`)
    expect(await left('test', ['web'], 'acme/other')).not.toContain(`renamed in ${namespace}`)
  })

  it('takes out what somebody added inside our object, where the policy says so', async () => {
    const namespace = await platform.createNamespace('target')
    const manifests = [deployment(), settings()]
    await deploy(namespace, manifests)
    kubectl('label', 'configmap', 'settings', 'added=by-hand', '-n', namespace)
    kubectl('annotate', 'deployment', 'web', 'added=by-hand', '-n', namespace)
    kubectl('scale', 'deployment', 'web', '--replicas=5', '-n', namespace)
    const reported = await target(namespace, manifests).plan('drift')
    expect(reported.changes.filter((change) => change.action === 'remove-foreign')).toMatchObject([
      { healable: false },
      { healable: false }
    ])
    const healing = target(namespace, manifests, { foreignFields: 'revert' })
    expect((await healing.apply(await healing.plan('drift'))).status).toBe('succeeded')
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
    expect(kubectl('get', 'configmap', 'settings', '-n', namespace, '-o', 'jsonpath={.metadata.labels}')).not.toContain(
      'by-hand'
    )
  })
})
