import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../src/json.ts'
import { covers, parsePatterns } from '../../../../src/targets/kubernetes/compare/pattern.ts'
import { type Path, type PathElement, printPath } from '../../../../src/targets/kubernetes/ownership/index.ts'

const field = (name: string) => ({ step: 'field', name })
const ANY = { step: 'any' }

describe('parsePatterns', () => {
  test.each<[string, unknown]>([
    ['/spec/replicas', [field('spec'), field('replicas')]],
    ['/spec/ports/0/nodePort', [field('spec'), field('ports'), { step: 'index', index: 0 }, field('nodePort')]],
    ['/spec/containers/*/image', [field('spec'), field('containers'), ANY, field('image')]],
    ['/metadata/annotations/a.b~1c~0d', [field('metadata'), field('annotations'), field('a.b/c~d')]],
    ['spec.replicas', [field('spec'), field('replicas')]],
    ['.spec.replicas', [field('spec'), field('replicas')]],
    [
      'spec.containers[name=web].image',
      [field('spec'), field('containers'), { step: 'where', values: { name: 'web' } }, field('image')]
    ],
    [
      'spec.ports[port=80,protocol=TCP]',
      [field('spec'), field('ports'), { step: 'where', values: { port: '80', protocol: 'TCP' } }]
    ],
    ['metadata.labels[app.kubernetes.io/name]', [field('metadata'), field('labels'), field('app.kubernetes.io/name')]],
    ['metadata.finalizers[=x/y]', [field('metadata'), field('finalizers'), { step: 'value', value: 'x/y' }]],
    ['data["0"]', [field('data'), field('0')]],
    ['.metadata.annotations["a.b/c"]', [field('metadata'), field('annotations'), field('a.b/c')]],
    ['.spec.containers[].image', [field('spec'), field('containers'), ANY, field('image')]],
    ['.spec.containers[*]', [field('spec'), field('containers'), ANY]],
    ['.spec.containers[0]', [field('spec'), field('containers'), { step: 'index', index: 0 }]],
    [
      '.spec.template.spec.initContainers[] | select(.name == "istio-init") | .image',
      [
        field('spec'),
        field('template'),
        field('spec'),
        field('initContainers'),
        { step: 'where', values: { name: 'istio-init' } },
        field('image')
      ]
    ],
    ['.webhooks[]?.clientConfig', [field('webhooks'), ANY, field('clientConfig')]],
    ['.metadata.annotations."a.b/c"?', [field('metadata'), field('annotations'), field('a.b/c')]],
    ['.webhooks | .[] | .clientConfig', [field('webhooks'), ANY, field('clientConfig')]],
    [
      '.spec.ports[] | select(.port == 80 and .protocol == "TCP").nodePort',
      [field('spec'), field('ports'), { step: 'where', values: { port: '80', protocol: 'TCP' } }, field('nodePort')]
    ],
    ['.a | length', undefined],
    ['.a | keys[]', undefined],
    ['.. | .caBundle?', undefined],
    ['.a[-1]', undefined],
    ['.a as $x | .b', undefined],
    ['if .kind == "x" then .a else .b end', undefined],
    ['.a[] | select(.b | frobnicate)', undefined],
    ['.a[] | select(.b == )', undefined],
    ['.a[] | select(.b == "c"', undefined],
    ['.a.b)', undefined],
    ['select(.a == "b")', undefined],
    ['', undefined],
    ['.', undefined]
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(() => parsePatterns(text)).toThrow(/ignore rule cannot be read/)
    else expect(parsePatterns(text)).toEqual([expected])
  })
})

describe('covers', () => {
  const object: Json = {
    spec: {
      containers: [
        { name: 'a', image: 'x' },
        { name: 'b', image: 'y' }
      ],
      replicas: 1,
      set: ['p', 'q']
    }
  }
  const image: Path = ['spec', 'containers', { key: { name: 'b' } }, 'image']
  test.each<[string, Path, boolean]>([
    ['/spec/replicas', ['spec', 'replicas'], true],
    ['/spec', ['spec', 'replicas'], true],
    ['/spec/replicas', ['spec'], false],
    ['/spec/containers/*/image', image, true],
    ['/spec/containers/1/image', image, true],
    ['/spec/containers/0/image', image, false],
    ['spec.containers[name=b].image', image, true],
    ['spec.containers[name=a].image', image, false],
    ['spec.containers[image=y]', image, true],
    ['/spec/*', ['spec', 'replicas'], true],
    ['spec.set[=q]', ['spec', 'set', { value: 'q' }], true],
    ['spec.set[=p]', ['spec', 'set', { value: 'q' }], false],
    ['spec.containers[name=gone]', ['spec', 'containers', { key: { name: 'gone' } }], true]
  ])('%s of %j: %s', (pattern, path, expected) =>
    expect(parsePatterns(pattern).some((one) => covers(one, path, object))).toBe(expected)
  )
})

test('several paths in one are several patterns', () => {
  expect(parsePatterns('.data["A"], .data["B"]')).toEqual([
    [field('data'), field('A')],
    [field('data'), field('B')]
  ])
  expect(parsePatterns('.a | (.b, .c[]) | .d')).toEqual([
    [field('a'), field('b'), field('d')],
    [field('a'), field('c'), ANY, field('d')]
  ])
})

