import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../../../json.ts'
import { clause, conditionsIn, degraded, type Health, healthy, progressing, stringAt } from '../../status.ts'
import { isOutdated, judged, sentence } from '../generic.ts'
import { type OperatorRule, valueAt } from './rule.ts'

/** States of Gloo's objects, by name or by the number of the protobuf enumeration. */
const GLOO_STATES: Readonly<Record<string, Health['status']>> = {
  accepted: 'Healthy',
  '1': 'Healthy',
  rejected: 'Degraded',
  '2': 'Degraded',
  warning: 'Degraded',
  '3': 'Degraded',
  // Not yet validated: Argo CD calls that Suspended; it is work that Gloo has still to do.
  pending: 'Progressing',
  '0': 'Progressing'
}

const gloo: Omit<OperatorRule, 'group'> = {
  awaits: ['statuses', 'state', 'reportedBy'],
  judge: (object) => {
    const perNamespace = Object.values(asObject(valueAt(object, 'statuses')) ?? {})
    const reports = perNamespace.length > 0 ? perNamespace : [object['status']]
    const found = reports.map((report): Health => {
      const state = at(report, 'state')
      const status = GLOO_STATES[String(state ?? '0').toLowerCase()] ?? 'Unknown'
      const reason = clause(stringAt(report, 'reason'))
      return { status, message: reason || (status === 'Healthy' ? 'Accepted' : 'Not validated yet') }
    })
    return found.find((one) => one.status === 'Degraded') ?? found.find((one) => one.status !== 'Healthy') ?? found[0]
  }
}

