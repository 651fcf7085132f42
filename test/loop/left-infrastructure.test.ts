import { expect, test } from 'vitest'
import { warnOfLeftInfrastructure } from '../../src/loop/left-infrastructure.ts'
import type { DeploymentStore, KnownTarget } from '../../src/targets/target.ts'
import { contextOf, targetOf } from './doubles.ts'

const store = (known: () => Promise<readonly KnownTarget[]>): DeploymentStore => ({
  read: async () => undefined,
  write: async () => {},
  known
})
const here = { declaration: 'gitops.yaml' }

test('infrastructure that left the declaration is told; clusters, other declarations and what is declared are not', async () => {
  const known: KnownTarget[] = [
    { target: 'queues', kind: 'cloudformation', ...here },
    { target: 'network', kind: 'terraform', ...here },
    { target: 'gone', kind: 'kubernetes', ...here },
    { target: 'theirs', kind: 'kops', declaration: 'other/gitops.yaml' },
    { target: 'by-inputs', kind: 'terraform' },
    { target: 'older', ...here }
  ]
  const context = contextOf({ ...here, store: store(async () => known) })
  await warnOfLeftInfrastructure({ targets: new Map([['network', targetOf()]]) }, context)
  expect(context.log.lines).toEqual([
    expect.stringMatching(/^warning: Target "queues" of production \(cloudformation\) is no longer declared/)
  ])
})

test('a store that cannot be asked stops nothing', async () => {
  const context = contextOf({ ...here, store: store(() => Promise.reject(new Error('403'))) })
  await warnOfLeftInfrastructure({ targets: new Map() }, context)
  expect(context.log.lines).toEqual([])
})