describe('select() with conditions as people write them', () => {
  const object: Json = {
    metadata: { name: 'web', labels: { tier: 'front' }, annotations: { 'vault.example.com/path': 'app' } },
    spec: {
      containers: [
        { name: 'app', image: 'web:1.2', resources: { limits: { cpu: 2 } } },
        { name: 'istio-proxy', image: 'proxy:latest' }
      ],
      ports: [
        { name: 'a', nodePort: 30000, port: 80 },
        { name: 'b', port: 81 }
      ],
      suspend: true
    },
    data: { password: 'x' }
  }
  const container = (name: string): Path => ['spec', 'containers', { key: { name } }, 'image']
  const port = (port: number): Path => ['spec', 'ports', { key: { port, protocol: 'TCP' } }, 'nodePort']
  test.each<[string, Path, boolean]>([
    ['.spec.containers[] | select(.image | endswith(":latest"))', container('istio-proxy'), true],
    ['.spec.containers[] | select(.image | endswith(":latest"))', container('app'), false],
    ['.spec.containers[] | select(.name | startswith("istio-")) | .image', container('istio-proxy'), true],
    ['.spec.containers[]|select(.name|test("^ISTIO"; "i")).image', container('istio-proxy'), true],
    ['.spec.containers[] | select(.name | test("^istio")) | .args', container('istio-proxy'), false],
    ['.spec.containers[] | select(.name == "a" or .name == "app") | .image', container('app'), true],
    ['.spec.containers[] | select(.name != "app") | .image', container('app'), false],
    ['.spec.containers[] | select(.name | IN("app", "b")) | .image', container('app'), true],
    ['.spec.containers[] | select(.name == "app" | not) | .image', container('istio-proxy'), true],
    ['.spec.containers[] | select(.resources.limits.cpu > 1) | .image', container('app'), true],
    ['.spec.containers[] | select(.resources.limits.cpu) | .image', container('istio-proxy'), false],
    ['.spec.containers[] | select(.resources | has("limits")) | .image', container('app'), true],
    ['.spec.ports[] | select(.nodePort != null) | .nodePort', ['spec', 'ports', { index: 0 }, 'nodePort'], true],
    ['.spec.ports[] | select(.nodePort != null) | .nodePort', ['spec', 'ports', { index: 1 }, 'nodePort'], false],
    // An item that is in neither state is known by its keys alone.
    ['.spec.ports[] | select(.port > 8000)', port(9000), true],
    ['select(.metadata.labels.tier == "front").spec.suspend', ['spec', 'suspend'], true],
    ['select(.metadata.labels.tier == "back").spec.suspend', ['spec', 'suspend'], false],
    ['.metadata | select(.name == "web") | .labels', ['metadata', 'labels', 'tier'], true],
    ['select ((.metadata.annotations // {}) | has("vault.example.com/path")) | .data', ['data', 'password'], true],
    ['select(.metadata.annotations["vault.example.com/path"] == "app") | .data', ['data', 'password'], true],
    ['select(.metadata.annotations."vault.example.com/path" == "other") | .data', ['data', 'password'], false],
    ['select(.metadata.name | contains("eb")) | .data', ['data', 'password'], true],
    ['select(.spec.containers[].name == "istio-proxy") | .spec.suspend', ['spec', 'suspend'], true],
    ['select(.spec.containers | length > 5) | .spec.suspend', ['spec', 'suspend'], false]
  ])('%s of %j: %s', (text, path, expected) =>
    expect(parsePatterns(text).some((one) => covers(one, path, object))).toBe(expected)
  )
})

describe('a path as reports print it', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, maxLength: 6 }),
    fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(...'ab.|/[]"\'=,*() $-01\\#:{}@?') }),
    fc.constantFrom('a.b/c', '*', '0', '-1', '$x', '..', ':', 'select')
  )
  const scalar = fc.oneof(name, fc.integer(), fc.boolean())
  const keys = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,5}$/), scalar, { minKeys: 1, maxKeys: 2 })
  const item = fc.oneof(
    keys.map((key) => ({ key })),
    fc.nat(20).map((index) => ({ index }))
  )
  const path = fc
    .tuple(
      fc.array(fc.tuple(name, fc.option(item)), { maxLength: 3 }),
      fc.option(scalar.map((value) => ({ value }))),
      name
    )
    .map(([steps, value, last]): PathElement[] => [
      'data',
      ...steps.flatMap(([field, one]) => (one === null ? [field] : [field, one])),
      last,
      ...(value === null ? [] : [value])
    ])

  /** What holds a value at a path. */
  function holding([step, ...rest]: Path): Json {
    if (step === undefined) return 'leaf'
    if (typeof step === 'string') return { [step]: holding(rest) }
    if ('value' in step) return [step.value]
    if ('index' in step) return [...Array.from({ length: step.index }, () => ({})), holding(rest)]
    return [{ ...Object(holding(rest)), ...step.key }]
  }

  test('is a rule that covers it, whatever the names: the rule that a fight proposes works as it stands', () => {
    fc.assert(
      fc.property(path, (one) => {
        const patterns = parsePatterns(printPath(one))
        expect(patterns).toHaveLength(1)
        expect(patterns.every((pattern) => covers(pattern, one, holding(one)))).toBe(true)
      })
    )
  })
})
