import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, inject } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import { asString, at, type JsonObject } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { type Api, connectApi } from './api.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import type { PlatformInfo } from './platform.ts'

export type { PlatformInfo } from './platform.ts'

export interface Platform extends PlatformInfo {
  /** For a test's own arrangements and checks; the product is tested with its own client. */
  readonly api: Api
  /** A namespace of this test file's own, named `<prefix>-<random>`; deleted when the file is done. */
  createNamespace(prefix: string): Promise<string>
  /**
   * A kubeconfig of a new service account that may do what `rules` say and nothing else: inside `namespace`, or in
   * the whole cluster when `scope` says so.
   */
  createRestrictedKubeconfig(options: {
    namespace: string
    rules: readonly PolicyRule[]
    scope?: 'namespace' | 'cluster'
  }): Promise<string>
  /** Runs kubectl as the administrator, as a person at a terminal would; returns its standard output. */
  kubectl(args: readonly string[], input?: string): Promise<string>
  /** An empty folder of this test's own, inside the run's folder. */
  createDirectory(prefix: string): Promise<string>
}

export interface PolicyRule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly resourceNames?: readonly string[]
}

declare module 'vitest' {
  interface ProvidedContext {
    platform: PlatformInfo
  }
}

/** The platform that this test run shares. Call it at the top of a test file or inside `describe`. */
export function usePlatform(): Platform {
  const info = inject('platform')
  if (info === undefined)
    throw new GitOpsError('This test needs the platform, but its vitest project does not start it.', {
      hint: 'Name the file *.platform.test.ts, or put it below test/actions or test/workflows.'
    })
  const api = connectApi(info)
  const namespaces: string[] = []
  const clusterRoles: string[] = []
  afterAll(async () => {
    const doomed = [
      ...namespaces.map((name) => `/api/v1/namespaces/${name}`),
      ...clusterRoles.flatMap((name) => [`${RBAC}/clusterroles/${name}`, `${RBAC}/clusterrolebindings/${name}`])
    ]
    await Promise.all(doomed.map((url) => api.call('DELETE', url)))
  })
  return {
    ...info,
    api,
    async createNamespace(prefix) {
      const name = unique(prefix)
      await api.need('POST', '/api/v1/namespaces', object('v1', 'Namespace', { name }))
      namespaces.push(name)
      await untilUsable(api, name)
      return name
    },
    async createRestrictedKubeconfig({ namespace, rules, scope = 'namespace' }) {
      const name = unique('restricted')
      if (scope === 'cluster') clusterRoles.push(name)
      const token = await createServiceAccount(api, { name, namespace, rules, scope })
      const file = path.join(info.directory, `${name}.kubeconfig`)
      return writeKubeconfig(file, {
        server: info.server,
        authorityFile: info.authorityFile,
        user: { token },
        namespace
      })
    },
    async kubectl(args, input) {
      const env = { KUBECONFIG: info.kubeconfig, HOME: info.directory } // HOME: its discovery cache stays in the run
      return (await exec(info.bin.kubectl, args, { env, ...(input === undefined ? {} : { input }) })).stdout
    },
    createDirectory: (prefix) => mkdtemp(path.join(info.directory, `${prefix}-`))
  }
}

const RBAC = '/apis/rbac.authorization.k8s.io/v1'

/** Pods can be made in a namespace once the controller manager has put its default service account there. */
async function untilUsable(api: Api, namespace: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while ((await api.call('GET', `/api/v1/namespaces/${namespace}/serviceaccounts/default`)).status !== 200) {
    if (Date.now() > deadline) throw new GitOpsError(`Namespace ${namespace} got no default service account in 30 s.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function createServiceAccount(
  api: Api,
  account: { name: string; namespace: string; rules: readonly PolicyRule[]; scope: 'namespace' | 'cluster' }
): Promise<string> {
  const { name, namespace, scope } = account
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`
  await api.need('POST', accounts, object('v1', 'ServiceAccount', { name }))
  const kind = scope === 'cluster' ? 'ClusterRole' : 'Role'
  const base = scope === 'cluster' ? RBAC : `${RBAC}/namespaces/${namespace}`
  const version = 'rbac.authorization.k8s.io/v1'
  const plural = kind.toLowerCase()
  await api.need('POST', `${base}/${plural}s`, { ...object(version, kind, { name }), rules: account.rules })
  await api.need('POST', `${base}/${plural}bindings`, {
    ...object(version, `${kind}Binding`, { name }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }]
  })
  const answer = await api.need('POST', `${accounts}/${name}/token`, {
    ...object('authentication.k8s.io/v1', 'TokenRequest', {}),
    spec: { expirationSeconds: 7200 }
  })
  return asString(at(answer, 'status', 'token')) ?? ''
}

function object(apiVersion: string, kind: string, metadata: JsonObject): JsonObject {
  return { apiVersion, kind, metadata }
}

function unique(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`
}
