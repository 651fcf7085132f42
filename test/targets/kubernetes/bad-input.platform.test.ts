import { loadAll } from 'js-yaml'
import { describe, expect, onTestFinished, test } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import { isKubernetesObject } from '../../../src/targets/kubernetes/client/objects.ts'
import { openGate } from '../../platform/gate.ts'
import { configMap, manifest, problemOf, quiet, useKit } from './kit.ts'

const kit = useKit()

const definition = manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.bad.example.com', {
  spec: {
    group: 'bad.example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } }
      }
    ]
  }
})

/** Why a deploy is refused, and that nothing was written until then. */
async function refused(manifests: readonly Manifest[]): Promise<string> {
  const namespace = await kit.platform.createNamespace('bad')
  const gate = await openGate(kit.platform)
  onTestFinished(gate.close)
  const cluster = await connect({ kubeconfig: gate.kubeconfig, log: quiet })
  const error = await problemOf(kit.target(namespace, manifests, { cluster }).plan('deploy'))
  expect(gate.seen.filter(({ method, dryRun }) => method !== 'GET' && !dryRun)).toEqual([])
  return [error.message, ...error.details, error.hint].join('\n')
}

describe('is refused before anything is written', () => {
  const cases: [string, Manifest, RegExp][] = [
    [
      'a kind whose CustomResourceDefinition is missing',
      manifest('gateway.networking.k8s.io/v1', 'Gateway', 'a'),
      /gateway\.yaml:1: gateway\.networking\.k8s\.io\/Gateway\/a: .*The CustomResourceDefinition of Gateway in the group gateway\.networking\.k8s\.io \(by custom, gateways\.gateway\.networking\.k8s\.io\) is neither installed nor among the manifests/
    ],
    [
      'a version that is not served any more',
      manifest('policy/v1beta1', 'PodDisruptionBudget', 'a'),
      /does not serve PodDisruptionBudget of policy\/v1beta1\. It serves PodDisruptionBudget as policy\/v1: change apiVersion/
    ],
    [
      'a group that the kind has left',
      manifest('extensions/v1beta1', 'Ingress', 'a'),
      /Change apiVersion or kind: it knows Ingress of networking\.k8s\.io\/v1/
    ],
    ['a misspelt kind', manifest('apps/v1', 'Deploymnet', 'a'), /of apps it knows Deployment\./],
    ['a kind in small letters', manifest('apps/v1', 'deployment', 'a'), /case-sensitive: it knows Deployment/],
    ['a name that the kind does not take', configMap('My_App'), /My_App.*RFC 1123/]
  ]
  test.each(cases)('%s', async (_what, bad, expected) => {
    expect(await refused([configMap('good'), bad])).toMatch(expected)
  })

  test('a name that a custom resource may not have, of a definition that comes with it', async () => {
    const widget = manifest('bad.example.com/v1', 'Widget', 'My_Widget', { spec: {} })
    expect(await refused([definition, configMap('good'), widget])).toMatch(
      /Widget .*My_Widget does not fit its schema: metadata\.name must have at most 253 lower-case letters/
    )
  })

  test('what becomes too large for a cluster by the record of who owns its fields', async () => {
    // Below every limit as it is declared, and a dry run takes it.
    const keys = Array.from({ length: 9000 }, (_, index) => `${'k'.repeat(90)}${index}`)
    const data = Object.fromEntries(keys.map((key) => [key, 'x']))
    expect(await refused([configMap('good'), configMap('big', data)])).toMatch(
      /configmap\.yaml:1: ConfigMap .*big: it would be stored with 1\.\d MiB, 0\.\d of them for who owns which field/
    )
    // As large, and no trouble: few fields.
    const namespace = await kit.platform.createNamespace('bad')
    const { outcome } = await kit.deploy(namespace, [configMap('big', { a: '"'.repeat(1024 * 1024) })])
    expect(outcome.status).toBe('succeeded')
  })

  test('a namespace that is being deleted', async () => {
    const namespace = await kit.platform.createNamespace('bad')
    const held = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', finalizers: ['example.com/wait'] } }
    kit.kubectlApply(['-n', namespace], [held])
    kit.kubectl('delete', 'namespace', namespace, '--wait=false')
    onTestFinished(() => {
      kit.kubectl('-n', namespace, 'patch', 'configmap', 'held', '-p', '{"metadata":{"finalizers":null}}')
    })
    expect(await refused([configMap('good'), configMap('a', {}, { namespace })])).toContain(
      `Namespace ${namespace} is being deleted.`
    )
  })
})

describe('rights that are missing', () => {
  const manifests = [
    configMap('a'),
    manifest('v1', 'Service', 'web', { spec: { ports: [{ port: 80 }], selector: { app: 'web' } } }),
    manifest('apps/v1', 'Deployment', 'web', {
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'web' }] }
        }
      }
    })
  ]

  async function poor(namespace: string) {
    const kubeconfig = await kit.platform.createRestrictedKubeconfig({ namespace, rules: [] })
    return connect({ kubeconfig, log: quiet })
  }

  test('are given by the roles that the refusals show, applied as they stand one after another', async () => {
    const namespace = await kit.platform.createNamespace('rights')
    const cluster = await poor(namespace)
    const told: string[] = []
    const attempt = () => kit.target(namespace, manifests, { cluster }).plan('deploy')
    for (;;) {
      try {
        expect((await attempt()).changes).toHaveLength(3)
        break
      } catch (error) {
        if (!(error instanceof GitOpsError)) throw error
        const [, roles] = /This would allow (?:it|what is forbidden):\n([\s\S]*)$/.exec(error.hint ?? '') ?? []
        if (roles === undefined) throw error
        // The authorizer learns of a role a moment later: the same refusal may come twice.
        if (told.at(-1) !== roles) told.push(roles)
        for (const role of loadAll(roles)) {
          if (!isKubernetesObject(role)) throw new Error(`no object: ${roles}`)
          await kit.cluster().apply(role, { force: true })
        }
      }
    }
    // The inventory, then all that is to be listed and written.
    expect(told.length).toBeLessThanOrEqual(3)
  })

  test('are named exactly, all of them, and nothing is written', async () => {
    const namespace = await kit.platform.createNamespace('rights')
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }]
    const kubeconfig = await kit.platform.createRestrictedKubeconfig({ namespace, rules })
    const cluster = await connect({ kubeconfig, log: quiet })
    const error = await problemOf(kit.target(namespace, manifests, { cluster }).plan('deploy'))
    expect(error.message).toContain('3 objects cannot be applied')
    for (const what of ['configmaps', 'services', 'deployments.apps'])
      expect(error.details.join('\n')).toMatch(
        new RegExp(
          `the user "system:serviceaccount:${namespace}:[\\w-]+" may not patch ${what} in the namespace "${namespace}"`
        )
      )
    // One Role with its binding for the three.
    const [role, ...others] = loadAll(
      /This would allow what is forbidden:\n([\s\S]*)$/.exec(error.hint ?? '')?.[1] ?? ''
    )
    expect(role).toMatchObject({ kind: 'Role', metadata: { namespace }, rules: [{}, {}, {}] })
    expect(others).toHaveLength(1)
    expect(kit.names(namespace, 'configmap,service,deployment')).toEqual([])
  })
})
