import { asList, asString } from '../../../../../json.ts'
import { clause, conditionOf, conditionsOf, degraded, healthy, progressing, stringAt, suspended } from '../../status.ts'
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
    'ImageConfig',
    'StoreConfig',
    'ProviderConfigUsage',
    'ClusterProviderConfigUsage'
  ],
  pausedBy: { 'crossplane.io/paused': 'true' },
  judge: (object) => {
    // A ProviderConfig has a status only once something uses it.
    if (/ProviderConfig$/.test(asString(object['kind']) ?? '')) return healthy('Accepted')
    const conditions = conditionsOf(object)
    const failed = conditions.find(
      (one) => (one.type === 'Synced' || one.type === 'LastAsyncOperation') && one.status === 'False'
    )
    if (failed?.reason === 'ReconcilePaused') return suspended(sentence(failed))
    if (failed) return degraded(sentence(failed))
    const installed = conditions.find((one) => one.type === 'Installed')
    if (installed?.status === 'False')
      return ['UnpackingPackage', 'AwaitingVerification'].includes(installed.reason)
        ? progressing(sentence(installed))
        : degraded(sentence(installed))
    const verdict = conditions.find((one) =>
      ['Ready', 'Healthy', 'Offered', 'Established', 'ValidPipeline', 'RevisionHealthy'].includes(one.type)
    )
    if (verdict?.status === 'True') return healthy(sentence(verdict))
    if (verdict?.type === 'Healthy' && verdict.status === 'False' && verdict.reason !== 'UnknownPackageRevisionHealth')
      return degraded(sentence(verdict))
    return progressing(verdict ? sentence(verdict) : 'It is being provisioned')
  }
}

/** Clouds, their services and storage as custom resources. */
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
    alarms: ['ACK.Terminal', 'ACK.Recoverable'],
    verdict: ['ACK.ResourceSynced', 'Ready'],
    unmet: 'Progressing'
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
  { group: 'astra.netapp.io', kinds: ['Schedule'], enabledBy: 'enabled', judge: () => healthy('Scheduled') },
  {
    group: 'astra.netapp.io',
    enabledBy: 'enabled',
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
