import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject, Manifest } from '../../../../src/render/manifest.ts'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { Definitions } from '../../../../src/targets/kubernetes/schema/definitions.ts'
import { changesOf, configMap, manifest, problemOf, useKit } from '../kit.ts'

const kit = useKit()
const group = `schema-${randomBytes(3).toString('hex')}.example.com`

const SPEC: JsonObject = {
  type: 'object',
  required: ['size', 'mode'],
  properties: {
    size: { type: 'integer', minimum: 1, maximum: 9, multipleOf: 1 },
    ratio: { type: 'number', exclusiveMaximum: true, maximum: 1 },
    mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' },
    name: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 5 },
    when: { type: 'string', format: 'date-time' },
    ...Object.fromEntries(
      ['ipv4', 'ipv6', 'cidr', 'mac', 'uuid', 'uuid4', 'uri', 'email', 'hostname', 'duration'].map((format) => [
        format,
        { type: 'string', format }
      ])
    ),
    on: { type: 'boolean' },
    port: { 'x-kubernetes-int-or-string': true },
    maybe: { type: 'string', nullable: true },
    labels: { type: 'object', additionalProperties: { type: 'string' }, maxProperties: 2 },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set', maxItems: 3 },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['id'],
      items: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string' }, port: { type: 'integer' } }
      }
    },
    either: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }]
    },
    preset: {
      type: 'object',
      properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' }, c: { type: 'string' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
      not: { required: ['a', 'c'] }
    },
    counted: {
      type: 'object',
      minProperties: 2,
      properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } }
    },
    deep: {
      type: 'object',
      required: ['inner'],
      properties: { inner: { type: 'object', default: {}, properties: { n: { type: 'integer', default: 1 } } } }
    },
    sockets: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        required: ['port'],
        properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } }
      }
    },
    any: { type: 'integer', anyOf: [{ minimum: 100 }, { maximum: 10 }], not: { enum: [5] } },
    object: {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true
    }
  }
}

function definition(kind: string, spec: JsonObject, versions = ['v1'], rules = false): Manifest {
  const plural = `${kind.toLowerCase()}s`
  return manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, {
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                ...spec,
                ...(rules ? { 'x-kubernetes-validations': [{ rule: 'self.size < 5', message: 'too big' }] } : {})
              }
            }
          }
        }
      }))
    }
  })
}

const resource = (kind: string, name: string, spec: JsonObject, version = 'v1'): Manifest =>
  manifest(`${group}/${version}`, kind, name, { spec })

const made: string[] = []
afterAll(async () => {
  for (const name of made) kit.kubectl('delete', 'crd', name, '--ignore-not-found', '--wait=false')
})

