import { describe, expect, test } from 'vitest'
import { isNamedBy, namesResources } from '../../src/targets/selection.ts'

const web = { id: 'apps/Deployment/shop/web', kind: 'Deployment', name: 'web', namespace: 'shop' }
const settings = { id: 'ConfigMap/shop/settings', kind: 'ConfigMap', name: 'settings', namespace: 'shop' }
const vpc = { id: 'module.net.aws_vpc.main[0]', kind: 'aws_vpc', name: 'main' }

describe('a text names resources', () => {
  test.each([
    ['Deployment', web, true],
    ['Deployment.apps', web, true],
    ['Deployment.batch', web, false],
    ['Deployment/web', web, true],
    ['Deployment/shop/*', web, true],
    ['Deployment/other/web', web, false],
    ['ConfigMap/shop/s?ttings', settings, true],
    ['ConfigMap', web, false],
    ['*', settings, true],
    ['*.apps', settings, false],
    ['module.net.*', vpc, true],
    ['aws_vpc.*', vpc, false],
    ['module.net.aws_vpc.main[0]', vpc, true]
  ] as const)('%s: %o is %s', (text, resource, expected) => {
    expect(namesResources(text)).toBe(true)
    expect(isNamedBy(text, resource)).toBe(expected)
  })

  test.each(['', 'deployment/web', 'a b', 'Deployment/a/b/c', 'web'])('"%s" names none', (text) => {
    expect(namesResources(text)).toBe(false)
  })
})
