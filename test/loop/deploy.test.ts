import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import { deploy } from '../../src/loop/deploy.ts'
import { preview } from '../../src/loop/preview.ts'
import type { DeploymentRecord, DeploymentStore } from '../../src/targets/target.ts'
import { changeOf, contextOf, fakeUnit, recordOf } from './doubles.ts'

const FAILED = { status: 'failed', failure: { message: 'pod web-1 crashes', resources: [] } } as const

describe('deploy', () => {
  test('builds, renders, plans, applies in order of dependencies, then prunes in reverse', async () => {
    const events: string[] = []
    const report = await deploy(
      [
        fakeUnit('web', events, { dependsOn: ['settings'], images: ['web'], plans: [[changeOf('delete', 'old')]] }),
        fakeUnit('settings', events, { plans: [[changeOf('create', 'a'), changeOf('delete', 'b')]] })
      ],
      contextOf()
    )
    expect(report).toMatchObject({ command: 'deploy', environment: 'production', status: 'succeeded' })
    expect(events.filter((event) => /^(plan|apply|prune)/.test(event))).toEqual([
      'plan settings',
      'apply settings',
      'plan web',
      'apply web',
      'prune web',
      'prune settings'
    ])
    expect(events).toContain('web is rendered from /workspace with {"web":"registry/web@sha256:built"}')
    const settings = report.targets.find((target) => target.id === 'settings')
    expect(settings?.outcomes.flatMap((outcome) => outcome.results.map((result) => result.action))).toEqual([
      'created',
      'pruned'
    ])
    expect(settings?.deployed?.digest).toBe(recordOf('settings').digest)
  })

  test('skips what depends on a failed target and says so; deploys the rest', async () => {
    const events: string[] = []
    const report = await deploy(
      [
        fakeUnit('db', events, { applied: FAILED }),
        fakeUnit('web', events, { dependsOn: ['db'] }),
        fakeUnit('docs', events)
      ],
      contextOf()
    )
    expect(report.status).toBe('failed')
    expect(report.targets.map((target) => [target.id, target.status])).toEqual([
      ['db', 'failed'],
      ['web', 'skipped'],
      ['docs', 'succeeded']
    ])
    expect(report.targets[1]?.error?.message).toBe('Skipped, because "db", on which it depends, did not succeed.')
    expect(events.filter((event) => event.endsWith(' web'))).toEqual(['open web'])
  })

  test('deletes nothing while any target failed, because it may be about to take an object over', async () => {
    const events: string[] = []
    const report = await deploy(
      [
        fakeUnit('old-home', events, { plans: [[changeOf('delete', 'moved')]] }),
        fakeUnit('new-home', events, { applied: FAILED })
      ],
      contextOf()
    )
    expect(events.filter((event) => event.startsWith('prune'))).toEqual([])
    expect(report.targets[0]?.plan?.notes.join()).toContain('were not deleted, because "new-home" did not succeed')
  })

  test('applies only the plan that was approved', async () => {
    const events: string[] = []
    const planned = await preview([fakeUnit('web', events, { plans: [[changeOf('create', 'a')]] })], contextOf())
    const digest = planned.targets[0]?.plan?.digest ?? ''
    const same = await deploy([fakeUnit('web', events, { plans: [[changeOf('create', 'a')]] })], contextOf(), {
      planDigest: digest
    })
    expect(same.status).toBe('succeeded')

    const later: string[] = []
    const other = await deploy([fakeUnit('web', later, { plans: [[changeOf('create', 'b')]] })], contextOf(), {
      planDigest: digest
    })
    expect(other.status).toBe('failed')
    expect(other.targets[0]?.error?.message).toContain('is not the one that was approved')
    expect(other.targets[0]?.plan?.changes).toHaveLength(1)
    expect(later).not.toContain('apply web')
  })

  test('a target that cannot be planned is told with hint and details, and writes nothing', async () => {
    const events: string[] = []
    const error = new GitOpsError('two objects cannot be applied', {
      hint: 'Nothing was written.',
      details: ['a', 'b']
    })
    const report = await deploy([fakeUnit('web', events, { throws: { plan: error } })], contextOf())
    expect(report.targets[0]).toMatchObject({
      status: 'failed',
      error: { message: 'two objects cannot be applied', hint: 'Nothing was written.', details: ['a', 'b'] }
    })
    expect(events).not.toContain('apply web')
  })

  test('an image that cannot be built fails the targets that use it, before anything is written anywhere', async () => {
    const events: string[] = []
    const report = await deploy(
      [fakeUnit('web', events, { images: ['web'] }), fakeUnit('settings', events)],
      contextOf({
        images: {
          build: async (name) => {
            throw new GitOpsError(`image ${name} does not build`)
          },
          foresee: async () => ''
        }
      })
    )
    expect(report.targets.map((target) => target.status)).toEqual(['failed', 'skipped'])
    expect(report.status).toBe('failed')
    expect(report.targets[1]?.error?.message).toContain('"web" could not be prepared, so nothing was written')
    expect(events.filter((event) => /^(apply|plan|prune) /.test(event))).toEqual([])
    expect(report.targets[0]?.error?.message).toBe('image web does not build')
  })

  test('a deploy that cannot read what was deployed before goes on: it writes the record anew', async () => {
    const events: string[] = []
    const report = await deploy(
      [fakeUnit('web', events, { throws: { deployed: new GitOpsError('the record cannot be read') } })],
      contextOf()
    )
    expect(report.status).toBe('succeeded')
  })

  test('a cancelled run starts nothing more and is told as cancelled', async () => {
    const controller = new AbortController()
    const events: string[] = []
    const report = await deploy(
      [
        fakeUnit('a', events, {
          applied: { status: 'cancelled', failure: { message: 'The run was cancelled.', resources: [] } },
          gate: async () => controller.abort()
        }),
        fakeUnit('b', events, { dependsOn: ['a'] })
      ],
      contextOf({ signal: controller.signal })
    )
    expect(report.status).toBe('cancelled')
    expect(report.targets.map((target) => target.status)).toEqual(['cancelled', 'skipped'])
    expect(events.filter((event) => event.endsWith(' b'))).toEqual(['open b'])
  })

  test('a prune that fails is the failure of its target', async () => {
    const events: string[] = []
    const report = await deploy(
      [fakeUnit('web', events, { plans: [[changeOf('delete', 'a')]], throws: { prune: new Error('boom') } })],
      contextOf()
    )
    expect(report.status).toBe('failed')
    expect(report.targets[0]?.outcomes.at(-1)?.failure?.message).toBe('boom')
  })

  test('writes what was recorded to the second store; a store that fails is a warning only', async () => {
    const written: DeploymentRecord[] = []
    const store: DeploymentStore = {
      read: async () => undefined,
      write: async (record) => {
        if (record.target === 'broken') throw new Error('403')
        written.push(record)
      }
    }
    const context = contextOf({ store })
    const events: string[] = []
    const report = await deploy([fakeUnit('web', events), fakeUnit('broken', events)], context)
    expect(report.status).toBe('succeeded')
    expect(written.map((record) => record.target)).toEqual(['web'])
    expect(context.log.lines.join('\n')).toContain('warning: The deployment of broken could not be recorded')
  })
})

describe('preview', () => {
  test('plans every target, writes nothing and builds nothing', async () => {
    const events: string[] = []
    const report = await preview(
      [
        fakeUnit('web', events, { images: ['web'], dependsOn: ['broken'], plans: [[changeOf('create', 'a')]] }),
        fakeUnit('broken', events, { throws: { open: new GitOpsError('no chart') } })
      ],
      contextOf()
    )
    expect(report).toMatchObject({ command: 'preview', status: 'failed' })
    expect(report.targets.map((target) => target.status)).toEqual(['planned', 'failed'])
    expect(events).toContain('web is rendered from /workspace with {"web":"registry/web:tree-foreseen"}')
    expect(events.some((event) => /^(apply|prune)/.test(event))).toBe(false)
  })
})
