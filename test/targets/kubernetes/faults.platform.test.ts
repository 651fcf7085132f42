import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { messageOf } from '../../../src/errors.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { Logger } from '../../../src/log.ts'
import type { KubernetesObject, Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../src/targets/kubernetes/cluster.ts'
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
  maxPrune: '50%',
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: true,
  timeout: 20_000,
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

function names(namespace: string, kind: string): string[] {
  const text = kubectl('get', kind, '-n', namespace, '-o', 'jsonpath={.items[*].metadata.name}')
  return text.split(' ').filter((name) => name !== '' && name !== 'kube-root-ca.crt')
}

function object(apiVersion: string, kind: string, name: string, rest: JsonObject = {}): Manifest {
  return {
    object: { apiVersion, kind, metadata: { name }, ...rest } as KubernetesObject,
    source: { file: `${kind.toLowerCase()}.yaml`, line: 1 }
  }
}

const config = (name: string, data: JsonObject = { greeting: 'hello' }) => object('v1', 'ConfigMap', name, { data })
const service = (name: string) =>
  object('v1', 'Service', name, { spec: { selector: { app: name }, ports: [{ port: 80 }] } })

function hook(name: string, event: string, behaviour?: string, kind = 'Job'): Manifest {
  const annotations = { 'helm.sh/hook': event }
  const template = {
    ...(behaviour ? { metadata: { annotations: { 'platform.gitops-actions.dev/behaviour': behaviour } } } : {}),
    spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36' }] }
  }
  return {
    object: {
      apiVersion: kind === 'Job' ? 'batch/v1' : 'v1',
      kind,
      metadata: { name, annotations },
      ...(kind === 'Job' ? { spec: { backoffLimit: 0, template } } : { data: { of: 'hook' } })
    } as KubernetesObject,
    source: { file: 'hook.yaml', line: 1 }
  }
}

interface Over extends Partial<Policy> {
  id?: string
  revision?: string
  repository?: string
  cluster?: Cluster
}

function target(namespace: string, manifests: Manifest[], over: Over = {}) {
  const { id = 'web', revision = 'c0ffee', repository = 'acme/shop', cluster: other, ...rest } = over
  return kubernetesTarget({
    id,
    environment: 'faults',
    cluster: other ?? cluster,
    manifests,
    declaredDigest: createHash('sha256').update(JSON.stringify(manifests)).digest('hex'),
    namespace,
    source: { repository, revision, images: {} },
    policy: { ...policy, ...rest },
    log: quiet
  })
}

async function deploy(namespace: string, manifests: Manifest[], over: Over = {}) {
  const one = target(namespace, manifests, over)
  const plan = await one.plan('deploy')
  const outcome = await one.apply(plan)
  const pruned = outcome.status === 'succeeded' ? await one.prune?.(plan) : undefined
  return { plan, outcome, pruned }
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return `${messageOf(error)} ${JSON.stringify(error)}`
  }
  throw new Error('nothing was thrown')
}

