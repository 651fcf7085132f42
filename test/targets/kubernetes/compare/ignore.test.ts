import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../../src/json.ts'
import { IgnoreRules, withoutIgnored } from '../../../../src/targets/kubernetes/compare/ignore.ts'
import type { IgnoreRule } from '../../../../src/targets/kubernetes/compare/index.ts'
import { managedEntries, ownEntry } from '../../../../src/targets/kubernetes/ownership/index.ts'
import { liveObject } from '../ownership/live.ts'

const spec = (node: JsonObject): JsonObject => ({ 'f:spec': node })

/** The spec that is sent for a declared and a live one under a rule. */
function sent(
  declared: JsonObject,
  live: JsonObject,
  rule: IgnoreRule,
  own: JsonObject,
  others: JsonObject = {}
): Json | undefined {
  const object = liveObject({ apiVersion: 'example.com/v1', kind: 'Widget', spec: live }, [
    { manager: 'gitops-actions', operation: 'Apply', fields: spec(own) },
    { manager: 'other', fields: spec(others) }
  ])
  const payload = { ...object, metadata: { name: 'web', namespace: 'shop' }, spec: declared }
  const entries = managedEntries(object)
  const ignored = new IgnoreRules([rule]).for(payload, entries)
  const ours = ownEntry(entries)
  if (ignored === undefined) return payload.spec
  return withoutIgnored(
    payload,
    object,
    ignored,
    ours?.fields ?? {},
    entries.filter((entry) => entry !== ours)
  )['spec']
}

const pointer = (...pointers: string[]): IgnoreRule => ({ pointers })

describe('an ignored field', () => {
  test('that is ours is sent with its live value', () => {
    expect(sent({ a: 1, b: 1 }, { a: 5, b: 1 }, pointer('/spec/a'), { 'f:a': {}, 'f:b': {} })).toEqual({ a: 5, b: 1 })
  })
  test('that nobody owns is sent with its live value', () => {
    expect(sent({ a: 1, b: 1 }, { a: 5, b: 1 }, pointer('/spec/a'), { 'f:b': {} })).toEqual({ a: 5, b: 1 })
  })
  test('that another manager owns is not sent', () => {
    expect(sent({ a: 1, b: 1 }, { a: 5, b: 1 }, pointer('/spec/a'), { 'f:b': {} }, { 'f:a': {} })).toEqual({ b: 1 })
  })
  test('that is ours but no longer declared is kept by sending it', () => {
    expect(sent({ b: 1 }, { a: 5, b: 1 }, pointer('/spec/a'), { 'f:a': {}, 'f:b': {} })).toEqual({ a: 5, b: 1 })
  })
  test('that somebody removed stays away', () => {
    expect(sent({ a: 1, b: 1 }, { b: 1 }, pointer('/spec/a'), { 'f:b': {} })).toEqual({ b: 1 })
  })
  test('inside a list by keys leaves the rest of the item alone', () => {
    const list = (image: string): JsonObject => ({
      list: [
        { name: 'x', image, v: 1 },
        { name: 'y', image: 'z' }
      ]
    })
    const own = {
      'f:list': {
        'k:{"name":"x"}': { '.': {}, 'f:name': {}, 'f:v': {} },
        'k:{"name":"y"}': { '.': {}, 'f:name': {}, 'f:image': {} }
      }
    }
    const theirs = { 'f:list': { 'k:{"name":"x"}': { 'f:image': {} } } }
    expect(sent(list('a'), list('b'), pointer('/spec/list/*/image'), own, theirs)).toEqual({
      list: [
        { name: 'x', v: 1 },
        { name: 'y', image: 'z' }
      ]
    })
  })
  test('inside the items of a condition leaves other items alone', () => {
    const list = (image: string): JsonObject => ({
      list: [
        { name: 'x', image },
        { name: 'y', image }
      ]
    })
    const own = {
      'f:list': {
        'k:{"name":"x"}': { '.': {}, 'f:name': {}, 'f:image': {} },
        'k:{"name":"y"}': { '.': {}, 'f:name': {}, 'f:image': {} }
      }
    }
    const rule = pointer('.spec.list[] | select(.name | startswith("x")) | .image')
    expect(sent(list('a'), list('b'), rule, own)).toEqual({
      list: [
        { name: 'x', image: 'b' },
        { name: 'y', image: 'a' }
      ]
    })
  })
  test('of objects that a condition of the whole object leaves out is sent as declared', () => {
    const own = { 'f:a': {}, 'f:b': {} }
    expect(sent({ a: 1, b: 1 }, { a: 5, b: 1 }, pointer('select(.spec.b == 1) | .spec.a'), own)).toEqual({ a: 5, b: 1 })
    expect(sent({ a: 1, b: 1 }, { a: 5, b: 1 }, pointer('select(.spec.b == 2) | .spec.a'), own)).toEqual({ a: 1, b: 1 })
  })
  test('of an item that is new is sent as declared', () => {
    const own = { 'f:list': { 'k:{"name":"x"}': { '.': {}, 'f:name': {}, 'f:image': {} } } }
    const declared = {
      list: [
        { name: 'x', image: 'a' },
        { name: 'new', image: 'n' }
      ]
    }
    expect(sent(declared, { list: [{ name: 'x', image: 'b' }] }, pointer('/spec/list/*/image'), own)).toEqual({
      list: [
        { name: 'x', image: 'b' },
        { name: 'new', image: 'n' }
      ]
    })
  })
  test('inside a list that is replaced as one piece takes the live value, even one that is not declared', () => {
    expect(
      sent({ rows: [{ a: 1, b: 1 }] }, { rows: [{ a: 1, b: 2, c: 3 }] }, pointer('/spec/rows/0/b', '/spec/rows/0/c'), {
        'f:rows': {}
      })
    ).toEqual({ rows: [{ a: 1, b: 2, c: 3 }] })
  })
  test('of every manager is one of every other manager', () => {
    const own = { 'f:a': {}, 'f:b': {} }
    expect(sent({ a: 1, b: 1 }, { a: 1, b: 5 }, { managers: ['*'] }, own, { 'f:b': {} })).toEqual({ a: 1 })
  })
  test('that is the last one of a map inside such a list leaves the map: no selector is not an empty one', () => {
    const rule = pointer('/spec/from/0/podSelector/matchLabels')
    const declared = { from: [{ podSelector: { matchLabels: { a: 'b' } } }] }
    expect(sent(declared, { from: [{ podSelector: {} }] }, rule, { 'f:from': {} })).toEqual({
      from: [{ podSelector: {} }]
    })
  })
  test('that is an item of ours which left the declaration stays in its place', () => {
    const items = (...names: string[]) => ({ list: names.map((name) => ({ name })) })
    const node = (name: string) => ({ [`k:{"name":"${name}"}`]: { '.': {}, 'f:name': {} } })
    const own = { 'f:list': { ...node('a'), ...node('b'), ...node('c'), ...node('d') } }
    const rule = pointer('.spec.list[] | select(.name == "a" or .name == "c")')
    expect(sent(items('b', 'd'), items('a', 'b', 'c', 'd'), rule, own)).toEqual(items('a', 'b', 'c', 'd'))
    expect(sent(items('d', 'b'), items('a', 'b', 'c', 'd'), rule, own)).toEqual(items('a', 'd', 'b', 'c'))
  })
  test('that is the last one of a free-form map leaves the map, whose loss would take the entries of others', () => {
    expect(
      sent(
        { free: { a: 1 } },
        { free: { a: 2, b: 3 } },
        pointer('/spec/free/a'),
        { 'f:free': {} },
        { 'f:free': { 'f:a': {}, 'f:b': {} } }
      )
    ).toEqual({ free: {} })
  })
})

