import { asList, asString, at } from '../../../../../json.ts'
import { conditionOf, degraded, healthy, progressing } from '../../status.ts'
import { type OperatorRule, valueAt } from './rule.ts'

/** Certificates, secrets, policies. */
export const SECURITY_RULES: readonly OperatorRule[] = [
  {
    // While a certificate is being issued, Ready is False with the reason of the old one (cert-manager.io/docs/usage).
    group: 'cert-manager.io',
    kinds: ['Certificate'],
    awaits: ['?Ready', '?Issuing'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    judge: (object) => {
      const issuing = conditionOf(object, 'Issuing')
      return issuing?.status === 'True' ? progressing(issuing.message || 'The certificate is being issued') : undefined
    }
  },
  {
    group: 'cert-manager.io',
    kinds: ['CertificateRequest'],
    awaits: ['conditions'],
    verdict: ['Ready'],
    working: ['Pending'],
    failing: ['Failed', 'Denied'],
    alarms: ['Denied', 'InvalidRequest']
  },
  { group: 'cert-manager.io', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded', working: ['Initializing'] },
  {
    group: 'certmanager.k8s.io',
    awaits: ['?Ready'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    working: ['InProgress', 'TemporaryCertificate', 'Issuing'],
    judge: (object) =>
      object['kind'] === 'Certificate' && conditionOf(object, 'Ready')?.reason === 'DoesNotExist'
        ? progressing('The certificate is being issued')
        : undefined
  },
  {
    // States of the ACME protocol (RFC 8555 §7.1.6): `ready` is an order that waits to be finalized.
    group: 'acme.cert-manager.io',
    awaits: ['state', 'processing', 'presented'],
    word: {
      field: 'state',
      healthy: ['valid'],
      progressing: ['pending', 'processing', 'ready', 'unknown'],
      degraded: ['invalid', 'expired', 'errored'],
      other: 'Progressing'
    }
  },
  {
    group: 'trust.cert-manager.io',
    awaits: ['?Synced'],
    verdict: ['Synced'],
    unmet: 'Degraded'
  },
  {
    group: 'external-secrets.io',
    awaits: ['?Ready', '?PartiallyReady', '?NotReady'],
    alarms: ['NotReady', 'PartiallyReady'],
    verdict: ['Ready'],
    unmet: 'Degraded'
  },
  {
    group: 'bitnami.com',
    kinds: ['SealedSecret'],
    awaits: ['?Synced'],
    verdict: ['Synced'],
    unmet: 'Degraded'
  },
  {
    group: 'secrets.hashicorp.com',
    awaits: ['*'],
    verdict: ['Ready', 'Healthy'],
    unmet: 'Degraded',
    judge: (object) => {
      const valid = valueAt(object, 'valid')
      return valid === false ? degraded(asString(valueAt(object, 'error')) || 'It reports itself not valid') : undefined
    }
  },
  { group: 'onepassword.com', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
  {
    // Compliance of policies (open-cluster-management.io): an evaluation of an older generation says nothing.
    group: 'policy.open-cluster-management.io',
    silent: ['PolicySet', 'PolicyAutomation', 'PlacementBinding'],
    disabledBy: 'disabled',
    awaits: ['compliant', 'placement', 'status'],
    judge: (object) => {
      const generation = at(object, 'metadata', 'generation')
      const evaluated = valueAt(object, 'lastEvaluatedGeneration')
      if (typeof generation === 'number' && typeof evaluated === 'number' && evaluated < generation)
        return progressing('The policy has not been evaluated since its latest change')
      const details = (asList(valueAt(object, 'details')) ?? asList(valueAt(object, 'status')) ?? []).filter(
        (entry) => at(entry, 'compliant') === 'NonCompliant'
      )
      const names = details
        .map((entry) => asString(at(entry, 'templateMeta', 'name')) ?? asString(at(entry, 'clustername')))
        .filter((name) => name !== undefined)
      switch (valueAt(object, 'compliant')) {
        case 'Compliant':
          return healthy('Compliant')
        case 'NonCompliant':
          return degraded(`Not compliant${names.length > 0 ? `: ${names.join(', ')}` : ''}`)
        default:
          // A root policy whose placement selects no cluster has nobody to report on it.
          return valueAt(object, 'placement') !== undefined && asList(valueAt(object, 'status')) === undefined
            ? healthy('No cluster is selected by its placement')
            : progressing('Its compliance has not been reported yet')
      }
    }
  },
  {
    // `status.ready` is the form of before Kyverno 1.8.
    group: 'kyverno.io',
    kinds: ['ClusterPolicy', 'Policy'],
    awaits: ['?Ready', 'ready'],
    verdict: ['Ready']
  },
  {
    group: 'iammanager.keikoproj.io',
    awaits: ['state'],
    word: {
      field: 'state',
      healthy: ['Ready'],
      progressing: ['CreateInProgress', 'UpdateInProgress', 'DeleteInProgress'],
      degraded: [
        'Error',
        'PolicyNotAllowed',
        'RolesMaxLimitReached',
        'RoleNameNotAvailable',
        'ServiceAccountAlreadyExists'
      ],
      other: 'Progressing'
    }
  },
  {
    group: 'k8s.keycloak.org',
    awaits: ['conditions'],
    alarms: ['HasErrors'],
    verdict: ['Ready', 'Done'],
    unmet: 'Progressing'
  },
  {
    group: 'addons.projectcapsule.dev',
    awaits: ['?Ready', 'condition'],
    verdict: ['Ready'],
    unmet: 'Degraded'
  }
]