describe('nothing is lost', () => {
  it('what is kept while prune is off is pruned when it is on again', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), config('b'), service('old')])
    await deploy(namespace, [config('a'), config('b')], { prune: false, revision: 'two' })
    expect(names(namespace, 'services')).toEqual(['old'])
    const third = await deploy(namespace, [config('a'), config('b')], { revision: 'three' })
    expect(third.pruned?.results.map((one) => one.action)).toEqual(['pruned'])
    expect(names(namespace, 'services')).toEqual([])
  })

  it('max-prune holds when the inventory was deleted', async () => {
    const namespace = await platform.createNamespace('faults')
    const all = ['a', 'b', 'c', 'd'].map((name) => config(name))
    await deploy(namespace, all)
    kubectl('delete', 'secret', 'gitops.faults.web', '-n', namespace)
    expect(await problemOf(deploy(namespace, all.slice(0, 1)))).toContain('max-prune')
    expect(names(namespace, 'configmaps')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('a repository does not prune what another one deployed under the same names', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), config('b'), config('c')])
    const problem = await problemOf(deploy(namespace, [config('a'), config('b')], { repository: 'acme/other' }))
    expect(problem).toContain('acme/shop')
    expect(names(namespace, 'configmaps')).toEqual(['a', 'b', 'c'])
  })

  it('a plan is not executed when another run has deployed since it was made', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), config('b')])
    const old = target(namespace, [config('a'), config('b', { greeting: 'old' })], { revision: 'two' })
    const plan = await old.plan('deploy')
    await deploy(namespace, [config('a'), config('b', { greeting: 'new' }), service('new')], { revision: 'three' })
    const outcome = await old.apply(plan)
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toContain('another run')
    expect(kubectl('get', 'configmap', 'b', '-n', namespace, '-o', 'jsonpath={.data.greeting}')).toBe('new')
    expect(kubectl('get', 'secret', 'gitops.faults.web', '-n', namespace, '-o', 'yaml')).toContain('Service')
  })

  it('two runs that deploy the same at the same time both succeed', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), config('b'), config('old')])
    const runs = [1, 2].map(() => target(namespace, [config('a'), config('b'), service('c')], { revision: 'two' }))
    const plans = await Promise.all(runs.map((run) => run.plan('deploy')))
    const outcomes = await Promise.all(runs.map((run, index) => run.apply(plans[index] as (typeof plans)[number])))
    expect(outcomes.map((outcome) => outcome.failure?.message ?? outcome.status)).toEqual(['succeeded', 'succeeded'])
    expect(names(namespace, 'services')).toEqual(['c'])
    for (const [index, run] of runs.entries()) {
      const pruned = await run.prune?.(plans[index] as (typeof plans)[number])
      expect(pruned?.failure?.message ?? pruned?.status).toBe('succeeded')
    }
    expect(names(namespace, 'configmaps')).toEqual(['a', 'b'])
  })

  it('a prune is not executed when another run has deployed since the apply', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), config('b'), config('c')])
    const old = target(namespace, [config('a'), config('b')], { revision: 'two' })
    const plan = await old.plan('deploy')
    expect((await old.apply(plan)).status).toBe('succeeded')
    await deploy(namespace, [config('a'), config('b'), config('c')], { revision: 'three' })
    const pruned = await old.prune?.(plan)
    expect(pruned?.status).toBe('failed')
    expect(names(namespace, 'configmaps')).toEqual(['a', 'b', 'c'])
  })

  it('a hook never replaces an object that is no hook', async () => {
    const namespace = await platform.createNamespace('faults')
    kubectl('create', 'configmap', 'precious', '-n', namespace, '--from-literal=key=value')
    const { outcome } = await deploy(namespace, [config('a'), hook('precious', 'pre-install', undefined, 'ConfigMap')])
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toContain('precious')
    expect(kubectl('get', 'configmap', 'precious', '-n', namespace, '-o', 'jsonpath={.data.key}')).toBe('value')
  })
})

describe('what moves', () => {
  it('to another target is refused with the command that lets go of it, and taken over after that', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), service('b')], { id: 'one' })
    const problem = await problemOf(deploy(namespace, [service('b')], { id: 'two' }))
    const [, command = ''] = /kubectl (label \S+ -n \S+ [^\s"]+)/.exec(problem) ?? []
    kubectl(...command.trim().split(' '))
    expect((await deploy(namespace, [service('b')], { id: 'two' })).outcome.status).toBe('succeeded')
    const first = await deploy(namespace, [config('a')], { id: 'one' })
    expect(first.pruned?.results).toEqual([])
    expect(names(namespace, 'services')).toEqual(['b'])
  })

  it('is not taken back by healing at the commit that declared it before, and so not deleted after that', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), service('b')], { id: 'one' })
    kubectl('label', 'service', 'b', '-n', namespace, 'applyset.kubernetes.io/part-of-')
    await deploy(namespace, [service('b')], { id: 'two' })
    const one = target(namespace, [config('a'), service('b')], { id: 'one' })
    const plan = await one.plan('drift')
    expect(plan.changes).toMatchObject([{ action: 'update', healable: false }])
    await one.apply(plan)
    expect((await target(namespace, [service('b')], { id: 'two' }).plan('drift')).changes).toEqual([])
  })

  it('to another namespace is told, because nothing deletes what stays behind', async () => {
    const before = await platform.createNamespace('faults')
    const after = await platform.createNamespace('faults')
    await deploy(before, [config('a')], { id: 'moving' })
    const { plan } = await deploy(after, [config('a')], { id: 'moving' })
    expect(plan.notes.join()).toContain(`with the namespace ${before} before`)
    expect((await deploy(after, [config('a')], { id: 'moving' })).plan.notes).toEqual([])
  })
})

