import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import { ADOPTED, parseSelector } from '../../../src/targets/kubernetes/selector.ts'

const object = (apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) }
})
const web = object('apps/v1', 'Deployment', 'web', 'shop')

describe('a selector of objects', () => {
  it.each([
    ['Deployment', true],
    ['Deployment.apps', true],
    ['Deployment.extensions', false],
    ['Deployment/web', true],
    ['Deployment.apps/w*', true],
    ['Deployment/shop/web', true],
    ['Deployment/other/web', false],
    ['*/shop/*', true],
    ['Deploy*', true],
    ['Job', false],
    ['Deployment/we', false]
  ])('%s of a Deployment shop/web: %s', (text, matches) => {
    expect(parseSelector(text)?.matches(web)).toBe(matches)
  })

  it('is exact only when the kind is written out', () => {
    expect(['Job', 'Job/*', 'J*', '*'].map((text) => parseSelector(text)?.exact)).toEqual([true, true, false, false])
  })

  it.each(['deployment', 'Deployment/', 'A/b/c/d', '', 'Deployment web', 'never'])('"%s" is none', (text) => {
    expect(parseSelector(text)).toBeUndefined()
  })
})

describe('the parent of an ApplySet', () => {
  it.each([
    ['web', true],
    ['secret/web', true],
    ['Secret/shop/web', true],
    ['Widget.example.com/shop/gitops.test.web', true],
    ['Secret/a/b/c', false],
    ['', false],
    ['Secret/We b', false]
  ])('"%s": %s', (text, good) => {
    expect(ADOPTED.test(text)).toBe(good)
  })
})