test('names and keys cannot be ignored away', () => {
  const object = liveObject({ apiVersion: 'example.com/v1', kind: 'Widget', spec: {} }, [])
  const payload = { ...object, metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } } }
  const ignored = new IgnoreRules([pointer('/metadata')]).for(payload, [])
  expect(ignored && withoutIgnored(payload, object, ignored, {}, [])['metadata']).toEqual({
    name: 'web',
    namespace: 'shop'
  })
})

describe('rules are for objects', () => {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web-1', namespace: 'shop' } }
  test.each<[IgnoreRule, boolean]>([
    [{}, true],
    [{ kind: 'Deployment' }, true],
    [{ kind: 'StatefulSet' }, false],
    [{ kind: '*' }, true],
    [{ group: 'apps', name: 'web-?', namespace: 'sh*' }, true],
    [{ name: 'web' }, false],
    [{ name: 'web.1' }, false],
    [{ namespace: 'other' }, false],
    [{ group: '' }, false]
  ])('%j: %s', (rule, matches) => {
    expect(new IgnoreRules([{ ...rule, pointers: ['/spec/a'] }]).for(object, []) !== undefined).toBe(matches)
  })
})

test('a pointer that cannot be read is refused at once', () => {
  expect(() => new IgnoreRules([{ pointers: ['.spec | length'] }])).toThrow(/".spec \| length"/)
})

test("a rule for a Secret's stringData is one for its data, as which it is stored", () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'x' } }
  const ignored = new IgnoreRules([pointer('/stringData/a')]).for(secret, [])
  expect([ignored?.covers(['data', 'a'], secret), ignored?.covers(['data', 'b'], secret)]).toEqual([true, false])
  const config = { ...secret, kind: 'ConfigMap' }
  expect(new IgnoreRules([pointer('/stringData/a')]).for(config, [])?.covers(['data', 'a'], config)).toBe(false)
})
