import { describe, expect, it } from 'vitest'
import { GitOpsError } from '../../../../src/errors.ts'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { assessHealth, readHealthChecks, waitUntilHealthy } from '../../../../src/targets/kubernetes/health/index.ts'
import { FakeCluster } from './fake-cluster.ts'
import { recorder, refOf } from './support.ts'

const FILE = `
- group: example.test
  kind: Widget
  healthy: status.phase == 'Lit' && status.lamps >= 2
  degraded: status.phase in ['Burnt', 'Broken']
  suspended: has(spec.off) && spec.off
  message: "'the widget is ' + status.phase"
- group: '*.example.test'
  kind: '*Claim'
  degraded: status.conditions.exists(c, c.type == 'Lost' && c.status == 'True')
- kind: ConfigMap
  healthy: has(self.data.ready)
`

function object(type: string, fields: JsonObject = {}): KubernetesObject {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return { apiVersion, kind, metadata: { name: 'one', namespace: 'shop', generation: 2 }, ...fields }
}

async function assess(one: KubernetesObject) {
  return assessHealth(one, { checks: await readHealthChecks(FILE, 'health.yaml') })
}

describe('health checks of the user', () => {
  const widget = 'example.test/v1 Widget'
  it.each<[string, string, RegExp, KubernetesObject]>([
    [
      'an expression that holds',
      'Healthy',
      /the widget is Lit/,
      object(widget, { status: { phase: 'Lit', lamps: 2 } })
    ],
    [
      'one that does not hold',
      'Progressing',
      /the widget is Lit/,
      object(widget, { status: { phase: 'Lit', lamps: 1 } })
    ],
    ['failure', 'Degraded', /the widget is Burnt/, object(widget, { status: { phase: 'Burnt' } })],
    [
      'suspension, which comes first',
      'Suspended',
      /./,
      object(widget, { spec: { off: true }, status: { phase: 'Burnt' } })
    ],
    ['a field that is missing', 'Progressing', /degraded: No such key: phase/, object(widget)],
    [
      'a generation that is not seen',
      'Progressing',
      /latest change/,
      object(widget, { status: { phase: 'Lit', lamps: 2, observedGeneration: 1 } })
    ],
    [
      'no expression for healthy',
      'Healthy',
      /./,
      object('a.example.test/v1 DiskClaim', { status: { conditions: [] } })
    ],
    [
      'a list of conditions',
      'Degraded',
      /./,
      object('a.example.test/v1 DiskClaim', { status: { conditions: [{ type: 'Lost', status: 'True' }] } })
    ],
    ['a built-in kind', 'Progressing', /./, object('v1 ConfigMap', { data: {} })],
    ['a kind without a rule', 'Healthy', /no status/, object('other.test/v1 Widget')]
  ])('judge by %s', async (_what, status, message, one) => {
    const health = await assess(one)
    expect(health?.message).toMatch(message)
    expect(health?.status).toBe(status)
  })

  it('are waited for, also for kinds that need no waiting otherwise', async () => {
    const fake = new FakeCluster()
    const config = object('v1 ConfigMap', { data: {} })
    fake.put(config)
    setTimeout(() => fake.put({ ...config, data: { ready: 'yes' } }), 200)
    const result = await waitUntilHealthy(fake.cluster, [refOf(config)], {
      deadline: 5_000,
      failFast: true,
      log: recorder(),
      assess: { checks: await readHealthChecks(FILE, 'health.yaml') }
    })
    expect(result.unhealthy).toEqual([])
    expect(result.seconds).toBeGreaterThan(0.1)
  })

  it('may be none', async () => {
    expect((await readHealthChecks('', 'health.yaml')).covers({ apiVersion: 'v1', kind: 'Pod' })).toBe(false)
  })

  it.each<[string, string, string]>([
    ['a syntax error in YAML', '- kind: [', 'health.yaml:1:10: '],
    ['no list', 'kind: Widget', 'health.yaml:1:1: must be a list of rules'],
    ['an unknown key', '- kind: A\n  hepp: x', 'health.yaml:2:3: unknown key "hepp". Allowed here: group, kind,'],
    ["Flux's word for one of ours", "- kind: A\n  current: 'true'", 'Write "healthy" instead'],
    ['a missing kind', "- healthy: 'true'", 'health.yaml:1:3: "kind" is missing'],
    ['no expression', '- kind: A', 'health.yaml:1:3: says nothing about health'],
    ['a value that is no text', '- kind: A\n  healthy: true', 'health.yaml:2:12: healthy must be a text'],
    [
      'an expression that is none',
      "- kind: A\n  healthy: status.phase == = 'x'",
      'health.yaml:2:28: healthy: Unexpected character'
    ],
    [
      'an expression of another type',
      "- kind: A\n  healthy: '1 + 1'",
      'health.yaml:2:12: healthy: gives int, but must give bool'
    ]
  ])('are refused with their place: %s', async (_what, text, message) => {
    const error: unknown = await readHealthChecks(text, 'health.yaml').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(GitOpsError)
    expect(error instanceof GitOpsError && [error.message, ...error.details].join('\n')).toContain(message)
  })
})