describe('hooks', () => {
  it('of an installation run until one has succeeded', async () => {
    const namespace = await platform.createNamespace('faults')
    const first = await deploy(namespace, [config('a'), hook('init', 'pre-install', 'crash')])
    expect(first.outcome.status).toBe('failed')
    expect(names(namespace, 'configmaps')).toEqual([])
    const second = await deploy(namespace, [config('a'), hook('init', 'pre-install')], { revision: 'two' })
    expect(second.outcome.status).toBe('succeeded')
    expect(second.outcome.results.map((one) => one.resource.name)).toContain('init')
  })

  it('are checked before the first write, those that come last too', async () => {
    const namespace = await platform.createNamespace('faults')
    const wrong = hook('check', 'post-install')
    const problem = await problemOf(
      deploy(namespace, [
        config('a'),
        { ...wrong, object: { ...wrong.object, spec: { template: { spec: { containers: [] } } } } as KubernetesObject }
      ])
    )
    expect(problem).toMatch(/hook\.yaml:1: Job .*check.*containers/s)
    expect(names(namespace, 'configmaps')).toEqual([])
    // A hook that ran before is no obstacle: its Job cannot be changed, but it is deleted first.
    await deploy(namespace, [config('a'), hook('check', 'post-install,post-upgrade')])
    const again = await deploy(namespace, [config('a', { b: 'c' }), hook('check', 'post-upgrade', 'none')], {
      revision: 'two'
    })
    expect(again.outcome.status).toBe('succeeded')
  })

  it('that still run are gone with their pods before they start again', async () => {
    const namespace = await platform.createNamespace('faults')
    const first = await deploy(namespace, [config('a'), hook('init', 'pre-install', 'never-ready')], { timeout: 3_000 })
    expect(first.outcome.status).toBe('failed')
    const pods = () => names(namespace, 'pods')
    expect(pods()).toHaveLength(1)
    const atStart: string[][] = []
    const watched = new Proxy(cluster, {
      get(real, property) {
        const value: unknown = Reflect.get(real, property)
        if (typeof value !== 'function') return value
        return (...given: Parameters<Cluster['apply']>) => {
          if (property === 'apply' && given[0].kind === 'Job' && !given[1]?.dryRun) atStart.push(pods())
          return value.apply(real, given)
        }
      }
    })
    const again = [config('a'), hook('init', 'pre-install')]
    const second = await deploy(namespace, again, { revision: 'two', cluster: watched })
    expect(second.outcome.failure?.message ?? second.outcome.status).toBe('succeeded')
    expect(atStart).toEqual([[]])
  })

  it('of a rollback run when a deploy goes back to what was there, and the plan says so', async () => {
    const namespace = await platform.createNamespace('faults')
    const hooks = ['install', 'upgrade', 'rollback'].map((event) => hook(event, `pre-${event}`, undefined, 'ConfigMap'))
    const run = async (greeting: string, revision: string) => {
      const { plan, outcome } = await deploy(namespace, [config('a', { greeting }), ...hooks], { revision })
      return { notes: plan.notes.join(), done: outcome.results.map((one) => one.resource.name) }
    }
    expect((await run('one', '1')).done).toEqual(['install', 'a'])
    expect(await run('two', '2')).toMatchObject({ notes: '', done: ['upgrade', 'a'] })
    const back = await run('one', '3')
    expect(back.done).toEqual(['rollback', 'a'])
    expect(back.notes).toContain('hooks of a rollback')
  })

  it('of an installation do not run again because the inventory was deleted', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a'), hook('init', 'pre-install')])
    kubectl('delete', 'secret', 'gitops.faults.web', '-n', namespace)
    const second = await deploy(namespace, [config('a', { b: 'c' }), hook('init', 'pre-install')], { revision: 'two' })
    expect(second.outcome.results.map((one) => one.resource.name)).toEqual(['a'])
  })
})

