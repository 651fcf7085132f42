import { describe, expect, it, vi } from 'vitest'
import { asList, at, type Json } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from './use.ts'

const platform = usePlatform()
const ANNOTATION = 'platform.gitops-actions.dev/behaviour'
const SOON = { timeout: 30_000, interval: 100 }

describe('pods of the platform', () => {
  it('are ready at once when nothing is asked for', async () => {
    const namespace = await platform.createNamespace('healthy')
    await apply(namespace, deployment('web', { replicas: 2 }))
    await platform.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=20s'])
    const pod = await onlyPod(namespace, 2)
    expect(at(pod, 'status', 'phase')).toBe('Running')
    expect(at(containerStatus(pod), 'ready')).toBe(true)
    expect(at(pod, 'spec', 'nodeName')).toMatch(/^node-[123]$/)
  })

  it('crash and are restarted with growing pauses, with events and the logs of the crash', async () => {
    const namespace = await platform.createNamespace('crash')
    await apply(namespace, deployment('web', { behaviour: 'crash' }))
    const pod = await vi.waitFor(async () => {
      const found = await onlyPod(namespace)
      expect(Number(at(containerStatus(found), 'restartCount'))).toBeGreaterThanOrEqual(2)
      expect(at(containerStatus(found), 'state', 'waiting', 'reason')).toBe('CrashLoopBackOff')
      return found
    }, SOON)
    expect(at(containerStatus(pod), 'lastState', 'terminated')).toMatchObject({ exitCode: 1, reason: 'Error' })
    expect(at(containerStatus(pod), 'ready')).toBe(false)
    const name = String(at(pod, 'metadata', 'name'))
    const logs = await platform.kubectl(['logs', '--previous', '-n', namespace, name])
    expect(logs.trim().split('\n').length).toBeGreaterThan(2)
    const [event] = await eventsOf(namespace, name, 'BackOff')
    expect(at(event, 'type')).toBe('Warning')
    expect(Number(at(event, 'count'))).toBeGreaterThanOrEqual(2)
    expect(at(event, 'message')).toContain('Back-off restarting failed container app')
    expect(at(await get(namespace, 'apps/v1', 'deployments/web'), 'status', 'availableReplicas')).toBeUndefined()
  })

  it('cannot pull their image, with the event that says which', async () => {
    const namespace = await platform.createNamespace('pull')
    await apply(namespace, deployment('web', { behaviour: 'image-pull', image: 'registry.example/web:typo' }))
    const pod = await vi.waitFor(async () => {
      const found = await onlyPod(namespace)
      expect(at(containerStatus(found), 'state', 'waiting', 'reason')).toBe('ImagePullBackOff')
      return found
    }, SOON)
    expect(at(pod, 'status', 'phase')).toBe('Pending')
    const events = await vi.waitFor(async () => {
      const found = await eventsOf(namespace, String(at(pod, 'metadata', 'name')), 'Failed')
      expect(found).toHaveLength(1)
      return found
    }, SOON)
    expect(at(events[0], 'message')).toContain('registry.example/web:typo')
  })

  it('run without ever becoming ready', async () => {
    const namespace = await platform.createNamespace('never')
    await apply(namespace, deployment('web', { behaviour: 'never-ready' }))
    const pod = await vi.waitFor(async () => {
      const found = await onlyPod(namespace)
      expect(at(found, 'status', 'phase')).toBe('Running')
      return found
    }, SOON)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const later = await onlyPod(namespace)
    expect(at(containerStatus(later), 'ready')).toBe(false)
    expect(at(containerStatus(later), 'restartCount')).toBe(0)
    const events = await eventsOf(namespace, String(at(pod, 'metadata', 'name')), 'Unhealthy')
    expect(at(events[0], 'message')).toContain('Readiness probe failed')
    expect(await platform.kubectl(['logs', '-n', namespace, 'deployment/web'])).toContain('listening')
  })

  it('of Jobs succeed, and fail where they are told to crash', async () => {
    const namespace = await platform.createNamespace('jobs')
    await apply(namespace, job('good', undefined))
    await apply(namespace, job('bad', 'crash'))
    await vi.waitFor(async () => {
      expect(at(await get(namespace, 'batch/v1', 'jobs/good'), 'status', 'succeeded')).toBe(1)
      expect(conditionsOf(await get(namespace, 'batch/v1', 'jobs/bad'))).toContain('Failed')
    }, SOON)
  })

  it('that are bad become good by an ordinary change of the pod template', async () => {
    const namespace = await platform.createNamespace('recover')
    await apply(namespace, deployment('web', { behaviour: 'crash' }))
    await vi.waitFor(async () => expect(containerStatus(await onlyPod(namespace))).toBeDefined(), SOON)
    await apply(namespace, deployment('web', { image: 'busybox:1.37' }))
    await platform.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=20s'])
  })
})

