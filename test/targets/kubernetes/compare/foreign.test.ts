import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import { foreignFields, removalPatch } from '../../../../src/targets/kubernetes/compare/foreign.ts'
import { maskFor } from '../../../../src/targets/kubernetes/compare/secrets.ts'
import { managedEntries, ownEntry } from '../../../../src/targets/kubernetes/ownership/index.ts'
import { liveObject } from '../ownership/live.ts'

const declared = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    template: { spec: { containers: [{ name: 'web', image: 'i', resources: {}, ports: [{ containerPort: 80 }] }] } }
  }
}
const OWN: JsonObject = {
  'f:metadata': { 'f:labels': { 'f:app': {} } },
  'f:spec': {
    'f:template': {
      'f:spec': {
        'f:containers': {
          'k:{"name":"web"}': {
            '.': {},
            'f:name': {},
            'f:image': {},
            'f:resources': {},
            'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } }
          }
        }
      }
    }
  }
}
const inContainers = (node: JsonObject): JsonObject => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': node } } }
})

const live = (entries: Parameters<typeof liveObject>[1], body: JsonObject = {}) =>
  liveObject(
    {
      metadata: { labels: { app: 'web', by: 'hand' }, annotations: { note: 'x' } },
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              {
                name: 'web',
                image: 'i',
                resources: { limits: { cpu: '1' } },
                ports: [{ containerPort: 80, protocol: 'TCP' }]
              },
              { name: 'side', image: 'j', imagePullPolicy: 'Always' }
            ]
          }
        }
      },
      status: { replicas: 3 },
      ...body
    },
    [{ manager: 'gitops-actions', operation: 'Apply', fields: OWN }, ...entries]
  )

function find(object: ReturnType<typeof live>, ignores: () => boolean = () => false) {
  const entries = managedEntries(object)
  const owned = ownEntry(entries)?.fields ?? {}
  return foreignFields(declared, object, owned, entries, { mask: maskFor(object, Buffer.from('k')), ignores })
}
const paths = (object: ReturnType<typeof live>): string[] => find(object).fields.map((field) => field.path)

describe('finds', () => {
  test('a container whole, with who added it', () => {
    const object = live([
      {
        manager: 'kubectl-edit',
        time: '2026-05-01T00:00:00Z',
        fields: inContainers({ 'k:{"name":"side"}': { '.': {}, 'f:name': {}, 'f:image': {}, 'f:imagePullPolicy': {} } })
      }
    ])
    expect(find(object).fields).toEqual([
      {
        path: 'spec.template.spec.containers[name=side]',
        location: ['spec', 'template', 'spec', 'containers', { key: { name: 'side' } }],
        before: { type: 'value', value: { name: 'side', image: 'j', imagePullPolicy: 'Always' } },
        after: { type: 'absent' },
        attribution: { known: true, manager: 'kubectl-edit', operation: 'Update', time: '2026-05-01T00:00:00Z' }
      }
    ])
  })

  test('single fields of our items, also below an empty map that we declare', () => {
    const limits = { 'f:resources': { 'f:limits': { '.': {}, 'f:cpu': {} } } }
    const object = live([{ manager: 'kubectl-edit', fields: inContainers({ 'k:{"name":"web"}': limits }) }])
    expect(paths(object)).toEqual(['spec.template.spec.containers[name=web].resources.limits.cpu'])
  })

  test('labels and annotations one by one', () => {
    const fields = { 'f:metadata': { 'f:labels': { 'f:by': {} }, 'f:annotations': { '.': {}, 'f:note': {} } } }
    expect(paths(live([{ manager: 'kubectl-label', fields }]))).toEqual([
      'metadata.labels.by',
      'metadata.annotations.note'
    ])
  })

  test('what one added and another wrote into once, with the newest', () => {
    const whole = inContainers({
      'k:{"name":"side"}': { '.': {}, 'f:name': {}, 'f:image': {}, 'f:imagePullPolicy': {} }
    })
    const part = inContainers({ 'k:{"name":"side"}': { 'f:imagePullPolicy': {} } })
    const { fields: found } = find(
      live([
        { manager: 'helm', operation: 'Apply', time: '2026-05-01T00:00:00Z', fields: whole },
        { manager: 'kubectl-edit', time: '2026-05-02T00:00:00Z', fields: part }
      ])
    )
    expect(found.map(({ path, attribution }) => [path, attribution])).toEqual([
      ['spec.template.spec.containers[name=side]', expect.objectContaining({ manager: 'kubectl-edit' })]
    ])
  })

  test('a field that two added once, with the newest', () => {
    const fields = { 'f:spec': { 'f:replicas': {} } }
    const { fields: found } = find(
      live([
        { manager: 'kubectl', time: '2026-05-01T00:00:00Z', fields },
        { manager: 'helm', operation: 'Apply', time: '2026-05-02T00:00:00Z', fields }
      ])
    )
    expect(found.map(({ path, attribution }) => [path, attribution])).toEqual([
      ['spec.replicas', expect.objectContaining({ manager: 'helm' })]
    ])
  })
})