describe('validation of custom resources here', () => {
  const sample = definition('Sample', SPEC)
  const definitions = new Definitions([sample])
  let namespace = ''
  beforeAll(async () => {
    namespace = await kit.platform.createNamespace('schema')
    made.push(sample.object.metadata.name)
    await kit.cluster().apply(sample.object, { force: true })
    kit.kubectl('wait', '--for=condition=Established', `crd/${sample.object.metadata.name}`, '--timeout=20s')
    kit.cluster().refreshDiscovery()
  })

  const good = { size: 3 }
  it.each<[string, unknown]>([
    ['what it requires', good],
    ['everything', { ...good, mode: 'fast', ratio: 0.5, name: 'abc', on: true, port: 'http', tags: ['a', 'b'] }],
    ['a missing field', {}],
    ['an unknown field', { ...good, sise: 3 }],
    ['an unknown field in an item', { ...good, ports: [{ id: 'a', prot: 1 }] }],
    ['a text for a number', { size: '3' }],
    ['a number for a text', { ...good, name: 12 }],
    ['a fraction for a whole number', { size: 1.5 }],
    ['a list for a mapping', { ...good, labels: [] }],
    ['a mapping for a list', { ...good, tags: {} }],
    ['a text for a boolean', { ...good, on: 'true' }],
    ['too small', { size: 0 }],
    ['too large', { size: 10 }],
    ['at an excluded maximum', { ...good, ratio: 1 }],
    ['a word that is not in the list', { ...good, mode: 'slow' }],
    ['a pattern that does not match', { ...good, name: 'ABC' }],
    ['a text that is too short', { ...good, name: 'a' }],
    ['a text that is too long', { ...good, name: 'abcdef' }],
    ['no time', { ...good, when: 'tomorrow' }],
    ['a time', { ...good, when: '2026-01-31T12:00:00Z' }],
    ['an address', { ...good, ipv4: '10.0.0.1' }],
    ['an address with a leading zero', { ...good, ipv4: '10.0.0.01' }],
    ['an address of the other family', { ...good, ipv4: '::1' }],
    ['a mapped address', { ...good, ipv4: '::ffff:10.0.0.1' }],
    ['an address of version 6', { ...good, ipv6: 'fe80::1' }],
    ['an address with a zone', { ...good, ipv6: 'fe80::1%eth0' }],
    ['a network', { ...good, cidr: '10.0.0.0/8' }],
    ['an address for a network', { ...good, cidr: '10.0.0.0' }],
    ['a network that is too narrow', { ...good, cidr: '10.0.0.0/33' }],
    ['a hardware address', { ...good, mac: '00:00:5e:00:53:01' }],
    ['no hardware address', { ...good, mac: 'eth0' }],
    ['a UUID', { ...good, uuid: '123e4567-e89b-12d3-a456-426614174000' }],
    ['a UUID of another version', { ...good, uuid4: '123e4567-e89b-12d3-a456-426614174000' }],
    ['no UUID', { ...good, uuid: 'one' }],
    ['a URI', { ...good, uri: 'https://example.com/a?b#c' }],
    ['a URI that is a path', { ...good, uri: '/a' }],
    ['an opaque URI', { ...good, uri: 'urn:a' }],
    ['a relative URI', { ...good, uri: 'example.com' }],
    ['an empty URI', { ...good, uri: '' }],
    ['an e-mail address', { ...good, email: 'a@example.com' }],
    ['no e-mail address', { ...good, email: 'example.com' }],
    ['a host', { ...good, hostname: 'a.example.com' }],
    ['no host', { ...good, hostname: 'a b' }],
    ['a duration', { ...good, duration: '1h30m' }],
    ['a duration in words', { ...good, duration: '3 days' }],
    ['no duration', { ...good, duration: 'soon' }],
    ['a duration of nothing', { ...good, duration: '0' }],
    ['a null that may be', { ...good, maybe: null }],
    ['a null that may not be', { ...good, name: null }],
    ['a null where something is required', { size: null }],
    ['a null where a default stands', { ...good, mode: null }],
    ['a port as a number', { ...good, port: 80 }],
    ['a port as a boolean', { ...good, port: true }],
    ['free fields', { ...good, free: { anything: [1, 'x', { y: null }] } }],
    ['extra texts', { ...good, labels: { a: 'b' } }],
    ['extra numbers', { ...good, labels: { a: 1 } }],
    ['too many entries', { ...good, labels: { a: '1', b: '2', c: '3' } }],
    ['too many items', { ...good, tags: ['a', 'b', 'c', 'd'] }],
    ['the same item twice', { ...good, tags: ['a', 'a'] }],
    ['the same key twice', { ...good, ports: [{ id: 'a' }, { id: 'a' }] }],
    ['an item without its key', { ...good, ports: [{ port: 1 }] }],
    ['one of two', { ...good, either: { a: 'x' } }],
    ['both of two', { ...good, either: { a: 'x', b: 'y' } }],
    ['none of two', { ...good, either: {} }],
    ['one of two by default', { ...good, preset: {} }],
    ['what is excluded beside a default', { ...good, preset: { c: 'x' } }],
    ['enough entries with a default', { ...good, counted: { b: 'x' } }],
    ['too few entries with a default', { ...good, counted: {} }],
    ['a default inside a default', { ...good, deep: {} }],
    ['keys of a list that differ', { ...good, sockets: [{ port: 80 }, { port: 80, protocol: 'UDP' }] }],
    [
      'keys of a list that are the same by default',
      { ...good, sockets: [{ port: 80 }, { port: 80, protocol: 'TCP' }] }
    ],
    ['any of two', { ...good, any: 200 }],
    ['neither of two', { ...good, any: 50 }],
    ['what is excluded', { ...good, any: 5 }],
    ['an object inside', { ...good, object: { apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, z: 1 } }],
    ['an object inside without a kind', { ...good, object: { apiVersion: 'v1' } }]
  ])('agrees with the API server about %s', async (_what, spec) => {
    const object = { ...resource('Sample', 'x', {}).object, spec } as KubernetesObject
    const found = definitions.check(object)?.problems ?? []
    let refused = ''
    try {
      const placed = { ...object, metadata: { ...object.metadata, namespace } }
      await kit.cluster().apply(placed, { dryRun: true, force: true })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refused = error.message
    }
    expect({ refused: refused !== '', found, message: refused }).toMatchObject({ refused: found.length > 0 })
  })
})

