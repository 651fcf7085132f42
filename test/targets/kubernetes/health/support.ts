import type { JsonObject } from '../../../../src/json.ts'
import type { Logger } from '../../../../src/log.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import type { ObjectRef } from '../../../../src/targets/kubernetes/cluster.ts'

/** How the platform's pods behave (test/platform/stages). */
export type Behaviour = 'crash' | 'image-pull' | 'never-ready'

export interface PodOptions {
  readonly behaviour?: Behaviour | undefined
  readonly nodeSelector?: Record<string, string>
  readonly image?: string
  /** Without one a rollout has to prove that it stays healthy. */
  readonly readinessProbe?: boolean
}

/** A pod template with one container `main`. */
export function podTemplate(app: string, options: PodOptions = {}, restartPolicy = 'Always'): JsonObject {
  return {
    metadata: {
      labels: { app },
      ...(options.behaviour ? { annotations: { 'platform.gitops-actions.dev/behaviour': options.behaviour } } : {})
    },
    spec: {
      restartPolicy,
      terminationGracePeriodSeconds: 0,
      ...(options.nodeSelector ? { nodeSelector: options.nodeSelector } : {}),
      containers: [
        {
          name: 'main',
          image: options.image ?? 'example.test/main:1',
          ...(options.readinessProbe === false ? {} : { readinessProbe: { httpGet: { path: '/', port: 80 } } })
        }
      ]
    }
  }
}

/** A workload with a selector; `spec` is put beside it. */
export function workload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet',
  namespace: string,
  name: string,
  options: PodOptions & { readonly spec?: JsonObject } = {}
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      selector: { matchLabels: { app: name } },
      template: podTemplate(name, options),
      ...options.spec
    }
  }
}

export function job(
  namespace: string,
  name: string,
  options: PodOptions & { readonly spec?: JsonObject } = {}
): KubernetesObject {
  const { labels: _, ...metadata } = { ...(podTemplate(name, options)['metadata'] as JsonObject) }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: {
      backoffLimit: 0,
      template: { ...podTemplate(name, options, 'Never'), metadata },
      ...options.spec
    }
  }
}

export function refOf(object: KubernetesObject): ObjectRef {
  const namespace = object.metadata['namespace']
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    ...(typeof namespace === 'string' ? { namespace } : {})
  }
}

/** A logger that keeps its lines. */
export function recorder(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const keep = (level: string) => (message: string) => void lines.push(`${level}: ${message}`)
  return {
    lines,
    info: keep('info'),
    debug: keep('debug'),
    warning: keep('warning'),
    error: keep('error'),
    group: (_title, work) => work()
  }
}

/** Asks until `read` gives something; fails after a while. */
export async function eventually<T>(what: string, read: () => Promise<T | undefined>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const value = await read()
    if (value !== undefined) return value
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
