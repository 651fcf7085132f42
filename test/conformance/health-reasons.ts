import { asList, at } from '../../src/json.ts'
import { groupOf, type KubernetesObject } from '../../src/render/manifest.ts'
import type { Health } from '../../src/targets/kubernetes/health/index.ts'

interface Reason {
  readonly applies: (object: KubernetesObject, expected: string, ours: Health) => boolean
  readonly why: string
}

/** Where we say something else than a customization of Argo CD on purpose: by what the object shows, not by which case it is. */
const REASONS: readonly Reason[] = [
  {
    applies: (object) => at(object, 'metadata', 'deletionTimestamp') != null,
    why: 'what is being deleted is Progressing, as Argo CD itself says before it asks a customization'
  },
  {
    applies: (object, expected) => groupOf(object).endsWith('solo.io') && expected === 'Suspended',
    why: 'not yet validated is work under way; Suspended would end a wait before the verdict'
  },
  {
    applies: (_object, _expected, ours) => ours.message.includes('latest change'),
    why: 'a status of an older generation says nothing about this one (kstatus)'
  },
  {
    applies: (object, expected) => ['Unknown', 'Missing'].includes(expected) && isSilent(object),
    why: 'without a status there is a controller to wait for'
  },
  {
    applies: (_object, expected, ours) => expected === 'Healthy' && ours.status === 'Suspended',
    why: 'what is suspended by declaration is told apart from what runs'
  },
  {
    applies: (_object, expected, ours) =>
      expected === 'Degraded' && ours.status === 'Progressing' && /^\d+ of \d+ /.test(ours.message),
    why: 'pods that are not there yet may come; what keeps them away is found at the pods'
  },
  {
    applies: (object, expected) => object.kind === 'CronJob' && expected === 'Healthy',
    why: 'a run that was due, is not active and has never succeeded has failed'
  },
  {
    applies: (object, _expected, ours) => object.kind === 'PodDisruptionBudget' && ours.status === 'Healthy',
    why: 'a budget is in force when it is declared; that it allows no disruption is told, and fails no deploy'
  },
  {
    applies: (object, expected) =>
      expected === 'Progressing' &&
      (asList(at(object, 'status', 'conditions')) ?? []).some((one) => at(one, 'status') === 'Degraded'),
    why: 'its own condition says Degraded; a wait goes on nevertheless'
  }
]

/** Why we differ on purpose, or undefined where we have no reason. */
export function differenceReason(
  object: KubernetesObject | undefined,
  expected: string,
  ours: Health
): string | undefined {
  return object && REASONS.find((one) => one.applies(object, expected, ours))?.why
}

function isSilent(object: KubernetesObject): boolean {
  return Object.keys(Object(at(object, 'status') ?? {})).length === 0
}
