import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../src/json.ts'
import { covers, parsePattern } from '../../../../src/targets/kubernetes/compare/pattern.ts'
import type { Path } from '../../../../src/targets/kubernetes/ownership/index.ts'

const field = (name: string) => ({ step: 'field', name })
const ANY = { step: 'any' }

describe('parsePattern', () => {
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
    ['.a | length', undefined],
    ['select(.a == "b")', undefined],
    ['', undefined],
    ['.', undefined]
  ])('%s', (text, expected) => {
    if (expected === undefined) expect(() => parsePattern(text)).toThrow(/ignore rule cannot be read/)
    else expect(parsePattern(text)).toEqual(expected)
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
  ])('%s of %j: %s', (pattern, path, expected) => expect(covers(parsePattern(pattern), path, object)).toBe(expected))
})
