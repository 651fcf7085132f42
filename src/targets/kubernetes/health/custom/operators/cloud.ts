import { asList, asString, at, type JsonObject } from '../../../../../json.ts'
import {
  clause,
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  progressing,
  stringAt,
  suspended
} from '../../status.ts'
import { sentence } from '../generic.ts'
import { explanationOf, type OperatorRule, valueAt } from './rule.ts'

/** Crossplane: Synced tells of errors, Ready (or Healthy, for packages) of the resource. */
const crossplane: Omit<OperatorRule, 'group'> = {
  silent: [
    'Composition',
    'CompositionRevision',
    'DeploymentRuntimeConfig',
    'ControllerConfig',
    'EnvironmentConfig',
    'ProviderConfigUsage'
  ],
  pausedBy: ['crossplane.io/paused', 'true'],
  judge: (object) => {
    // A ProviderConfig has a status only once something uses it.
    if (/ProviderConfig$/.test(asString(object['kind']) ?? '')) return healthy('Accepted')
    const conditions = conditionsOf(object)
    const failed = conditions.find(
      (one) => (one.type === 'Synced' || one.type === 'LastAsyncOperation') && one.status === 'False'
    )
    if (failed?.reason === 'ReconcilePaused') return suspended(sentence(failed))
    if (failed) return degraded(sentence(failed))
    const verdict = conditions.find((one) =>
      ['Ready', 'Healthy', 'Offered', 'Established', 'ValidPipeline', 'RevisionHealthy'].includes(one.type)
    )
    if (verdict?.status === 'True') return healthy(sentence(verdict))
    if (verdict?.type === 'Healthy' && verdict.status === 'False' && verdict.reason !== 'UnknownPackageRevisionHealth')
      return degraded(sentence(verdict))
    return progressing(verdict ? sentence(verdict) : 'It is being provisioned')
  }
}

/** The triple of OpenShift's operators: Degraded, Available, Progressing (openshift/api, ClusterOperator). */
const openshift: Omit<OperatorRule, 'group'> = {
  judge: (object) => {
    const bad = conditionOf(object, 'Degraded')
    if (bad?.status === 'True') return degraded(sentence(bad))
    const work = conditionOf(object, 'Progressing')
    if (work?.status === 'True') return progressing(sentence(work))
    const available = conditionOf(object, 'Available')
    if (available?.status === 'False') return degraded(sentence(available))
    return available?.status === 'True' ? healthy(sentence(available)) : undefined
  }
}