/** Traffic: Gateway API, ingress controllers, meshes, certificates of load balancers, Knative. */
export const NETWORK_RULES: readonly OperatorRule[] = [
  {
    // Conditions stand on the object (Accepted, Programmed) and on every listener. Accepted=False is a refusal.
    group: 'gateway.networking.k8s.io',
    kinds: ['Gateway', 'GatewayClass'],
    awaits: ['conditions'],
    judge: (object) => {
      const refused = conditionsIn(valueAt(object, 'conditions')).find(
        (one) => (one.type === 'Accepted' || one.type === 'ResolvedRefs') && one.status === 'False'
      )
      return (refused && degraded(sentence(refused))) ?? listenersHealth(object)
    }
  },
  {
    group: 'gateway.networking.k8s.io',
    kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'],
    awaits: ['parents'],
    judge: (object) => nestedVerdict(object, 'parents', 'parentRef')
  },
  {
    group: 'gateway.networking.k8s.io',
    kinds: ['BackendTLSPolicy', 'BackendLBPolicy', 'XBackendTrafficPolicy'],
    awaits: ['ancestors'],
    judge: (object) => nestedVerdict(object, 'ancestors', 'ancestorRef')
  },
  {
    // Policies are judged per gateway that they attach to; what policies refer to has no conditions.
    group: 'microgateway.airlock.com',
    judge: (object) => {
      const ancestors = asList(valueAt(object, 'ancestors')) ?? []
      if (ancestors.some((entry) => conditionsIn(at(entry, 'conditions')).length > 0)) return undefined
      return asString(object['kind'])?.endsWith('Policy')
        ? progressing('No gateway has judged it yet')
        : healthy('Accepted; no gateway reports on objects of this kind')
    }
  },
  { group: 'gateway.solo.io', ...gloo },
  { group: 'gloo.solo.io', ...gloo },
  { group: 'enterprise.gloo.solo.io', ...gloo },
  { group: 'graphql.gloo.solo.io', ...gloo },
  { group: 'ratelimit.solo.io', ...gloo },
  {
    group: 'projectcontour.io',
    awaits: ['?Valid', 'currentStatus'],
    verdict: ['Valid'],
    unmet: 'Degraded',
    word: {
      field: 'currentStatus',
      healthy: ['valid'],
      degraded: ['invalid', 'orphaned'],
      progressing: ['NotReconciled'],
      onlyBad: true
    }
  },
  {
    group: 'getambassador.io',
    kinds: ['Mapping', 'Host'],
    word: { field: 'state', healthy: ['Running', 'Ready', 'Inactive'], progressing: ['Pending'], degraded: ['Error'] }
  },
  {
    // Domain states of Google-managed certificates (cloud.google.com, managed-certs).
    group: 'networking.gke.io',
    kinds: ['ManagedCertificate'],
    awaits: ['certificateStatus', 'domainStatus'],
    judge: (object) => {
      const domains = asList(valueAt(object, 'domainStatus')) ?? []
      const failed = domains.filter((domain) => stringAt(domain, 'status').startsWith('Failed'))
      if (failed.length > 0)
        return degraded(failed.map((one) => `${stringAt(one, 'domain')}: ${stringAt(one, 'status')}`).join(', '))
      const state = asString(valueAt(object, 'certificateStatus')) ?? ''
      if (state === 'Active') return healthy('The certificate is active')
      return state.endsWith('Failed') || state.startsWith('Failed')
        ? degraded(`The certificate is ${state}`)
        : progressing(`The certificate is ${state || 'not yet reported on'}`)
    }
  },
  {
    // Knative: Unknown is work under way, False has failed (knative.dev, "conditions"). Its operator is less strict.
    group: 'serving.knative.dev',
    awaits: ['?Ready'],
    verdict: ['Ready'],
    unmet: 'Degraded'
  },
  { group: 'eventing.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
  { group: 'messaging.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
  { group: 'sources.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' },
  { group: 'operator.knative.dev', awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Progressing' },
  {
    group: 'install.istio.io',
    awaits: ['status', 'componentStatus'],
    word: {
      field: 'status',
      healthy: ['HEALTHY', '3'],
      progressing: ['NONE', 'UPDATING', 'RECONCILING', '0', '1', '5'],
      degraded: ['ERROR', 'ACTION_REQUIRED', '4', '6']
    }
  },
  { group: 'sailoperator.io', awaits: ['?Ready'], verdict: ['Ready'] },
  {
    group: 'externaldns.k8s.io',
    silent: ['DNSEndpoint']
  },
  {
    group: 'metallb.io',
    verdict: ['Ready']
  },
  {
    group: 'proclaim.dogmatiq.io',
    awaits: ['conditions'],
    judge: (object) => {
      const conditions = conditionsIn(valueAt(object, 'conditions'))
      const unmet = conditions.find((one) => one.status === 'False')
      if (unmet) return degraded(sentence(unmet))
      const seen = conditions.find((one) => one.type === 'Discoverable' && one.status === 'True')
      return seen ? healthy(sentence(seen)) : progressing('Its records have not been seen in DNS yet')
    }
  }
]

/** Conditions of a route per parent; Reconciled is what several implementations add to those of the API. */
const ROUTE_CONDITIONS = ['Accepted', 'ResolvedRefs', 'Programmed', 'Reconciled']

function listenersHealth(object: Json): Health | undefined {
  for (const listener of asList(at(object, 'status', 'listeners')) ?? []) {
    const unmet = conditionsIn(at(listener, 'conditions')).find(
      (one) => ['Accepted', 'ResolvedRefs', 'Programmed'].includes(one.type) && one.status === 'False'
    )
    if (!unmet) continue
    // Pending is the only reason of the API that is no refusal (GEP-1364).
    const isRefusal = unmet.type !== 'Programmed' && unmet.reason !== 'Pending'
    const health = isRefusal ? degraded(sentence(unmet)) : judged(unmet)
    return { ...health, message: `Listener ${stringAt(listener, 'name')}: ${health.message}` }
  }
  return undefined
}

/**
 * Every parent must accept the route and resolve its references; one that refuses it is a failure, not a wait. What a
 * parent said of an older generation counts no more: another parent may have judged this one already.
 */
function nestedVerdict(object: JsonObject, field: string, reference: string): Health | undefined {
  let result: Health | undefined
  const entries = asList(valueAt(object, field)) ?? []
  const current = entries.filter((entry) => !isOutdated(object, entry))
  if (entries.length > 0 && current.length === 0) return progressing('No parent has judged the latest change yet')
  for (const entry of current) {
    const name = stringAt(at(entry, reference), 'name')
    const conditions = conditionsIn(at(entry, 'conditions'))
    if (conditions.length === 0) result = progressing(`${name} has not judged it yet`)
    for (const condition of conditions) {
      if (!ROUTE_CONDITIONS.includes(condition.type) || condition.status === 'True') continue
      const health = judged(condition)
      const message = `${name}: ${health.message}`
      if (condition.status === 'False' && condition.type !== 'Programmed') return degraded(message)
      if (health.status === 'Degraded') return degraded(message)
      result = progressing(message)
    }
  }
  return result ?? (current.length > 0 ? healthy('Every parent has accepted it') : undefined)
}