describe('what needs something that the same run brings', () => {
  it('a namespace: names are checked as well, also those that something else has elsewhere', async () => {
    const namespace = `faults-new-${Date.now()}`
    const taken = object('v1', 'ServiceAccount', 'default', { automountServiceAccountToken: false })
    const problem = await problemOf(deploy(namespace, [config('a'), taken, config('Not_A_Name')]))
    expect(problem).toMatch(/configmap\.yaml:1: ConfigMap faults-new-\d+\/Not_A_Name.*metadata\.name/)
    expect(problem).not.toMatch(/preflight-|ServiceAccount/)
    expect(() => kubectl('get', 'namespace', namespace)).toThrow('not found')
    const { outcome } = await deploy(namespace, [config('a'), taken])
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
  })

  it('a Pod its account and its priority', async () => {
    const namespace = await platform.createNamespace('faults')
    const priority = `${namespace}-high`
    const pod = object('v1', 'Pod', 'worker', {
      spec: {
        serviceAccountName: 'worker-account',
        priorityClassName: priority,
        containers: [{ name: 'main', image: 'busybox:1.36' }]
      }
    })
    const { plan, outcome } = await deploy(namespace, [
      pod,
      object('v1', 'ServiceAccount', 'worker-account'),
      object('scheduling.k8s.io/v1', 'PriorityClass', priority, { value: 1000 })
    ])
    expect(plan.notes.join()).toContain('could not be checked before writing')
    expect(outcome.failure?.message).toBeUndefined()
    kubectl('delete', 'priorityclass', priority)
  })

  it.each(['web', 'missing'])('but not what only something else of that name could be (%s)', async (name) => {
    const namespace = await platform.createNamespace('faults')
    const pod = object('v1', 'Pod', 'web', {
      spec: { serviceAccountName: 'missing', containers: [{ name: 'main', image: 'busybox:1.36' }] }
    })
    const service = object('v1', 'Service', name, { spec: { ports: [{ port: 80 }] } })
    expect(await problemOf(deploy(namespace, [pod, service]))).toMatch(/Pod .*web.*serviceaccount "missing" not found/)
  })

  it('a binding its role, for a deployer that may not grant everything', async () => {
    const namespace = await platform.createNamespace('faults')
    kubectl('create', 'serviceaccount', 'deployer', '-n', namespace)
    kubectl(
      'create',
      'rolebinding',
      'deployer',
      '-n',
      namespace,
      '--clusterrole=admin',
      `--serviceaccount=${namespace}:deployer`
    )
    const token = kubectl('create', 'token', 'deployer', '-n', namespace).trim()
    const kubeconfig = JSON.parse(kubectl('config', 'view', '--raw', '--minify', '-o', 'json')) as { users: unknown[] }
    const name = JSON.parse(JSON.stringify(kubeconfig.users))[0].name
    const restricted = await connect({
      kubeconfig: JSON.stringify({ ...kubeconfig, users: [{ name, user: { token } }] }),
      log: quiet
    })
    const manifests = [
      object('rbac.authorization.k8s.io/v1', 'Role', 'reader', {
        rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }]
      }),
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'reader', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
        subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace }]
      })
    ]
    const { outcome } = await deploy(namespace, manifests, { cluster: restricted })
    expect(outcome.failure?.message).toBeUndefined()
  })
})

describe('healing', () => {
  it('puts back a whole namespace that was deleted', async () => {
    const namespace = await platform.createNamespace('faults')
    await deploy(namespace, [config('a')])
    kubectl('delete', 'namespace', namespace, '--wait')
    const one = target(namespace, [config('a')])
    const plan = await one.plan('drift')
    const outcome = await one.apply(plan)
    expect(outcome.failure?.message).toBeUndefined()
    expect(names(namespace, 'configmaps')).toEqual(['a'])
  })
})

describe('Secret values', () => {
  it.each([
    ['a number', { data: { pin: 73519862 } }],
    ['no base64', { data: { pin: 'pa$$w0rd-73519862' } }],
    ['a list', { stringData: { pin: ['a-73519862'] } }]
  ])('are in no error: %s', async (_what, rest) => {
    const namespace = await platform.createNamespace('faults')
    const secret = object('v1', 'Secret', 'database', rest as unknown as JsonObject)
    const fresh = await problemOf(deploy(namespace, [config('a'), secret]))
    expect(fresh).toContain('database')
    expect(fresh).not.toContain('73519862')
    const hooked = {
      ...secret,
      object: { ...secret.object, metadata: { name: 'database', annotations: { 'helm.sh/hook': 'pre-install' } } }
    }
    const failed = await deploy(namespace, [config('a'), hooked as Manifest], { id: 'hooked' }).catch(
      (error: unknown) => `${messageOf(error)} ${JSON.stringify(error)}`
    )
    expect(JSON.stringify(failed)).not.toContain('73519862')
    kubectl('create', 'secret', 'generic', 'database', '-n', namespace, '--from-literal=pin=x')
    const existing = await problemOf(deploy(namespace, [config('a'), secret], { id: 'other' }))
    expect(existing).not.toContain('73519862')
  })
})

it('hostile keys survive', async () => {
  const namespace = await platform.createNamespace('faults')
  const data = JSON.parse('{"__proto__":"x","constructor":"y","toString":"::set-output name=a::b"}') as JsonObject
  await deploy(namespace, [config('a', data)])
  expect(kubectl('get', 'configmap', 'a', '-n', namespace, '-o', 'jsonpath={.data.__proto__}')).toBe('x')
  expect((await target(namespace, [config('a', data)]).plan('drift')).changes).toEqual([])
  kubectl('patch', 'configmap', 'a', '-n', namespace, '--type=merge', '-p', '{"data":{"__proto__":"evil"}}')
  const drift = await target(namespace, [config('a', data)]).plan('drift')
  expect(drift.changes.map((one) => one.action)).toEqual(['update'])
})
