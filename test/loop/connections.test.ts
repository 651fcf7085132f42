import { describe, expect, test } from 'vitest'
import type { KopsDeclaration, TargetDeclaration } from '../../src/declaration/index.ts'
import { Connections, usesJobsCluster } from '../../src/loop/connections.ts'
import { deploy } from '../../src/loop/deploy.ts'
import { preview } from '../../src/loop/preview.ts'
import type { Unit } from '../../src/loop/unit.ts'
import type { Cluster } from '../../src/targets/kubernetes/cluster.ts'
import { changeOf, contextOf, environmentOf, fakeUnit, noOutput, targetOf } from './doubles.ts'

const KOPS: TargetDeclaration = { kind: 'kops', dependsOn: [], kops: {} as KopsDeclaration }

/** Connections that tell which kubeconfig and context each was made with. */
function connections(...[targets, more]: Parameters<typeof environmentOf>) {
  const made: string[] = []
  const connected = new Connections(environmentOf(targets, more), {
    async connect({ kubeconfig, context }) {
      made.push(`${kubeconfig ?? 'of the job'} ${context ?? 'current'}`)
      return {} as Cluster
    }
  })
  return { connected, made }
}

describe('the connection of a target', () => {
  test('is made with the kubeconfig of the kops target that it depends on, once for each kubeconfig', async () => {
    const { connected, made } = connections({
      cluster: KOPS,
      settings: targetOf({ dependsOn: ['cluster'] }),
      web: targetOf({ dependsOn: ['settings'] }),
      elsewhere: targetOf()
    })
    const asked: string[] = []
    const output = async (reference: { from: string; output: string }) => {
      asked.push(`${reference.from}.${reference.output}`)
      return '/tmp/kubeconfig'
    }
    for (const id of ['settings', 'web']) await connected.of(id)(output)
    await connected.of('elsewhere')(noOutput)
    expect(asked).toEqual(['cluster.kubeconfig', 'cluster.kubeconfig'])
    expect(made).toEqual(['/tmp/kubeconfig current', 'of the job current'])
  })

  test('is that of the environment where it names one', async () => {
    const { connected, made } = connections(
      { cluster: KOPS, web: targetOf({ dependsOn: ['cluster'] }) },
      { cluster: { context: 'prod', kubeconfig: undefined } }
    )
    await connected.of('web')(noOutput)
    expect(made).toEqual(['of the job prod'])
  })
})

test.each([
  ['infrastructure alone', { cluster: KOPS }, false],
  [
    'what is deployed into a cluster of the same environment',
    { cluster: KOPS, web: targetOf({ dependsOn: ['cluster'] }) },
    false
  ],
  ['a target of its own', { cluster: KOPS, web: targetOf() }, true]
] as const)("%s: whether the job's kubeconfig is needed", (_what, targets, needed) => {
  expect(usesJobsCluster(environmentOf(targets))).toBe(needed)
})

describe('a cluster that this run makes', () => {
  /** A unit that connects when it is opened, as targets in a cluster do. */
  function inCluster(connect: ReturnType<Connections['of']>): Unit {
    const unit = fakeUnit('web', [], { dependsOn: ['cluster'] })
    return {
      ...unit,
      async deployed(output) {
        await connect(output)
        return undefined
      },
      async open(source) {
        await connect(source.output)
        return unit.open(source)
      }
    }
  }
  const declared = { cluster: KOPS, web: targetOf({ dependsOn: ['cluster'] }) }

  test('is connected to after it was made; a preview says that its targets are known then', async () => {
    const { connected, made } = connections(declared)
    const cluster = () =>
      fakeUnit('cluster', [], {
        deployed: undefined,
        plans: [[changeOf('create', 'nodes')]],
        outputs: { before: {}, after: { kubeconfig: '/tmp/new' } }
      })
    const report = await preview([inCluster(connected.of('web')), cluster()], contextOf())
    expect(report.targets[0]?.pending).toBe('Known after "cluster" is applied: its output "kubeconfig".')
    expect(made).toEqual([])
    const deployed = await deploy([inCluster(connected.of('web')), cluster()], contextOf())
    expect(deployed.status).toBe('succeeded')
    expect(made).toEqual(['/tmp/new current'])
  })
})
