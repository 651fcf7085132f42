import { describe, expect, it } from 'vitest'
import { usePlatform } from './use.ts'

const platform = usePlatform()

describe('the platform', () => {
  it('serves Kubernetes', async () => {
    const namespace = await platform.createNamespace('x')
    expect(namespace).toMatch(/^x-/)
  })
})