describe('the cluster', () => {
  it('is Kubernetes 1.36 and knows its version', async () => {
    const version = await platform.api.need('GET', '/version')
    expect(at(version, 'gitVersion')).toMatch(/^v1\.36\.\d+$/)
  })

  it('gives volumes to claims, whatever their class, and takes them back', async () => {
    const namespace = await platform.createNamespace('volumes')
    await apply(namespace, claim('default-class', undefined), claim('other-class', 'gp3'))
    const volumes = await vi.waitFor(async () => {
      const claims = asList(at(await get(namespace, 'v1', 'persistentvolumeclaims'), 'items')) ?? []
      expect(claims.map((one) => at(one, 'status', 'phase'))).toEqual(['Bound', 'Bound'])
      return claims.map((one) => String(at(one, 'spec', 'volumeName')))
    }, SOON)
    await platform.kubectl(['delete', '-n', namespace, 'pvc', '--all', '--timeout=20s'])
    await vi.waitFor(async () => {
      for (const volume of volumes)
        expect((await platform.api.call('GET', `/api/v1/persistentvolumes/${volume}`)).status).toBe(404)
    }, SOON)
  })

  it('gives addresses to load balancers and ingresses', async () => {
    const namespace = await platform.createNamespace('addresses')
    await apply(
      namespace,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { type: 'LoadBalancer', ports: [{ port: 80 }] }
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web' },
        spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } }
      }
    )
    await vi.waitFor(async () => {
      const service = await get(namespace, 'v1', 'services/web')
      const ingress = await get(namespace, 'networking.k8s.io/v1', 'ingresses/web')
      for (const object of [service, ingress])
        expect(at(asList(at(object, 'status', 'loadBalancer', 'ingress'))?.[0], 'ip')).toMatch(/^192\.0\.2\./)
    }, SOON)
  })

  it('serves a client with a certificate instead of a token', async () => {
    const env = { KUBECONFIG: platform.certificateKubeconfig, HOME: platform.directory }
    const { stdout } = await exec(platform.bin.kubectl, ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo}'], {
      env
    })
    expect(JSON.parse(stdout)).toMatchObject({ username: 'admin', groups: ['system:masters', 'system:authenticated'] })
  })

  it('refuses a restricted account what its rules do not say', async () => {
    const namespace = await platform.createNamespace('restricted')
    const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }]
    const kubeconfig = await platform.createRestrictedKubeconfig({ namespace, rules })
    const as = (...args: string[]) =>
      exec(platform.bin.kubectl, args, { env: { KUBECONFIG: kubeconfig, HOME: platform.directory } })
    expect((await as('get', 'configmaps', '-o', 'name')).stdout).toContain('configmap/kube-root-ca.crt')
    await expect(as('get', 'secrets')).rejects.toThrow('cannot list resource "secrets"')
    await expect(as('get', 'configmaps', '-n', 'default')).rejects.toThrow('Forbidden')
  })
})

type Container = { name: string; image: string }

function deployment(name: string, options: { replicas?: number; behaviour?: string; image?: string }) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: options.replicas ?? 1,
      selector: { matchLabels: { app: name } },
      template: template(name, options)
    }
  }
}

function job(name: string, behaviour: string | undefined) {
  const { metadata, spec } = template(name, { behaviour })
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { backoffLimit: 0, template: { metadata, spec: { ...spec, restartPolicy: 'Never' } } }
  }
}

function template(name: string, options: { behaviour?: string | undefined; image?: string }) {
  const annotations = options.behaviour === undefined ? {} : { [ANNOTATION]: options.behaviour }
  const containers: Container[] = [{ name: 'app', image: options.image ?? 'busybox:1.36' }]
  return { metadata: { labels: { app: name }, annotations }, spec: { containers } }
}

function claim(name: string, storageClassName: string | undefined) {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: storageClassName === undefined ? spec : { ...spec, storageClassName }
  }
}

async function apply(namespace: string, ...objects: object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects }
  await platform.kubectl(['apply', '--server-side', '-n', namespace, '-f', '-'], JSON.stringify(list))
}

async function get(namespace: string, apiVersion: string, what: string): Promise<Json> {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  return platform.api.need('GET', `${base}/namespaces/${namespace}/${what}`)
}

async function onlyPod(namespace: string, count = 1): Promise<Json> {
  const pods = asList(at(await get(namespace, 'v1', 'pods'), 'items')) ?? []
  expect(pods).toHaveLength(count)
  return pods[0] ?? null
}

function containerStatus(pod: Json): Json | undefined {
  return asList(at(pod, 'status', 'containerStatuses'))?.[0]
}

function conditionsOf(object: Json): unknown[] {
  return (asList(at(object, 'status', 'conditions')) ?? []).map((condition) => at(condition, 'type'))
}

async function eventsOf(namespace: string, pod: string, reason: string): Promise<Json[]> {
  const events = asList(at(await get(namespace, 'v1', 'events'), 'items')) ?? []
  return events.filter((event) => at(event, 'involvedObject', 'name') === pod && at(event, 'reason') === reason)
}
