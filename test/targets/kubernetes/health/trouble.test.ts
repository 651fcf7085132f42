import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { PATIENCE } from '../../../../src/targets/kubernetes/health/wait/patience.ts'
import { PodJudge } from '../../../../src/targets/kubernetes/health/wait/trouble.ts'

const START = Date.parse('2026-01-01T12:00:00Z')
const second = (number: number) => START + number * 1000

function pod(status: JsonObject, created = '2026-01-01T12:00:01Z'): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', uid: 'u', creationTimestamp: created }, status }
}

function container(state: JsonObject, more: JsonObject = {}, created?: string): KubernetesObject {
  return pod({ phase: 'Running', containerStatuses: [{ name: 'main', ready: false, state, ...more }] }, created)
}

const waiting = (reason: string) => ({ waiting: { reason, message: `${reason} it is` } })
const crash = { terminated: { exitCode: 1, reason: 'Error' } }
const backOff = (restartCount: number, created?: string) =>
  container(waiting('CrashLoopBackOff'), { restartCount, lastState: crash }, created)

/** Judges pods as they come, at the given seconds; the verdict of the last. */
function story(steps: readonly (readonly [number, KubernetesObject])[], retries = false) {
  const judge = new PodJudge(START, PATIENCE)
  return steps.map(([at, one]) => judge.judge(one, second(at), retries)).at(-1)
}

describe('a crash loop', () => {
  it('is three ends with an error', () => {
    expect(story([[2, backOff(0)]])).toBeUndefined()
    expect(story([[2, backOff(1)]])).toBeUndefined()
    expect(story([[2, backOff(2)]])).toMatchObject({
      kind: 'crash',
      message: 'container main exited with code 1 (CrashLoopBackOff, 2 restarts)'
    })
  })

  it('may pass as long as what it lacks may be starting, but not for ever', () => {
    expect(story([[2, backOff(2)]])?.mayPass).toBe(true)
    expect(story([[2, backOff(3)]])?.mayPass).toBe(true)
    expect(story([[2, backOff(4)]])).not.toHaveProperty('mayPass')
  })

  it('is also seen between the end and the back-off', () => {
    expect(story([[2, container(crash, { restartCount: 2 })]])?.kind).toBe('crash')
  })

  it('is not what runs again', () => {
    const running = container({ running: {} }, { restartCount: 5, lastState: crash })
    expect(story([[2, running]])).toBeUndefined()
  })

  it('of an older pod gets one more chance: the deploy may have brought what it lacked', () => {
    const before = '2026-01-01T09:00:00Z'
    expect(story([[1, backOff(40, before)]])).toBeUndefined()
    expect(
      story([
        [1, backOff(40, before)],
        [60, backOff(40, before)]
      ])
    ).toBeUndefined()
    expect(
      story([
        [1, backOff(40, before)],
        [60, backOff(41, before)]
      ])?.kind
    ).toBe('crash')
  })

  it('of a Job is left to its back-off limit', () => {
    expect(story([[2, backOff(5)]], true)).toBeUndefined()
  })
})

describe('an image that cannot be pulled', () => {
  it('is a failure after the second try', () => {
    const pull = container(waiting('ErrImagePull'))
    const off = container(waiting('ImagePullBackOff'))
    expect(
      story([
        [1, pull],
        [2, off]
      ])
    ).toBeUndefined()
    expect(
      story([
        [1, pull],
        [2, off],
        [4, pull]
      ])?.kind
    ).toBe('image')
  })

  it('is a failure when it lasts', () => {
    const off = container(waiting('ImagePullBackOff'))
    expect(
      story([
        [1, off],
        [10, off]
      ])
    ).toBeUndefined()
    expect(
      story([
        [1, off],
        [12, off]
      ])?.kind
    ).toBe('image')
  })

  it('is forgotten when it comes after all', () => {
    const off = container(waiting('ImagePullBackOff'))
    const fine = container({ running: {} }, { ready: true })
    expect(
      story([
        [1, off],
        [9, fine],
        [12, off]
      ])
    ).toBeUndefined()
  })

  it('is hopeless where the name is none', () => {
    expect(story([[1, container(waiting('InvalidImageName'))]])?.kind).toBe('image')
  })
})

describe('other trouble', () => {
  it('a missing Secret has a moment to appear', () => {
    const missing = container(waiting('CreateContainerConfigError'))
    expect(
      story([
        [1, missing],
        [10, missing]
      ])
    ).toBeUndefined()
    expect(
      story([
        [1, missing],
        [17, missing]
      ])
    ).toMatchObject({
      kind: 'config',
      message: expect.stringContaining('CreateContainerConfigError it is')
    })
  })

  it('an unschedulable pod has a moment for autoscalers', () => {
    const nowhere = pod({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }]
    })
    expect(
      story([
        [1, nowhere],
        [30, nowhere]
      ])
    ).toBeUndefined()
    expect(
      story([
        [1, nowhere],
        [32, nowhere]
      ])?.kind
    ).toBe('unschedulable')
  })

  it('a pod that has failed is over, unless its Job starts another', () => {
    const failed = pod({ phase: 'Failed', containerStatuses: [{ name: 'main', state: crash }] })
    expect(story([[1, failed]])?.kind).toBe('failed')
    expect(story([[1, failed]], true)).toBeUndefined()
  })
})
