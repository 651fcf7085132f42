import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { useWorkbench } from './workbench.ts'

const bench = useWorkbench('compare-secrets')

describe('Secrets', () => {
  test('never show a value, tell equal from different, and fold stringData', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: bench.namespace },
      stringData: { a: 'hunter2', b: 'same' }
    }
    await bench.deploy(secret)
    expect((await bench.compare(secret)).verdict).toBe('unchanged')
    await bench.kubectl([
      'patch',
      'secret',
      's',
      '--patch',
      JSON.stringify({
        data: { a: Buffer.from('changed').toString('base64'), c: Buffer.from('hunter2').toString('base64') }
      })
    ])
    const comparison = await bench.compare(secret)
    const [changed] = comparison.fields
    const [added] = comparison.foreign
    expect(comparison.fields.map((field) => field.path)).toEqual(['data.a'])
    expect(changed?.before.type).toBe('secret')
    expect(added?.path).toBe('data.c')
    // The added value is the one that is declared for another key: equal values are recognisably equal.
    expect(added?.before).toEqual(changed?.after)
    const text = JSON.stringify([comparison.fields, comparison.foreign, comparison.reclaim])
    for (const value of ['hunter2', 'changed']) {
      expect(text).not.toContain(value)
      expect(text).not.toContain(Buffer.from(value).toString('base64'))
    }
  })

  test('a refused Secret is not quoted', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'bad', namespace: bench.namespace },
      data: { a: 'bm90IHZlcnkgc2VjcmV0' }
    }
    await bench.deploy(secret)
    const comparison = await bench.compare({ ...secret, data: { 'bad key!': 'bm90IHZlcnkgc2VjcmV0' } })
    expect(comparison.verdict).toBe('error')
    expect(comparison.error?.message).toContain('data[bad key!]')
    expect(comparison.error?.message).not.toMatch(/bm90IHZl|not very secret/)
  })
})
