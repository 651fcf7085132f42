import { expect, it } from 'vitest'
import { configMap, manifest, useKit } from './kit.ts'

const kit = useKit()

it('a run that lost its lease stops, and leaves the inventory to the run that has it now', async () => {
  const namespace = await kit.platform.createNamespace('lease')
  const waiting = manifest('batch/v1', 'Job', 'wait', {
    metadata: { annotations: { 'helm.sh/hook': 'pre-install' } },
    spec: {
      template: {
        metadata: { annotations: { 'platform.gitops-actions.dev/behaviour': 'never-ready' } },
        spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36' }] }
      }
    }
  })
  const running = kit.deploy(namespace, [configMap('a'), waiting], { timeout: 60_000 })
  await expect.poll(() => kit.names(namespace, 'jobs'), { timeout: 20_000 }).toEqual(['job.batch/wait'])
  kit.kubectl(
    'patch',
    'lease',
    'gitops.test.web',
    '-n',
    namespace,
    '--type=merge',
    '-p',
    '{"spec":{"holderIdentity":"other"}}'
  )
  kit.kubectl('annotate', 'secret', 'gitops.test.web', '-n', namespace, 'written-by=other')
  const version = () =>
    kit.kubectl('get', 'secret', 'gitops.test.web', '-n', namespace, '-o', 'jsonpath={.metadata.resourceVersion}')
  const written = version()

  const { outcome } = await running
  expect(outcome.status).toBe('failed')
  expect(outcome.failure?.message).toMatch(/The lease of target "web" was taken over by other/)
  expect(version()).toBe(written)
  expect(kit.names(namespace, 'configmaps')).toEqual([])
  expect(kit.kubectl('get', 'lease', 'gitops.test.web', '-n', namespace, '-o', 'jsonpath={.spec.holderIdentity}')).toBe(
    'other'
  )
})
