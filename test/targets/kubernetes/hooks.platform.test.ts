import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import type { Manifest } from '../../../src/render/manifest.ts'
import { configMap, manifest, useKit, type Wanted } from './kit.ts'

const kit = useKit()

function annotations(event: string, more: JsonObject = {}): JsonObject {
  return { annotations: { 'helm.sh/hook': event, ...more } }
}
const policy = (text: string) => ({ 'helm.sh/hook-delete-policy': text })
const weight = (number: string) => ({ 'helm.sh/hook-weight': number })

function job(name: string, metadata: JsonObject, rest: { behaviour?: string; account?: string } = {}): Manifest {
  const { behaviour, account } = rest
  return manifest('batch/v1', 'Job', name, {
    metadata,
    spec: {
      backoffLimit: 0,
      template: {
        ...(behaviour ? { metadata: { annotations: { 'platform.gitops-actions.dev/behaviour': behaviour } } } : {}),
        spec: {
          restartPolicy: 'Never',
          ...(account ? { serviceAccountName: account } : {}),
          containers: [{ name: 'main', image: 'busybox:1.36' }]
        }
      }
    }
  })
}

const uid = (namespace: string, object: string) =>
  kit.kubectl('get', object, '-n', namespace, '-o', 'jsonpath={.metadata.uid}')
const deploy = (namespace: string, revision: string, manifests: readonly Manifest[], wanted: Wanted = {}) =>
  kit.deploy(namespace, [configMap('app', { revision }), ...manifests], { revision, ...wanted })

describe('hooks that succeeded', () => {
  it('stay until all hooks of their event have ended, as in Helm, whatever their weights', async () => {
    const namespace = await kit.platform.createNamespace('hooks')
    const gone = policy('before-hook-creation,hook-succeeded')
    const account = manifest('v1', 'ServiceAccount', 'migrator', {
      metadata: annotations('pre-install', { ...weight('-5'), ...gone })
    })
    const migrate = job('migrate', annotations('pre-install', gone), { account: 'migrator' })
    const { outcome } = await deploy(namespace, '1', [account, migrate])
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
    expect(kit.names(namespace, 'serviceaccounts,jobs')).toEqual(['serviceaccount/default'])
  })

  it('go also when a later hook of the event fails, which itself stays to be looked at', async () => {
    const namespace = await kit.platform.createNamespace('hooks')
    const gone = policy('hook-succeeded')
    const before = manifest('v1', 'ConfigMap', 'before', {
      metadata: annotations('pre-install', { ...weight('-1'), ...gone })
    })
    const beside = job('beside', annotations('pre-install', policy('hook-failed')))
    const { outcome } = await deploy(namespace, '1', [
      before,
      beside,
      job('fails', annotations('pre-install', gone), { behaviour: 'crash' })
    ])
    expect(outcome.failure?.message).toMatch(/^A hook failed: .*fails/)
    expect(kit.names(namespace, 'configmaps,jobs').sort()).toEqual(['job.batch/beside', 'job.batch/fails'])
  })
})

it('two hooks of one name live one after the other', async () => {
  const namespace = await kit.platform.createNamespace('hooks')
  const gone = policy('before-hook-creation,hook-succeeded')
  const hooks = [job('task', annotations('pre-install', gone)), job('task', annotations('post-install', gone))]
  const { outcome } = await deploy(namespace, '1', hooks)
  expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
  expect(outcome.results.map(({ resource, action }) => `${action} ${resource.name}`)).toEqual([
    'created task',
    'created app',
    'created task'
  ])
})

describe('a hook that is there already', () => {
  it.each(['hook-succeeded', 'hook-failed'])('runs anew, also where only %s is its delete policy', async (text) => {
    const namespace = await kit.platform.createNamespace('hooks')
    const crash = text === 'hook-succeeded' ? { behaviour: 'crash' } : {}
    const first = await deploy(namespace, '1', [
      job('migrate', annotations('pre-install,pre-upgrade', policy(text)), crash)
    ])
    expect(first.outcome.status).toBe(text === 'hook-succeeded' ? 'failed' : 'succeeded')
    const ran = uid(namespace, 'job/migrate')
    const again = [job('migrate', annotations('pre-install,pre-upgrade', policy(text)))]
    const second = await deploy(namespace, '2', again)
    expect(second.outcome.failure?.message ?? second.outcome.status).toBe('succeeded')
    expect(second.outcome.results).toMatchObject([{ action: 'replaced', resource: { name: 'migrate' } }, {}])
    if (text === 'hook-failed') expect(uid(namespace, 'job/migrate')).not.toBe(ran)
  })

  it('is never deleted where it is a definition: all its objects would go with it', async () => {
    const namespace = await kit.platform.createNamespace('hooks')
    const group = `${namespace}.example.com`
    const definition = manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `widgets.${group}`, {
      metadata: annotations('pre-install,pre-upgrade', policy('before-hook-creation,hook-succeeded')),
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }]
      }
    })
    try {
      const first = await deploy(namespace, '1', [definition])
      expect(first.outcome.failure?.message ?? first.outcome.status).toBe('succeeded')
      const made = uid(namespace, `crd/widgets.${group}`)
      const second = await deploy(namespace, '2', [definition])
      expect(second.outcome.results).toMatchObject([{ action: 'updated' }, { action: 'updated' }])
      expect(uid(namespace, `crd/widgets.${group}`)).toBe(made)
    } finally {
      kit.kubectl('delete', 'crd', `widgets.${group}`, '--ignore-not-found')
    }
  })

  it('stays where it asks to be kept, and where it holds data and nobody asked for its deletion', async () => {
    const namespace = await kit.platform.createNamespace('hooks')
    const events = 'pre-install,pre-upgrade'
    const hooks = [
      manifest('v1', 'Secret', 'generated', {
        metadata: annotations(events, {
          'helm.sh/resource-policy': 'keep',
          ...policy('before-hook-creation,hook-succeeded')
        })
      }),
      manifest('v1', 'PersistentVolumeClaim', 'data', {
        metadata: annotations(events),
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: '' }
      })
    ]
    kit.kubectlApply(
      ['-n', namespace],
      hooks.map((hook) => hook.object)
    )
    const before = ['secret/generated', 'pvc/data'].map((one) => uid(namespace, one))
    await deploy(namespace, '1', hooks, { timeout: 2000 })
    expect(['secret/generated', 'pvc/data'].map((one) => uid(namespace, one))).toEqual(before)
  })
})
