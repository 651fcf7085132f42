import { expect, test } from 'vitest'
import { type DeclaredIds, Neighbourhood } from '../../src/loop/neighbours.ts'
import { environmentOf, targetOf } from './doubles.ts'

const named = { cluster: { context: 'prod', kubeconfig: undefined } }
const environments = new Map([
  ['one', environmentOf({ web: targetOf(), api: targetOf({ namespace: 'api' }) }, named)],
  ['two', environmentOf({ web: targetOf() }, named)],
  ['three', environmentOf({ web: targetOf() })],
  ['four', environmentOf({ web: targetOf() })]
])

/** Every target declares an object of its own name. */
function declaring(asked: string[], broken?: string): DeclaredIds {
  return async (_declared, { environment, target }) => {
    asked.push(`${environment}/${target}`)
    if (target === broken) throw new Error('no such chart')
    return new Set([`ConfigMap/shop/${environment}-${target}`])
  }
}

test('the neighbours of a target are the others of its environment and of those that name the same cluster', () => {
  const names = (environment: string, target: string) =>
    new Neighbourhood(environments)
      .of(environment, target, declaring([]))
      .targets.map((key) => `${key.environment}/${key.target} in ${key.namespace}`)
  expect(names('one', 'web')).toEqual(['one/api in api', 'two/web in shop'])
  // Each job may bring a kubeconfig of its own.
  expect(names('three', 'web')).toEqual([])
})

test('they are rendered once, and only when there is something to ask', async () => {
  const asked: string[] = []
  const neighbours = new Neighbourhood(environments).of('one', 'web', declaring(asked))
  expect((await neighbours.declaring([])).by.size).toBe(0)
  expect(asked).toEqual([])
  const first = await neighbours.declaring(['ConfigMap/shop/two-web', 'ConfigMap/shop/nobody'])
  expect([...first.by].map(([id, key]) => `${id}: ${key.environment}`)).toEqual(['ConfigMap/shop/two-web: two'])
  await neighbours.declaring(['ConfigMap/shop/one-api'])
  expect(asked).toEqual(['one/api', 'two/web'])
})

test('one that cannot be rendered is told, and one that was found in the cluster counts wherever it is declared', async () => {
  const neighbours = new Neighbourhood(environments).of('three', 'web', declaring([], 'api'))
  const id = 'ConfigMap/shop/four-web'
  expect((await neighbours.declaring([id])).by.size).toBe(0)
  const found = { environment: 'four', target: 'web', namespace: 'shop' }
  expect((await neighbours.declaring([id], [found])).by.get(id)).toEqual(found)
  const broken = { environment: 'one', target: 'api', namespace: 'api' }
  expect((await neighbours.declaring([id], [broken])).unreadable).toEqual([{ key: broken, reason: 'no such chart' }])
})