describe('rules (CEL) of a definition, asked here', () => {
  const rule = (text: string) => ({ rule: text, message: `rule: ${text}` })
  const ruled = definition('Ruled', {
    type: 'object',
    properties: {
      min: { type: 'integer' },
      max: { type: 'integer', default: 10 },
      ratio: { type: 'number' },
      port: { 'x-kubernetes-int-or-string': true },
      name: { type: 'string' },
      when: { type: 'string', format: 'date-time' },
      word: { type: 'string', maxLength: 20 },
      mode: { type: 'string', enum: ['a', 'b'], 'x-kubernetes-validations': [rule('self == oldSelf')] },
      labels: { type: 'object', maxProperties: 5, additionalProperties: { type: 'string', maxLength: 10 } },
      items: {
        type: 'array',
        maxItems: 5,
        items: {
          type: 'object',
          properties: { id: { type: 'string', maxLength: 10 }, size: { type: 'integer' } },
          'x-kubernetes-validations': [rule('!has(self.size) || self.size < 3')]
        }
      }
    },
    'x-kubernetes-validations': [
      rule('!has(self.min) || self.min <= self.max'),
      rule('!has(self.ratio) || self.ratio <= 0.5'),
      rule(
        "!has(self.port) || type(self.port) == int && self.port > 1024 || type(self.port) == string && self.port != ''"
      ),
      rule("!has(self.name) || self.name.matches('^[a-z]+$') && self.name.size() < 6"),
      rule("!has(self.labels) || self.labels.all(key, key.startsWith('x-') && self.labels[key] != '')"),
      rule("!has(self.items) || self.items.exists_one(one, one.id == 'first')"),
      // As RE2 reads patterns, and JavaScript does not.
      rule("!has(self.word) || self.word.matches('^[[:alpha:]]+$') && self.word.matches(r'^\\pL+\\z')"),
      rule("!has(self.when) || self.when > timestamp('2026-01-01T00:00:00Z')")
    ]
  })
  const definitions = new Definitions([ruled])
  let namespace = ''
  beforeAll(async () => {
    namespace = await kit.platform.createNamespace('schema')
    made.push(ruled.object.metadata.name)
    await kit.cluster().apply(ruled.object, { force: true })
    kit.kubectl('wait', '--for=condition=Established', `crd/${ruled.object.metadata.name}`, '--timeout=20s')
    kit.cluster().refreshDiscovery()
    await definitions.prepare([resource('Ruled', 'x', {}).object])
  })

  it.each<[string, JsonObject]>([
    ['nothing', {}],
    ['less than a default', { min: 3 }],
    ['more than a default', { min: 11 }],
    ['a ratio', { ratio: 0.5 }],
    ['a whole ratio', { ratio: 1 }],
    ['a port', { port: 8080 }],
    ['a low port', { port: 80 }],
    ['a port by name', { port: 'http' }],
    ['a port by an empty name', { port: '' }],
    ['a name', { name: 'abc' }],
    ['a name in capitals', { name: 'ABC' }],
    ['a long name', { name: 'abcdefgh' }],
    ['labels', { labels: { 'x-a': 'b' } }],
    ['labels of another kind', { labels: { 'x-a': 'b', c: 'd' } }],
    ['items', { items: [{ id: 'first', size: 2 }, { id: 'other' }] }],
    ['an item that is too large', { items: [{ id: 'first' }, { id: 'other', size: 3 }] }],
    ['no first item', { items: [{ id: 'other' }] }],
    ['two first items', { items: [{ id: 'first' }, { id: 'first' }] }],
    ['a change of what is new', { mode: 'a' }],
    ['a word', { word: 'apple' }]
  ])('agree with the API server about %s', async (_what, spec) => {
    const { object } = resource('Ruled', 'x', spec)
    const found = definitions.check(object)?.problems ?? []
    let refused = ''
    try {
      const placed = { ...object, metadata: { ...object.metadata, namespace } }
      await kit.cluster().apply(placed, { dryRun: true, force: true })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      refused = error.message
    }
    expect({ refused: refused !== '', found, message: refused }).toMatchObject({ refused: found.length > 0 })
  })

  it.each([
    ['what a rule sees as a type of its own', { when: '2020-01-01T00:00:00Z' }],
    ['a pattern that is read otherwise here', { word: 'äpfel' }]
  ])('are left open where only the API server can tell: %s', async (_what, spec) => {
    const { object } = resource('Ruled', 'x', spec)
    expect(definitions.check(object)).toMatchObject({ problems: [], unchecked: expect.stringMatching(/rules \(CEL\)/) })
  })

  it('refuse a set before its first write', async () => {
    const namespace = await kit.platform.createNamespace('schema')
    const set = [
      definition('Fresh', { type: 'object', properties: { size: { type: 'integer' } } }, ['v1'], true),
      configMap('beside'),
      resource('Fresh', 'big', { size: 7 })
    ]
    const problem = await problemOf(kit.target(namespace, set).plan('deploy'))
    expect(problem.message).toMatch(/fresh\.yaml:1: Fresh .*big does not fit its schema: spec breaks a rule: too big/)
  })
})