/** Infrastructure: clouds, clusters and machines as custom resources, OpenShift. */
export const CLOUD_RULES: readonly OperatorRule[] = [
  { group: '*.crossplane.io', ...crossplane },
  { group: '*.upbound.io', ...crossplane },
  {
    // cloud.google.com/config-connector, "condition reasons". DependencyNotReady is waited for.
    group: 'core.cnrm.cloud.google.com',
    awaits: ['healthy'],
    judge: (object) => {
      const problems = (asList(valueAt(object, 'errors')) ?? []).filter((one) => typeof one === 'string')
      if (valueAt(object, 'healthy') === true) return healthy('It reports itself healthy')
      return degraded(problems.length > 0 ? clause(problems.join('; ')) : 'It reports itself not healthy')
    }
  },
  {
    group: '*.cnrm.cloud.google.com',
    awaits: ['?Ready'],
    verdict: ['Ready'],
    working: ['Updating', 'DependencyNotReady', 'Creating', 'Deleting'],
    failing: [
      'UpdateFailed',
      'DeleteFailed',
      'DependencyNotFound',
      'DependencyInvalid',
      'ManagementConflict',
      'PreActuationTransformFailed',
      'PostActuationTransformFailed'
    ]
  },
  {
    // aws-controllers-k8s.github.io: Terminal needs a change of the spec, Recoverable is retried.
    group: '*.services.k8s.aws',
    awaits: ['conditions'],
    alarms: ['ACK.Terminal', 'ACK.Recoverable', 'ACK.Terminal', 'ACK.ReferencesResolutionFailed'],
    verdict: ['ACK.ResourceSynced', 'Ready'],
    unmet: 'Progressing'
  },
  {
    group: 'cluster.x-k8s.io',
    kinds: ['Cluster'],
    awaits: ['phase'],
    judge: terminalFailure,
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
      const unmet = conditionsOf(object).find((one) => one.status !== 'True')
      return unmet ? progressing(sentence(unmet)) : healthy(clause(what) || 'All conditions are met')
    }
  },
  { group: 'operator.openshift.io', awaits: ['conditions'], ...openshift },
  { group: 'config.openshift.io', ...openshift },
  { group: 'ocs.openshift.io', awaits: ['conditions'], ...openshift },
  { group: 'nmstate.io', awaits: ['conditions'], ...openshift },
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
  },
  {
    group: 'services.cloud.sap.com',
    awaits: ['conditions', 'ready'],
    alarms: ['Failed'],
    judge: (object) => {
      const succeeded = conditionOf(object, 'Succeeded')
      if (succeeded?.status === 'False' && /InProgress$/.test(succeeded.reason)) return progressing(sentence(succeeded))
      return undefined
    },
    verdict: ['Ready', 'Succeeded']
  },
  {
    group: 'snapshot.storage.k8s.io',
    silent: ['VolumeSnapshotClass'],
    awaits: ['*'],
    judge: (object) => {
      const problem = stringAt(object, 'status', 'error', 'message')
      if (problem !== '') return degraded(clause(problem))
      return valueAt(object, 'readyToUse') === true ? healthy('Ready to use') : progressing('Not ready to use yet')
    }
  },
  {
    group: 'trident.netapp.io',
    kinds: ['TridentBackendConfig'],
    awaits: ['phase', 'lastOperationStatus'],
    judge: (object) => {
      const result = stringAt(object, 'status', 'lastOperationStatus')
      if (result === 'Failed') return degraded(explanationOf(object) || 'The last operation failed')
      const phase = stringAt(object, 'status', 'phase')
      if (phase === 'Bound' && result === 'Success') return healthy(explanationOf(object) || 'Bound')
      return phase === 'Lost' || phase === 'Failed'
        ? degraded(`The backend is ${phase}`)
        : progressing(`It is ${phase}`)
    }
  },
  {
    group: 'astra.netapp.io',
    awaits: ['state', 'conditions'],
    word: {
      field: 'state',
      healthy: ['Completed', 'Available', 'Enabled', 'ready'],
      progressing: ['Running', 'Pending', 'Creating'],
      degraded: ['Failed', 'Error'],
      onlyBad: false
    },
    verdict: ['Ready', 'Completed'],
    unmet: 'Degraded'
  },
  {
    group: 'apigee.cloud.google.com',
    awaits: ['state'],
    word: {
      field: 'state',
      healthy: ['running'],
      progressing: ['creating', 'updating', 'releasing', 'deleting'],
      degraded: ['failed', 'error'],
      other: 'Progressing'
    }
  },
  { group: 'apps.3scale.net', awaits: ['conditions'], verdict: ['Available'], unmet: 'Degraded' },
  {
    group: 'capabilities.3scale.net',
    awaits: ['conditions'],
    alarms: ['Failed', 'Invalid', 'Orphan'],
    verdict: ['Synced', 'Ready']
  }
]

/** Cluster API's terminal problem: the object will not reach its declared state (contract: failureReason, failureMessage). */
function terminalFailure(object: JsonObject): Health | undefined {
  const message = stringAt(object, 'status', 'failureMessage') || stringAt(object, 'status', 'failureReason')
  if (message !== '') return degraded(clause(message))
  if (stringAt(object, 'status', 'phase') !== 'Failed') return undefined
  const ready = conditionOf(object, 'Ready')
  return degraded(ready ? sentence(ready) : 'It failed')
}
