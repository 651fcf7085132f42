import { asList, at, type JsonObject } from '../../../../../json.ts'
import {
  clause,
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  integerAt,
  progressing,
  share,
  stringAt,
  suspended,
  unknown
} from '../../status.ts'
import { judged, sentence } from '../generic.ts'
import { type OperatorRule, valueAt } from './rule.ts'

/** The triple of OpenShift's operators: Degraded, Available, Progressing (openshift/api, ClusterOperator). */
const openshift: Omit<OperatorRule, 'group'> = {
  judge: (object) => {
    const bad = conditionOf(object, 'Degraded')
    if (bad?.status === 'True') return degraded(sentence(bad))
    const work = conditionOf(object, 'Progressing')
    if (work?.status === 'True') return progressing(sentence(work))
    const available = conditionOf(object, 'Available')
    if (available?.status === 'False') return degraded(sentence(available))
    if (available?.status === 'True') return healthy(sentence(available))
    const conditions = conditionsOf(object)
    return conditions.length > 0 && !conditions.some((one) => one.status === 'True')
      ? progressing('Its operator has not said whether it is available yet')
      : undefined
  }
}

/** Clusters and machines as custom resources: Cluster API, Karpenter, Gardener, OpenShift with its operators. */
export const CLUSTER_RULES: readonly OperatorRule[] = [
  {
    group: 'cluster.x-k8s.io',
    kinds: ['Cluster'],
    awaits: ['phase', 'conditions'],
    // Available stays True while machines are replaced or the topology waits for its turn (contract v1beta2).
    judge: (object) => terminalFailure(object) ?? rolloutOf(object),
    word: {
      field: 'phase',
      healthy: ['Provisioned'],
      progressing: ['Pending', 'Provisioning', 'Deleting', 'Unknown'],
      degraded: ['Failed'],
      onlyBad: true
    },
    verdict: ['Ready', 'Available'],
    unmet: 'Degraded'
  },
  {
    group: 'cluster.x-k8s.io',
    kinds: ['Machine'],
    awaits: ['phase'],
    judge: terminalFailure,
    word: { field: 'phase', healthy: ['Running'], degraded: ['Failed'], other: 'Progressing' }
  },
  {
    group: 'cluster.x-k8s.io',
    kinds: ['MachineDeployment', 'MachineSet'],
    awaits: ['phase', 'conditions', 'replicas'],
    judge: terminalFailure,
    word: {
      field: 'phase',
      healthy: ['Running'],
      progressing: ['ScalingUp', 'ScalingDown', 'Unknown'],
      degraded: ['Failed'],
      onlyBad: true
    }
  },
  {
    // Autoscaled pools change size all the time: Scaling is no sign of trouble while the pool is ready.
    group: 'cluster.x-k8s.io',
    kinds: ['MachinePool'],
    awaits: ['phase'],
    judge: terminalFailure,
    word: {
      field: 'phase',
      healthy: ['Running', 'Scaling', 'ScalingUp', 'ScalingDown', 'Provisioned'],
      progressing: ['Pending', 'Provisioning', 'Deleting'],
      degraded: ['Failed'],
      onlyBad: true
    }
  },
  {
    group: 'cluster.x-k8s.io',
    kinds: ['MachineHealthCheck'],
    awaits: ['*'],
    judge: (object) => {
      const expected = integerAt(object, 0, 'status', 'expectedMachines')
      const sound = integerAt(object, expected, 'status', 'currentHealthy')
      return sound < expected ? degraded(`${share(sound, expected, 'machine')} healthy`) : undefined
    },
    verdict: ['RemediationAllowed'],
    unmet: 'Degraded'
  },
  { group: 'addons.cluster.x-k8s.io', awaits: ['conditions'], verdict: ['ResourcesApplied'], unmet: 'Degraded' },
  {
    group: 'controlplane.cluster.x-k8s.io',
    awaits: ['ready', 'conditions', 'initialized'],
    judge: (object) =>
      terminalFailure(object) ??
      (valueAt(object, 'ready') === false ? progressing('The control plane is not ready') : undefined),
    verdict: ['Ready', 'Available'],
    unmet: 'Progressing'
  },
  { group: 'infrastructure.cluster.x-k8s.io', judge: terminalFailure },
  { group: 'bootstrap.cluster.x-k8s.io', judge: terminalFailure },
  {
    // karpenter.sh: Ready is Unknown while a node is launched, registered and initialized, in that order.
    group: 'karpenter.sh',
    awaits: ['conditions'],
    judge: (object) => {
      const leaving = conditionOf(object, 'Disrupting')
      if (leaving?.status === 'True') return suspended(sentence(leaving))
      const ready = conditionOf(object, 'Ready')
      if (ready && ready.status !== 'Unknown') return undefined
      const reached = ['Initialized', 'Registered', 'Launched'].find(
        (type) => conditionOf(object, type)?.status === 'True'
      )
      return progressing(`The node is ${reached ? reached.toLowerCase() : 'not launched'} and not yet ready`)
    },
    verdict: ['Ready'],
    unmet: 'Degraded'
  },
  { group: 'karpenter.k8s.aws', awaits: ['conditions'], verdict: ['Ready'], unmet: 'Degraded' },
  {
    group: 'core.gardener.cloud',
    kinds: ['Shoot'],
    awaits: ['lastOperation', 'conditions'],
    judge: (object) => {
      const state = stringAt(object, 'status', 'lastOperation', 'state')
      const what = stringAt(object, 'status', 'lastOperation', 'description')
      if (at(object, 'spec', 'hibernation', 'enabled') === true && state === 'Succeeded')
        return suspended('The cluster is hibernated')
      if (state === 'Failed' || state === 'Error' || state === 'Aborted') return degraded(clause(what) || state)
      if (state !== 'Succeeded') return progressing(clause(what) || `The last operation is ${state || 'not known'}`)
      // Gardener's own summary, which gives conditions the time that they may take.
      const verdict = at(object, 'metadata', 'labels', 'shoot.gardener.cloud/status')
      if (verdict === 'unknown') return unknown('Gardener does not know the state of the cluster')
      const unmet = conditionsOf(object).find((one) => one.status !== 'True')
      if (verdict === 'unhealthy') return degraded(unmet ? sentence(unmet) : 'Gardener calls the cluster unhealthy')
      return unmet ? progressing(sentence(unmet)) : healthy(clause(what) || 'All conditions are met')
    }
  },
  {
    // Available with one router pod of several: the rollout is not done.
    group: 'operator.openshift.io',
    kinds: ['IngressController'],
    awaits: ['conditions'],
    judge: (object) => {
      const health = openshift.judge?.(object) ?? progressing('Its operator has not said whether it is available yet')
      const all = conditionOf(object, 'DeploymentReplicasAllAvailable')
      return health.status === 'Healthy' && all?.status === 'False' ? progressing(sentence(all)) : health
    }
  },
  { group: 'operator.openshift.io', awaits: ['conditions'], ...openshift },
  { group: 'config.openshift.io', ...openshift },
  { group: 'ocs.openshift.io', awaits: ['conditions'], ...openshift },
  { group: 'nmstate.io', awaits: ['conditions'], pauses: ['Ignored'], ...openshift },
  { group: 'machineconfiguration.openshift.io', awaits: ['conditions'], ...openshift },
  {
    group: 'route.openshift.io',
    kinds: ['Route'],
    awaits: ['ingress'],
    judge: (object) => {
      for (const entry of asList(valueAt(object, 'ingress')) ?? [])
        for (const condition of asList(at(entry, 'conditions')) ?? [])
          if (at(condition, 'type') === 'Admitted' && at(condition, 'status') !== 'True')
            return degraded(`Not admitted: ${clause(stringAt(condition, 'message') || stringAt(condition, 'reason'))}`)
      return healthy('Admitted by every router')
    }
  },
  {
    // Approved by hand, a plan that waits is no fault of an operator that is installed already.
    group: 'operators.coreos.com',
    kinds: ['Subscription'],
    awaits: ['conditions', 'state'],
    alarms: ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'],
    judge: (object) => {
      const alarm = conditionsOf(object).find(
        (one) =>
          ['CatalogSourcesUnhealthy', 'InstallPlanFailed', 'ResolutionFailed', 'BundleUnpackFailed'].includes(
            one.type
          ) && one.status === 'True'
      )
      if (alarm) return degraded(sentence(alarm))
      const pending = conditionOf(object, 'InstallPlanPending')
      if (pending?.status === 'True') {
        const installed = stringAt(object, 'status', 'installedCSV')
        return installed !== '' && pending.reason === 'RequiresApproval'
          ? healthy(`${installed} is installed; an upgrade waits for approval`)
          : progressing(sentence(pending))
      }
      return healthy(stringAt(object, 'status', 'state') || 'No install plan is pending')
    }
  },
  {
    group: 'operators.coreos.com',
    kinds: ['ClusterServiceVersion'],
    awaits: ['phase'],
    word: { field: 'phase', healthy: ['Succeeded'], degraded: ['Failed'], other: 'Progressing' }
  },
  {
    group: 'operators.coreos.com',
    kinds: ['InstallPlan'],
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['Complete'],
      degraded: ['Failed'],
      suspended: ['RequiresApproval'],
      other: 'Progressing'
    }
  },
  {
    group: 'operators.coreos.com',
    kinds: ['CatalogSource'],
    awaits: ['connectionState.lastObservedState'],
    word: {
      field: 'connectionState.lastObservedState',
      healthy: ['READY'],
      degraded: ['TRANSIENT_FAILURE'],
      other: 'Progressing'
    }
  }
]

/** Cluster API's terminal problem: the object will not reach its declared state (contract: failureReason, failureMessage). */
function terminalFailure(object: JsonObject): Health | undefined {
  const message = stringAt(object, 'status', 'failureMessage') || stringAt(object, 'status', 'failureReason')
  if (message !== '') return degraded(clause(message))
  const ready = conditionOf(object, 'Ready')
  // Severity (contract v1beta1): Error needs a person, Warning is retried, Info waits for something else.
  if (ready?.status === 'False' && ready.severity === 'Error') return degraded(sentence(ready))
  if (stringAt(object, 'status', 'phase') !== 'Failed') return undefined
  return degraded(ready ? sentence(ready) : 'It failed')
}

function rolloutOf(object: JsonObject): Health | undefined {
  const topology = conditionOf(object, 'TopologyReconciled')
  if (topology?.status === 'False') return judged(topology)
  const rollout = conditionsOf(object).find((one) => ['RollingOut', 'Remediating'].includes(one.type))
  return rollout?.status === 'True' ? progressing(sentence(rollout)) : undefined
}