describe('does not count', () => {
  test('what an apply names that a known writer owns as well: the value is still its own', () => {
    const annotations = { 'f:metadata': { 'f:annotations': { 'f:note': {} } } }
    const both = live([
      { manager: 'kube-controller-manager', fields: annotations },
      { manager: 'argocd-controller', operation: 'Apply', fields: annotations }
    ])
    expect(find(both).fields).toEqual([])
  })

  test.each<[string, Parameters<typeof liveObject>[1][number]]>([
    ['what is also ours', { manager: 'argocd-controller', operation: 'Apply', fields: OWN }],
    [
      'the fields that name our items',
      {
        manager: 'x',
        fields: inContainers({
          'k:{"name":"web"}': { 'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { 'f:protocol': {} } } }
        })
      }
    ],
    ['what is no longer there', { manager: 'kubectl', fields: { 'f:spec': { 'f:paused': {} } } }],
    ['status', { manager: 'kubectl', subresource: 'status', fields: { 'f:status': { 'f:replicas': {} } } }]
  ])('%s', (_name, entry) => expect(find(live([entry]))).toEqual({ fields: [], recognised: [] }))

  test.each<[string, string, Parameters<typeof liveObject>[1][number]]>([
    [
      'kube-controller-manager',
      'kubernetes-component',
      { manager: 'kube-controller-manager', subresource: 'scale', fields: { 'f:spec': { 'f:replicas': {} } } }
    ],
    ['KEDA', 'autoscaler', { manager: 'keda-operator', fields: { 'f:spec': { 'f:replicas': {} } } }],
    [
      'what was there before ownership was recorded',
      'unrecorded',
      { manager: 'before-first-apply', fields: { 'f:spec': { 'f:replicas': {} } } }
    ]
  ])('%s: rule %s', (_name, rule, entry) => {
    const { fields, recognised } = find(live([entry]))
    expect(fields).toEqual([])
    expect(recognised).toEqual([{ path: 'spec.replicas', manager: entry.manager, rule }])
  })

  test('what the controller of the object itself completes', () => {
    const note = { 'f:metadata': { 'f:annotations': { 'f:note': {} } } }
    const entry = { manager: 'widget-operator', fields: note }
    expect(paths(live([entry]))).toEqual(['metadata.annotations.note'])
    const status = { manager: 'widget-operator', subresource: 'status', fields: { 'f:status': { 'f:replicas': {} } } }
    expect(find(live([entry, status]))).toMatchObject({ fields: [], recognised: [{ rule: 'own-controller' }] })
    // A person does not become a controller by editing the status.
    const person = [
      { ...entry, manager: 'kubectl-edit' },
      { ...status, manager: 'kubectl-edit' }
    ]
    expect(paths(live(person))).toEqual(['metadata.annotations.note'])
  })

  test('what kubectl writes down for itself', () => {
    const name = 'kubectl.kubernetes.io/last-applied-configuration'
    const object = live(
      [{ manager: 'kubectl-client-side-apply', fields: { 'f:metadata': { 'f:annotations': { [`f:${name}`]: {} } } } }],
      {
        metadata: { annotations: { [name]: '{}' } }
      }
    )
    expect(find(object)).toMatchObject({ fields: [], recognised: [{ rule: 'bookkeeping' }] })
  })

  test('what is ignored', () => {
    expect(find(live([{ manager: 'kubectl', fields: { 'f:spec': { 'f:replicas': {} } } }]), () => true).fields).toEqual(
      []
    )
  })
})

test('removalPatch takes later items out first and escapes names', () => {
  const object = liveObject(
    {
      metadata: { labels: { 'a/b~c': 'x' } },
      spec: { template: { spec: { containers: [{ name: 'a' }, { name: 'web' }, { name: 'b' }] } } }
    },
    []
  )
  const at = (name: string) => ['spec', 'template', 'spec', 'containers', { key: { name } }]
  const field = (location: (string | { key: { name: string } })[]) => ({
    path: '',
    location,
    before: { type: 'absent' } as const,
    after: { type: 'absent' } as const
  })
  expect(
    removalPatch(object, [field(at('a')), field(at('b')), field(at('gone')), field(['metadata', 'labels', 'a/b~c'])])
  ).toEqual([
    { op: 'test', path: '/metadata/resourceVersion', value: '7' },
    { op: 'remove', path: '/metadata/labels/a~1b~0c' },
    { op: 'remove', path: '/spec/template/spec/containers/2' },
    { op: 'remove', path: '/spec/template/spec/containers/0' }
  ])
})
