import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import type { Manifest } from '../../../src/render/manifest.ts'
import { configMap, manifest, useKit } from './kit.ts'

const kit = useKit()
const made: string[] = []
afterEach(() => {
  const kinds =
    'validatingadmissionpolicy,validatingadmissionpolicybinding,validatingwebhookconfiguration,mutatingwebhookconfiguration'
  for (const name of made.splice(0)) kit.kubectl('delete', kinds, name, '--ignore-not-found')
})

const admission = (kind: string, name: string, rest: JsonObject): Manifest => {
  made.push(name)
  return manifest('admissionregistration.k8s.io/v1', kind, name, rest)
}
const rules = (resource: string) => ({
  apiGroups: [''],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources: [resource]
})

/** Pods of one namespace are only made when the webhook's own pods agree, which belong to that namespace. */
function webhook(namespace: string, behaviour?: string, failurePolicy = 'Fail'): Manifest[] {
  return [
    admission('MutatingWebhookConfiguration', namespace, {
      webhooks: [
        {
          name: 'pods.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy,
          timeoutSeconds: 1,
          rules: [rules('pods')],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          clientConfig: { service: { name: 'hook', namespace, path: '/' } }
        }
      ]
    }),
    manifest('v1', 'Service', 'hook', { spec: { selector: { app: 'hook' }, ports: [{ port: 443 }] } }),
    manifest('apps/v1', 'Deployment', 'hook', {
      spec: {
        selector: { matchLabels: { app: 'hook' } },
        template: {
          metadata: {
            labels: { app: 'hook' },
            ...(behaviour ? { annotations: { 'platform.gitops-actions.dev/behaviour': behaviour } } : {})
          },
          spec: { containers: [{ name: 'main', image: 'busybox:1.36' }] }
        }
      }
    })
  ]
}

const exists = (name: string) =>
  kit.kubectl('get', 'mutatingwebhookconfiguration', name, '--ignore-not-found', '-o', 'name') !== ''

describe('a webhook of the set', () => {
  it('is created when its backend is ready: called before, it would keep its own pods from starting', async () => {
    const namespace = await kit.platform.createNamespace('gates')
    const { plan, outcome } = await kit.deploy(namespace, webhook(namespace))
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
    expect(plan.notes.join('\n')).toMatch(/MutatingWebhookConfiguration .* could not be asked before writing/)
    expect(exists(namespace)).toBe(true)
  })

  it('is not created while its backend crashes, but changed all the same where it exists: that may be the cure', async () => {
    const namespace = await kit.platform.createNamespace('gates')
    const first = await kit.deploy(namespace, webhook(namespace, 'crash'))
    expect(first.outcome.status).toBe('failed')
    expect(first.outcome.failure?.hint).toMatch(/only created when the pods that serve them are ready/)
    expect(exists(namespace)).toBe(false)

    await kit.deploy(namespace, webhook(namespace), { revision: '2' })
    await kit.deploy(namespace, webhook(namespace, 'crash', 'Ignore'), { revision: '3', timeout: 5000 })
    const now = kit.kubectl('get', 'mutatingwebhookconfiguration', namespace, '-o', 'jsonpath={..failurePolicy}')
    expect(now).toBe('Ignore')
  })
})

describe('a policy of the set', () => {
  it('comes into force last, and the plan says that it could not be asked', async () => {
    const namespace = await kit.platform.createNamespace('gates')
    const policy = (message: string) =>
      admission('ValidatingAdmissionPolicy', namespace, {
        spec: {
          matchConstraints: {
            resourceRules: [rules('configmaps')],
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }
          },
          validations: [{ expression: 'false', message }]
        }
      })
    const binding = admission('ValidatingAdmissionPolicyBinding', namespace, {
      spec: { policyName: namespace, validationActions: ['Deny'] }
    })
    const set = [binding, policy('no more'), configMap('a'), manifest('v1', 'ServiceAccount', 'b')]
    const { plan, outcome } = await kit.deploy(namespace, set)
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
    expect(outcome.results.at(-1)?.resource.kind).toBe('ValidatingAdmissionPolicyBinding')
    const unasked = plan.notes.filter((note) => note.includes('could not be asked before writing'))
    expect(unasked).toEqual([expect.stringMatching(/^ValidatingAdmissionPolicyBinding .* comes with this run/)])
    const again = await kit
      .target(namespace, [binding, policy('never'), configMap('a'), set[3] as Manifest])
      .plan('deploy')
    expect(again.notes).toEqual([expect.stringMatching(/^ValidatingAdmissionPolicy .* changes in this run/)])
  })
})
