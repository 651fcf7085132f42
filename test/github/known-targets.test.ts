import { afterAll, beforeAll, expect, test } from 'vitest'
import { githubDeployments } from '../../src/github/deployments.ts'
import { knownTargets } from '../../src/github/known-targets.ts'
import type { DeploymentRecord } from '../../src/targets/target.ts'
import { recordOf } from '../loop/doubles.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { forgeOn } from './support.ts'

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHubDouble()
})
afterAll(() => double.close())

test('each target that was deployed to an environment is known once, with its engine and where it was declared', async () => {
  const { forge } = await forgeOn(double)
  const store = githubDeployments(forge)
  const sha = (await forge.git.branch('main')) ?? ''
  const write = (more: Partial<DeploymentRecord>) => store.write(recordOf('queues', { revision: sha, ...more }))
  await write({ kind: 'terraform', run: 'https://runs/1' })
  await write({ kind: 'cloudformation', declaration: 'gitops.yaml', run: 'https://runs/2' })
  await write({ target: 'web' })
  await write({ target: 'elsewhere', environment: 'staging' })
  await forge.deployments.create({
    sha,
    environment: 'production',
    task: 'deploy',
    description: '',
    production: true,
    payload: { target: 'of another tool' }
  })
  expect(await knownTargets(forge, 'production')).toEqual([
    { target: 'web' },
    { target: 'queues', kind: 'cloudformation', declaration: 'gitops.yaml' }
  ])
  expect((await store.read('production', 'queues'))?.run).toBe('https://runs/2')
})
