import { describe, expect, it } from 'vitest'
import {
  applySetId,
  type InventoryKey,
  inventoryName,
  nextRecord,
  parentOf
} from '../../../src/targets/kubernetes/inventory.ts'
import type { DeploymentRecord } from '../../../src/targets/target.ts'

const key: InventoryKey = { environment: 'production', target: 'web', namespace: 'shop' }

function record(over: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    target: 'web',
    environment: 'production',
    digest: 'sha256:a',
    images: {},
    time: '2026-01-01T00:00:00.000Z',
    status: 'succeeded',
    history: [],
    ...over
  }
}

describe('inventory', () => {
  it('computes the ApplySet id as the specification does', () => {
    // sha256("gitops.production.web.shop.Secret."), base64url without padding; computed with sha256sum and basenc.
    expect(applySetId(key)).toBe('applyset-DLaUeXuWnDk74uXdEn_bbqtqn5cwIXPF7ALNri9lJbA-v1')
    expect(inventoryName(key)).toBe('gitops.production.web')
  })

  it('keeps an id that fits a label value', () => {
    expect(applySetId(key).length).toBeLessThanOrEqual(63)
  })

  it('lists kinds and further namespaces sorted and once, without its own namespace', () => {
    const parent = parentOf({
      key,
      groupKinds: ['Service', 'Deployment.apps', 'Service'],
      namespaces: ['shop', 'zeta', 'alpha', 'zeta']
    })
    expect(parent.metadata['annotations']).toMatchObject({
      'applyset.kubernetes.io/contains-group-kinds': 'Deployment.apps,Service',
      'applyset.kubernetes.io/additional-namespaces': 'alpha,zeta'
    })
  })

  it('replaces the entry of a run that goes on, so that in-progress leaves no trace', () => {
    const running = nextRecord(record({ run: 'r1' }), {
      ...record({ run: 'r2', digest: 'sha256:b', status: 'in-progress' })
    })
    const done = nextRecord(running, { ...record({ run: 'r2', digest: 'sha256:b' }) })
    expect(done.history.map((entry) => entry.run)).toEqual(['r1'])
  })

  it('keeps a crashed run in the history', () => {
    const crashed = nextRecord(record({ run: 'r1' }), record({ run: 'r2', digest: 'sha256:b', status: 'in-progress' }))
    const next = nextRecord(crashed, record({ run: 'r3', digest: 'sha256:c' }))
    expect(next.history.map((entry) => `${entry.run} ${entry.status}`)).toEqual(['r2 in-progress', 'r1 succeeded'])
  })

  it('remembers that a deployment succeeded, however many failed since', () => {
    let last = record({ run: 'good' })
    for (let run = 1; run < 40; run++) last = nextRecord(last, record({ run: String(run), status: 'failed' }))
    expect(last.history).toHaveLength(20)
    expect(last.history.at(-1)?.run).toBe('good')
  })

  it('bounds the history', () => {
    let last = record({ run: '0' })
    for (let run = 1; run < 40; run++) last = nextRecord(last, record({ run: String(run) }))
    expect(last.history).toHaveLength(20)
    expect(last.history[0]?.run).toBe('38')
  })
})