describe('a set that brings a definition and objects of it', () => {
  it('is refused before anything is written, with the place and every mistake', async () => {
    const namespace = await kit.platform.createNamespace('schema')
    const set = [
      definition('Brought', SPEC),
      configMap('beside'),
      resource('Brought', 'bad', { sise: 3, mode: 'slow' })
    ]
    const problem = await problemOf(kit.target(namespace, set).plan('deploy'))
    expect(problem.message).toMatch(/brought\.yaml:1: Brought .*bad does not fit its schema:/)
    expect(problem.message).toMatch(
      /spec\.sise is not known.*spec\.mode must be one of "fast", "safe".*spec\.size is req/
    )
    const version = await problemOf(
      kit.target(namespace, [definition('Brought', SPEC), resource('Brought', 'old', {}, 'v1beta1')]).plan('deploy')
    )
    expect(version.message).toMatch(/does not serve the version v1beta1; it serves v1/)
    const named = [definition('Brought', SPEC), configMap('beside'), resource('Brought', 'Bad_Name', { size: 3 })]
    expect((await problemOf(kit.target(namespace, named).plan('deploy'))).message).toMatch(
      /Bad_Name does not fit its schema: metadata\.name must have at most 253/
    )
  })

  it('is deployed, and says what could not be checked before', async () => {
    const namespace = await kit.platform.createNamespace('schema')
    made.push(`laters.${group}`)
    const set = [definition('Later', SPEC, ['v1'], true), resource('Later', 'good', { size: 3 })]
    const { plan, outcome } = await kit.deploy(namespace, set)
    expect(outcome.status).toBe('succeeded')
    expect(plan.notes.join()).toMatch(/Later .*good could not be checked.*validated against that schema here/)
  })

  it('may use in the same run a field and a version that the definition only gets by it', async () => {
    const namespace = await kit.platform.createNamespace('schema')
    made.push(`growns.${group}`)
    const before = [definition('Grown', { type: 'object', properties: { a: { type: 'string' } } })]
    await kit.deploy(namespace, [...before, resource('Grown', 'one', { a: 'x' })])
    kit.cluster().refreshDiscovery()
    const wider = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } } }
    const after = [
      definition('Grown', wider, ['v1', 'v2']),
      resource('Grown', 'one', { a: 'x', b: 1 }),
      resource('Grown', 'two', { b: 2 }),
      resource('Grown', 'three', { b: 3 }, 'v2')
    ]
    const { plan, outcome } = await kit.deploy(namespace, after)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(changesOf(plan)).toEqual([
      'create Grown three',
      'create Grown two',
      `update CustomResourceDefinition growns.${group}`,
      'update Grown one'
    ])
    expect((await kit.target(namespace, after).plan('drift')).changes).toEqual([])
    const wrong = [definition('Grown', { ...wider, required: ['c'] }), resource('Grown', 'one', { a: 'x' })]
    const problem = await problemOf(kit.target(namespace, wrong).plan('deploy'))
    expect(problem.message + problem.details.join()).toMatch(/spec\.c is required/)
  })
})
