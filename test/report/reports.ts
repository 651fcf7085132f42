import type { RunReport, TargetReport } from '../../src/report/report.ts'
import { type Change, type Plan, planDigest } from '../../src/targets/plan.ts'
import type { DeploymentRecord } from '../../src/targets/target.ts'

export const COMMIT = '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d'
export const DIGEST = `sha256:${'d'.repeat(64)}`
const TIME = '2026-11-20T10:01:07Z'

const deployment = { id: 'apps/Deployment/shop/web', kind: 'Deployment', name: 'web', namespace: 'shop' }
const settings = { id: 'ConfigMap/shop/settings', kind: 'ConfigMap', name: 'settings', namespace: 'shop' }
const service = { id: 'Service/shop/web', kind: 'Service', name: 'web', namespace: 'shop' }

/** Every kind of change that the reports know. */
export const CHANGES: readonly Change[] = [
  { action: 'create', resource: service, fields: [], source: { file: 'charts/web/templates/service.yaml', line: 3 } },
  {
    action: 'update',
    resource: deployment,
    source: { file: 'charts/web/templates/deployment.yaml', line: 12 },
    fields: [
      {
        path: 'spec.replicas',
        before: { type: 'value', value: 5 },
        after: { type: 'value', value: 3 },
        attribution: { known: true, manager: 'kubectl', operation: 'Update', subresource: 'scale', time: TIME }
      },
      {
        path: 'spec.template.spec.containers[name=web].args',
        before: {
          type: 'value',
          value: ['--port=8080', '--verbose=true', '--a-very-long-option=with-a-very-long-value']
        },
        after: { type: 'value', value: ['--port=8080', '--a-very-long-option=with-a-very-long-value'] },
        attribution: { known: true, manager: 'kubectl-edit', operation: 'Update', time: TIME }
      }
    ]
  },
  {
    action: 'update',
    resource: settings,
    fields: [
      {
        path: 'data.PASSWORD',
        before: { type: 'secret', fingerprint: 'a1b2c3' },
        after: { type: 'absent' },
        attribution: { known: false, candidates: [{ manager: 'kubectl-patch', time: TIME }] }
      }
    ]
  },
  {
    action: 'remove-foreign',
    resource: deployment,
    healable: false,
    reason: 'fields that somebody added inside our object',
    fields: [{ path: 'metadata.labels.debug', before: { type: 'value', value: 'yes' }, after: { type: 'absent' } }]
  },
  {
    action: 'unmanaged',
    resource: { id: 'Pod/shop/debug', kind: 'Pod', name: 'debug', namespace: 'shop' },
    fields: [],
    healable: false,
    attribution: { known: true, manager: 'kubectl-run', operation: 'Update', time: TIME }
  }
]

export function planOf(changes: readonly Change[], more: Partial<Plan> = {}): Plan {
  const base = {
    target: 'web',
    kind: 'kubernetes' as const,
    purpose: 'deploy' as const,
    changes,
    unchanged: 14,
    notes: [],
    declaredDigest: DIGEST,
    ...more
  }
  return { ...base, digest: planDigest(base) }
}

export const RECORD: DeploymentRecord = {
  target: 'web',
  environment: 'production',
  repository: 'acme/shop',
  revision: COMMIT,
  run: 'https://github.com/acme/shop/actions/runs/41',
  digest: DIGEST,
  images: { web: `ghcr.io/acme/web@sha256:${'e'.repeat(64)}` },
  time: TIME,
  status: 'succeeded',
  history: [{ target: 'web', environment: 'production', digest: DIGEST, images: {}, time: TIME, status: 'failed' }]
}

export function reportOf(
  command: RunReport['command'],
  status: RunReport['status'],
  targets: readonly TargetReport[],
  more: Partial<RunReport> = {}
): RunReport {
  return {
    version: 1,
    command,
    environment: 'production',
    repository: 'acme/shop',
    revision: COMMIT,
    run: 'https://github.com/acme/shop/actions/runs/42',
    startedAt: '2026-11-21T03:17:00.000Z',
    seconds: 83.4,
    status,
    targets,
    ...more
  }
}

export const SUCCEEDED = reportOf('deploy', 'succeeded', [
  {
    id: 'web',
    kind: 'kubernetes',
    status: 'succeeded',
    seconds: 42.1,
    plan: planOf(CHANGES.slice(0, 2)),
    outcomes: [
      {
        target: 'web',
        status: 'succeeded',
        results: [
          { resource: service, action: 'created' },
          { resource: deployment, action: 'updated' }
        ],
        seconds: 41
      },
      { target: 'web', status: 'succeeded', results: [{ resource: settings, action: 'pruned' }], seconds: 0.2 }
    ],
    deployed: RECORD
  }
])

export const FAILED = reportOf('deploy', 'failed', [
  {
    id: 'web',
    kind: 'kubernetes',
    status: 'failed',
    seconds: 12,
    plan: planOf(CHANGES.slice(1, 2)),
    outcomes: [
      {
        target: 'web',
        status: 'failed',
        results: [{ resource: deployment, action: 'updated' }],
        seconds: 11,
        failure: {
          message: 'Deployment shop/web: pod web-1: container web exited with code 1 (CrashLoopBackOff)',
          hint: 'See the events and logs below.',
          resources: [
            {
              resource: deployment,
              status: 'Degraded',
              message: 'Deployment shop/web: pod web-1: container web exited with code 1 (CrashLoopBackOff)',
              events: ['Pod web-1: BackOff: Back-off restarting failed container'],
              logs: ['starting', '``` fatal: DATABASE_URL is not set', '</details>']
            }
          ]
        }
      }
    ]
  },
  {
    id: 'docs',
    kind: 'kubernetes',
    status: 'skipped',
    seconds: 0,
    outcomes: [],
    error: { message: 'Skipped, because "web", on which it depends, did not succeed.' }
  }
])

export const DRIFTED = reportOf('drift', 'drifted', [
  {
    id: 'web',
    kind: 'kubernetes',
    status: 'drifted',
    seconds: 1.2,
    plan: planOf(CHANGES, { purpose: 'drift', notes: ['The last deployment failed.'] }),
    outcomes: [
      { target: 'web', status: 'succeeded', results: [{ resource: service, action: 'created' }], seconds: 0.4 }
    ],
    deployed: RECORD
  }
])

export const IN_SYNC = reportOf('drift', 'in-sync', [
  {
    id: 'web',
    kind: 'kubernetes',
    status: 'in-sync',
    seconds: 0.8,
    plan: planOf([], { purpose: 'drift' }),
    outcomes: [],
    deployed: RECORD
  }
])
