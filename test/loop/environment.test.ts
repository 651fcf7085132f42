import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TargetDeclaration, TerraformDeclaration } from '../../src/declaration/index.ts'
import { type Command, type EnvironmentRun, runEnvironment } from '../../src/loop/index.ts'
import type { InfrastructureEngine } from '../../src/loop/infrastructure-unit.ts'
import type { KubernetesEngine } from '../../src/loop/kubernetes-unit.ts'
import type { GivenValue } from '../../src/targets/setup.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { changeOf, environmentOf, fakeUnit, memoryLog, noOutput, recordOf } from './doubles.ts'

let workspace: string
beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'environment-'))
})
afterAll(() => rm(workspace, { recursive: true, force: true }))

/** An environment with infrastructure alone has no cluster to connect to. */
const NO_CLUSTER: KubernetesEngine = {
  connect: () => Promise.reject(new Error('a cluster is connected to')),
  render: () => Promise.reject(new Error('something is rendered')),
  target: () => Promise.reject(new Error('a target in a cluster is made')),
  readDeployment: () => Promise.reject(new Error('a cluster is read'))
}

function module(directory: string, variables: Readonly<Record<string, GivenValue>> = {}): TargetDeclaration {
  return {
    kind: 'terraform',
    dependsOn: [],
    terraform: {
      directory,
      workspace: undefined,
      engine: 'auto',
      version: undefined,
      variables: new Map(Object.entries(variables)),
      varFiles: [],
      backendConfig: [],
      allowDestroy: false,
      lockTimeout: 0,
      parallelism: undefined,
      timeout: 0
    }
  }
}

/** Root modules in memory: one output, which is a secret, and a record of the values that each was made with. */
function engine(made: string[]): InfrastructureEngine<TerraformDeclaration> {
  return {
    kind: 'terraform',
    values: (declared) => declared.variables,
    combine: (deployed) => deployed,
    async target({ directory }, { values }, setup) {
      made.push(`${setup.id}: ${JSON.stringify([...values])}`)
      const fields = [...values].map(([name, value]) => ({
        path: name,
        before: { type: 'absent' as const },
        after: { type: 'value' as const, value }
      }))
      const unit = fakeUnit(setup.id, [], {
        plans: [[changeOf('update', directory, { fields })]],
        outputs: { before: { password: 'hunter2-of-the-base' } },
        deployed: recordOf(setup.id)
      })
      const { target } = await unit.open({ workspace, images: {}, output: noOutput })
      return {
        ...target,
        async outputs() {
          setup.onSecret?.('hunter2-of-the-base')
          return (await target.outputs?.()) ?? {}
        }
      }
    }
  }
}

function run(command: Command, chosen: readonly string[] = ['base', 'app']) {
  const made: string[] = []
  const whole = environmentOf({
    base: module('base'),
    app: module('app', { password: { from: 'base', output: 'password' }, size: '3' })
  })
  const declared = { ...whole, targets: new Map([...whole.targets].filter(([id]) => chosen.includes(id))) }
  const environment: EnvironmentRun = {
    name: 'production',
    declared,
    whole,
    declaredIn: async () => whole,
    images: {
      build: () => Promise.reject(new Error('no image')),
      foresee: () => Promise.reject(new Error('no image'))
    },
    command,
    engines: { terraform: engine(made) }
  }
  const secrets: string[] = []
  const report = runEnvironment(environment, {
    workspace,
    engine: NO_CLUSTER,
    exec,
    log: memoryLog(),
    onSecret: (secret) => secrets.push(secret)
  })
  return report.then((found) => ({ report: found, made, secrets }))
}

test('an environment of infrastructure alone needs no cluster, and outputs flow between its targets', async () => {
  const { report, made, secrets } = await run({ name: 'deploy' })
  expect(report.targets.map((target) => [target.id, target.status, target.error?.message])).toEqual([
    ['base', 'succeeded', undefined],
    ['app', 'succeeded', undefined]
  ])
  expect(made).toEqual(['base: []', 'app: [["password","hunter2-of-the-base"],["size","3"]]'])
  expect(secrets).toContain('hunter2-of-the-base')
})

test('a secret output stands in no report', async () => {
  const { report } = await run({ name: 'preview' })
  expect(report.targets[1]?.plan?.changes[0]?.fields.map((field) => field.after)).toEqual([
    { type: 'value', value: '***' },
    { type: 'value', value: '3' }
  ])
  expect(JSON.stringify(report)).not.toContain('hunter2')
})

test('a chosen target uses outputs of one that is not, which is left alone', async () => {
  const { report, made } = await run({ name: 'deploy' }, ['app'])
  expect(report.targets.map((target) => [target.id, target.status])).toEqual([['app', 'succeeded']])
  expect(made[1]).toContain('hunter2-of-the-base')
})

test('drift without a record of deployments is reported and not healed', async () => {
  const { report } = await run({ name: 'drift', heal: 'automatic', maxChanges: 9, revision: 'deployed' })
  expect(report.targets.map((target) => [target.status, target.outcomes.length])).toEqual([
    ['drifted', 0],
    ['drifted', 0]
  ])
})
