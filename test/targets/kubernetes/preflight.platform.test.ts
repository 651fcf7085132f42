import { afterAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import { configMap, manifest, problemOf, quiet, useKit } from './kit.ts'

const kit = useKit()
const policies: string[] = []
afterAll(() => {
  for (const name of policies)
    kit.kubectl('delete', 'validatingadmissionpolicy,validatingadmissionpolicybinding', name, '--ignore-not-found')
})

/** A policy for the objects with one label only, so that no other test meets it. Answers the label. */
async function refusing(expression: string, message: string): Promise<JsonObject> {
  const name = `preflight-${Math.random().toString(36).slice(2)}`
  policies.push(name)
  kit.kubectlApply(
    [],
    [
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name },
        spec: {
          matchConstraints: {
            resourceRules: [
              { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }
            ],
            objectSelector: { matchLabels: { policy: name } }
          },
          validations: [{ expression, message }]
        }
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ['Deny'] }
      }
    ]
  )
  const probe = configMap('probe', {}, { namespace: 'default', labels: { policy: name } }).object
  // The API server learns of a policy a moment after it was made.
  const ask = async () => {
    try {
      await kit.cluster().apply({ ...probe, data: { refuse: 'true' } }, { dryRun: true })
      return 'taken'
    } catch {
      return 'refused'
    }
  }
  await expect.poll(ask, { timeout: 30_000 }).toBe('refused')
  return { labels: { policy: name } }
}

const newNamespace = () => `preflight-${Math.random().toString(36).slice(2)}`

describe('objects of a namespace that the run creates', () => {
  it('are not refused by a policy that means the namespace in which they are tried', async () => {
    const metadata = await refusing("namespaceObject.metadata.name != 'default'", 'nothing belongs into default')
    const namespace = newNamespace()
    try {
      const { plan, outcome } = await kit.deploy(namespace, [configMap('a', { key: 'value' }, metadata)])
      expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
      expect(plan.notes.join('\n')).toMatch(
        /ConfigMap .*a could not be checked before writing: .*nothing belongs into default/
      )
    } finally {
      kit.kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false')
    }
  })

  it('are refused before the first write by a policy that means them', async () => {
    const metadata = await refusing("!has(object.data) || !('refuse' in object.data)", 'this key is refused')
    const namespace = newNamespace()
    const problem = await problemOf(
      kit.target(namespace, [configMap('good'), configMap('bad', { refuse: 'true' }, metadata)]).plan('deploy')
    )
    expect(problem.message).toMatch(/configmap\.yaml:1: ConfigMap .*bad: .*this key is refused/)
    expect(() => kit.kubectl('get', 'namespace', namespace)).toThrow('not found')
  })
})

describe('a deployer with few rights', () => {
  it('is told before the first write that a namespace cannot be created', async () => {
    const namespace = await kit.platform.createNamespace('preflight')
    const cluster = await connect({
      kubeconfig: await kit.platform.createRestrictedKubeconfig({
        namespace,
        scope: 'cluster',
        rules: [
          { apiGroups: [''], resources: ['namespaces'], verbs: ['get'] },
          { apiGroups: ['', 'coordination.k8s.io'], resources: ['configmaps', 'secrets', 'leases'], verbs: ['*'] }
        ]
      }),
      log: quiet
    })
    const other = newNamespace()
    const problem = await problemOf(
      kit
        .target(namespace, [configMap('here'), configMap('there', {}, { namespace: other })], { cluster })
        .plan('deploy')
    )
    expect(problem.message).toMatch(new RegExp(`Namespace ${other}.*may not (create|patch) namespaces`))
    expect(kit.names(namespace, 'configmaps,secrets,leases')).toEqual([])
  })

  it('is told before the first write that a hook cannot be created', async () => {
    const namespace = await kit.platform.createNamespace('preflight')
    const cluster = await connect({
      kubeconfig: await kit.platform.createRestrictedKubeconfig({
        namespace,
        rules: [
          { apiGroups: ['', 'coordination.k8s.io'], resources: ['configmaps', 'secrets', 'leases'], verbs: ['*'] },
          { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list'] }
        ]
      }),
      log: quiet
    })
    const hook = manifest('batch/v1', 'Job', 'migrate', {
      metadata: { annotations: { 'helm.sh/hook': 'post-install' } },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image: 'busybox:1.36' }] } } }
    })
    const problem = await problemOf(kit.target(namespace, [configMap('a'), hook], { cluster }).plan('deploy'))
    expect(problem.message).toMatch(/job\.yaml:1: Job .*migrate: the user .* may not (create|patch) jobs\.batch/)
  })
})

describe('a hook that cannot be checked', () => {
  it('is listed with the reason, and run all the same: its account comes with the run', async () => {
    const namespace = await kit.platform.createNamespace('preflight')
    const annotations = { 'helm.sh/hook': 'post-install' }
    const pod = manifest('v1', 'Pod', 'check', {
      metadata: { annotations },
      spec: {
        restartPolicy: 'Never',
        serviceAccountName: 'checker',
        containers: [{ name: 'main', image: 'busybox:1.36' }]
      }
    })
    const { plan, outcome } = await kit.deploy(
      namespace,
      [configMap('a'), manifest('v1', 'ServiceAccount', 'checker'), pod],
      { timeout: 3000 }
    )
    expect(plan.notes.join('\n')).toMatch(/Pod .*check could not be checked before writing: it needs ServiceAccount/)
    expect(outcome.results.map((one) => one.resource.name)).toContain('check')
  })
})
