import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { meaningOf, toneOf } from '../../../../src/targets/kubernetes/health/custom/words.ts'
import { assessHealth } from '../../../../src/targets/kubernetes/health/index.ts'

function object(type: string, fields: JsonObject = {}, annotations: JsonObject = {}): KubernetesObject {
  const [apiVersion = '', kind = ''] = type.split(' ')
  return { apiVersion, kind, metadata: { name: 'one', namespace: 'shop', generation: 3, annotations }, ...fields }
}

const condition = (type: string, status: string, reason = '', message = ''): JsonObject => ({
  type,
  status,
  reason,
  message
})
const withConditions = (...list: JsonObject[]): JsonObject => ({ status: { conditions: list } })

describe('the words of controllers', () => {
  it.each([
    ['Running', 'Healthy'],
    ['COMPLETED', 'Healthy'],
    ['Cluster in healthy state', 'Healthy'],
    ['In Sync', 'Healthy'],
    ['Provisioning', 'Progressing'],
    ['ClusterRollingUpgrading', 'Progressing'],
    ['DEPLOYED_NOT_READY', 'Progressing'],
    ['Setting up primary', 'Progressing'],
    ['pending', 'Progressing'],
    ['CreateFailed', 'Degraded'],
    ['Failing over', 'Degraded'],
    ['StatefulSet not controlled by operator', 'Degraded'],
    ['Pool Decommissioning Not Allowed', 'Degraded'],
    ['Error', 'Degraded'],
    ['Paused', 'Suspended'],
    ['Hibernated', 'Suspended'],
    ['Unknown', 'Unknown'],
    ['NotFound', 'Missing'],
    ['Flux capacitor', undefined],
    ['', undefined]
  ])('the phase "%s" means %s', (phase, meaning) => {
    expect(meaningOf(phase)).toBe(meaning)
  })

  it.each([
    ['CreateFailed', '', 'failure'],
    ['ReconcileError', '', 'failure'],
    ['InvalidConfiguration', '', 'failure'],
    ['NoControllerFound', '', 'failure'],
    ['Creating', '', 'waiting'],
    ['ProvisioningFailed', '', 'failure'],
    ['', 'Issuing certificate as Secret does not exist', 'waiting'],
    ['DependencyNotReady', '', 'waiting'],
    ['ReconcilePaused', '', 'paused'],
    // The reason is a word of the API; the message counts only where it says nothing.
    ['Provisioning', 'the last attempt failed', 'waiting'],
    ['Applying', 'Error: syntax error at "xcreate"', 'failure'],
    ['', 'could not reach the database', 'failure'],
    ['', 'waiting for the load balancer', 'waiting'],
    ['Whatever', 'something else', undefined]
  ])('the reason "%s" with the message "%s" tells of %s', (reason, message, tone) => {
    expect(toneOf(reason, message)).toBe(tone)
  })
})

describe('a custom resource of any vendor', () => {
  const widget = 'example.test/v1 Widget'
  it.each<[string, string, RegExp, JsonObject]>([
    ['without a status', 'Healthy', /no status/, {}],
    ['that is ready', 'Healthy', /Ready: all fine/, withConditions(condition('Ready', 'True', 'Ok', 'all fine.'))],
    [
      'that is not ready yet',
      'Progressing',
      /Not Ready \(Creating\)/,
      withConditions(condition('Ready', 'False', 'Creating', 'x'))
    ],
    [
      'whose readiness has failed',
      'Degraded',
      /Not Ready \(CreateFailed\): quota/,
      withConditions(condition('Ready', 'False', 'CreateFailed', 'quota'))
    ],
    [
      'whose readiness is unknown',
      'Progressing',
      /Ready is Unknown/,
      withConditions(condition('Ready', 'Unknown', 'CreateFailed'))
    ],
    ['not ready without any reason', 'Progressing', /Not Ready/, withConditions(condition('Ready', 'False'))],
    ['with a boolean for a status', 'Healthy', /Ready/, { status: { conditions: [{ type: 'Ready', status: true }] } }],
    ['that has failed', 'Degraded', /Failed: disk/, withConditions(condition('Failed', 'True', '', 'disk'))],
    ['that has not failed', 'Healthy', /./, withConditions(condition('Failed', 'False'))],
    [
      'with a failure of its past, yet ready',
      'Healthy',
      /Ready/,
      withConditions(condition('FetchFailed', 'True'), condition('Ready', 'True'))
    ],
    ['that is stalled', 'Degraded', /Stalled/, withConditions(condition('Stalled', 'True', 'NoQuota'))],
    [
      'that is being reconciled',
      'Progressing',
      /Reconciling/,
      withConditions(condition('Reconciling', 'True', 'Busy'))
    ],
    [
      'with an unseen generation',
      'Progressing',
      /latest change/,
      { status: { observedGeneration: 2, conditions: [condition('Ready', 'True')] } }
    ],
    ['with an unseen generation as text', 'Progressing', /latest change/, { status: { observedGeneration: '2' } }],
    ['with a hash for a generation', 'Healthy', /./, { status: { observedGeneration: '6b566f47b7' } }],
    [
      'with a condition of an unseen generation',
      'Progressing',
      /latest change/,
      { status: { conditions: [{ ...condition('Ready', 'True'), observedGeneration: 2 }] } }
    ],
    [
      'in a failed phase',
      'Degraded',
      /Phase is Failed: out of memory/,
      { status: { phase: 'Failed', message: 'out of memory' } }
    ],
    ['in a phase under way', 'Progressing', /Phase is Provisioning/, { status: { phase: 'Provisioning' } }],
    [
      'in an old-style phase, yet ready',
      'Healthy',
      /Ready/,
      { status: { phase: 'Scaling', conditions: [condition('Ready', 'True')] } }
    ],
    [
      'in a failed phase, yet ready',
      'Degraded',
      /Failed/,
      { status: { phase: 'Failed', conditions: [condition('Ready', 'True')] } }
    ],
    ['in a phase nobody knows', 'Healthy', /./, { status: { phase: 'Zorb' } }],
    ['with a health of its own', 'Degraded', /Health is Unhealthy/, { status: { health: { status: 'Unhealthy' } } }],
    ['that says it is not ready', 'Progressing', /not ready/, { status: { ready: false } }],
    ['with a failure message', 'Degraded', /machine is gone/, { status: { failureMessage: 'machine is gone' } }],
    [
      'with too few replicas',
      'Progressing',
      /1 of 3 replicas ready/,
      { spec: { replicas: 3 }, status: { readyReplicas: 1 } }
    ],
    [
      'that is suspended',
      'Suspended',
      /spec.suspend is true/,
      { spec: { suspend: true }, ...withConditions(condition('Ready', 'False', 'CreateFailed')) }
    ],
    [
      'whose synchronization is paused',
      'Suspended',
      /ReconcilePaused/,
      withConditions(condition('Ready', 'True'), condition('Synced', 'False', 'ReconcilePaused'))
    ],
    [
      'whose synchronization fails, ready as before',
      'Degraded',
      /ReconcileError/,
      withConditions(condition('Ready', 'True'), condition('Synced', 'False', 'ReconcileError'))
    ],
    [
      'with conditions of its own',
      'Degraded',
      /Not RemoteSynced/,
      withConditions(condition('Deployed', 'True'), condition('RemoteSynced', 'False', 'CreationFailed'))
    ],
    [
      'whose failed condition is of the severity Error',
      'Degraded',
      /thumbprint/,
      withConditions({ ...condition('Ready', 'False', 'Unmatched', 'the thumbprint differs'), severity: 'Error' })
    ],
    [
      'not ready without a reason, which another condition gives',
      'Degraded',
      /Not Ready: Not Running \(Error\): cannot connect/,
      withConditions(condition('Ready', 'False'), condition('Running', 'False', 'Error', 'cannot connect'))
    ],
    [
      'not ready without a reason while a part of it starts',
      'Progressing',
      /Not Ready/,
      withConditions(condition('Ready', 'False'), condition('Running', 'False', 'ContainerCreating'))
    ],
    [
      'whose failed condition is of the severity Warning',
      'Progressing',
      /Conflict/,
      withConditions({ ...condition('Ready', 'False', 'Conflict', 'it is tried again'), severity: 'Warning' })
    ],
    [
      'that is not ready because it is paused',
      'Suspended',
      /ReconciliationPaused/,
      withConditions(condition('Ready', 'False'), condition('ReconciliationPaused', 'True'))
    ],
    [
      'that is paused and has failed',
      'Degraded',
      /CreateFailed/,
      withConditions(condition('Ready', 'False', 'CreateFailed'), condition('Suspended', 'True'))
    ],
    [
      'that is not paused',
      'Healthy',
      /Ready/,
      withConditions(condition('Ready', 'True'), condition('Paused', 'False'))
    ],
    [
      'whose work has ended in an error',
      'Degraded',
      /Not Synchronizing \(Error\): no secret/,
      withConditions(condition('Synchronizing', 'False', 'Error', 'no secret'))
    ],
    ['that waits for its next work', 'Healthy', /./, withConditions(condition('Synchronizing', 'False', 'Scheduled'))],
    [
      'that is not active because of a failure',
      'Degraded',
      /FlavorNotFound/,
      withConditions(condition('Active', 'False', 'FlavorNotFound', 'it refers to a missing flavor'))
    ],
    ['at a stage', 'Degraded', /Stage is error/, { status: { stage: 'error' } }],
    ['with a failed part', 'Degraded', /DomainStatus is CreateFailed/, { status: { domainStatus: 'CreateFailed' } }],
    [
      'with a part that failed at another time',
      'Healthy',
      /no status/,
      { status: { lastBackupStatus: 'Failed', desiredState: 'Stopped' } }
    ],
    [
      'with a failed part, yet ready',
      'Healthy',
      /Ready/,
      { status: { backupStatus: 'Failed', conditions: [condition('Ready', 'True')] } }
    ],
    [
      'with one entry for each part',
      'Progressing',
      /ComponentStatus.pilot is UPDATING/,
      { status: { componentStatus: { base: { status: 'HEALTHY' }, pilot: { status: 'UPDATING' } } } }
    ],
    [
      'with replicas that are ready but old',
      'Progressing',
      /1 of 3 replicas updated/,
      { spec: { replicas: 3 }, status: { readyReplicas: 3, updatedReplicas: 1 } }
    ],
    [
      'with fewer ready replicas than there are',
      'Progressing',
      /0 of 1 replicas ready/,
      { status: { readyReplicas: 0, replicas: 1 } }
    ],
    [
      'that one parent judged before its latest change and another after it',
      'Healthy',
      /other: Accepted/,
      {
        status: {
          parents: [
            { parentRef: { name: 'gone' }, conditions: [{ ...condition('Accepted', 'False'), observedGeneration: 2 }] },
            { parentRef: { name: 'other' }, conditions: [{ ...condition('Accepted', 'True'), observedGeneration: 3 }] }
          ]
        }
      }
    ],
    [
      'that its only parent judged before its latest change',
      'Progressing',
      /gateway has not judged the latest change/,
      {
        status: {
          parents: [
            {
              parentRef: { name: 'gateway' },
              conditions: [{ ...condition('Accepted', 'True'), observedGeneration: 2 }]
            }
          ]
        }
      }
    ],
    [
      'that a parent has not judged',
      'Progressing',
      /gateway has not judged/,
      { status: { parents: [{ parentRef: { name: 'gateway' }, conditions: [] }] } }
    ],
    [
      'that an ancestor refuses',
      'Degraded',
      /gateway: Not Accepted \(Invalid\)/,
      {
        status: {
          ancestors: [
            { ancestorRef: { name: 'gateway' }, conditions: [condition('Accepted', 'False', 'Invalid', 'x')] }
          ]
        }
      }
    ]
  ])('%s is %s', (_what, status, message, fields) => {
    const health = assessHealth(object(widget, fields))
    expect(health?.message).toMatch(message)
    expect(health?.status).toBe(status)
  })
})

describe('what is known of operators', () => {
  const issuing = withConditions(
    condition('Ready', 'False', 'DoesNotExist', 'Issuing'),
    condition('Issuing', 'True', '', 'Issuing')
  )
  it.each<[string, string, JsonObject, JsonObject?]>([
    ['cert-manager.io/v1 Certificate', 'Progressing', {}],
    ['cert-manager.io/v1 Certificate', 'Progressing', issuing],
    ['cert-manager.io/v1 Certificate', 'Degraded', withConditions(condition('Ready', 'False', 'Expired'))],
    [
      'cert-manager.io/v1 ClusterIssuer',
      'Degraded',
      withConditions(condition('Ready', 'False', 'ErrRegisterACMEAccount'))
    ],
    ['acme.cert-manager.io/v1 Order', 'Progressing', { status: { state: 'ready' } }],
    ['acme.cert-manager.io/v1 Order', 'Degraded', { status: { state: 'invalid' } }],
    [
      'kustomize.toolkit.fluxcd.io/v1 Kustomization',
      'Degraded',
      withConditions(
        condition('Ready', 'False', 'BuildFailed'),
        condition('Reconciling', 'True', 'ProgressingWithRetry')
      )
    ],
    [
      'kustomize.toolkit.fluxcd.io/v1 Kustomization',
      'Progressing',
      withConditions(condition('Ready', 'False', 'DependencyNotReady'))
    ],
    ['kustomize.toolkit.fluxcd.io/v1 Kustomization', 'Suspended', { spec: { suspend: true } }],
    ['source.toolkit.fluxcd.io/v1 HelmRepository', 'Healthy', { spec: { type: 'oci' } }],
    ['source.toolkit.fluxcd.io/v1 HelmRepository', 'Progressing', {}],
    [
      's3.aws.crossplane.io/v1 Bucket',
      'Progressing',
      withConditions(condition('Synced', 'True'), condition('Ready', 'False', 'Creating'))
    ],
    [
      's3.aws.crossplane.io/v1 Bucket',
      'Degraded',
      withConditions(condition('Synced', 'False', 'ReconcileError'), condition('Ready', 'True'))
    ],
    [
      's3.aws.crossplane.io/v1 Bucket',
      'Suspended',
      withConditions(condition('Ready', 'True')),
      { 'crossplane.io/paused': 'true' }
    ],
    ['apiextensions.crossplane.io/v1 Composition', 'Healthy', {}],
    [
      's3.services.k8s.aws/v1alpha1 Bucket',
      'Degraded',
      withConditions(condition('ACK.Terminal', 'True'), condition('ACK.ResourceSynced', 'False'))
    ],
    ['argoproj.io/v1alpha1 Rollout', 'Suspended', { status: { phase: 'Paused', message: 'CanaryPauseStep' } }],
    ['argoproj.io/v1alpha1 Rollout', 'Progressing', { status: { phase: 'Healthy', observedGeneration: '2' } }],
    ['argoproj.io/v1alpha1 Rollout', 'Healthy', { status: { phase: 'Healthy', observedGeneration: '3' } }],
    ['argoproj.io/v1alpha1 Workflow', 'Progressing', { status: { phase: 'Running' } }],
    ['argoproj.io/v1alpha1 Application', 'Degraded', { status: { health: { status: 'Degraded' } } }],
    ['gateway.networking.k8s.io/v1 HTTPRoute', 'Progressing', {}],
    ['gateway.networking.k8s.io/v1 Gateway', 'Degraded', withConditions(condition('Accepted', 'False', 'Pending'))],
    [
      'gateway.solo.io/v1 VirtualService',
      'Degraded',
      { status: { statuses: { gloo: { state: 'Accepted' }, other: { state: 2, reason: 'bad route' } } } }
    ],
    ['gateway.solo.io/v1 VirtualService', 'Progressing', { status: { state: 0 } }],
    [
      'keda.sh/v1alpha1 ScaledObject',
      'Suspended',
      withConditions(condition('Ready', 'True'), condition('Paused', 'True'))
    ],
    [
      'keda.sh/v1alpha1 ScaledObject',
      'Degraded',
      withConditions(condition('Ready', 'True'), condition('Fallback', 'True'))
    ],
    ['postgresql.cnpg.io/v1 Cluster', 'Progressing', { status: { phase: 'Setting up primary' } }],
    [
      'postgresql.cnpg.io/v1 Cluster',
      'Suspended',
      { status: { phase: 'Cluster in healthy state' } },
      { 'cnpg.io/hibernation': 'on' }
    ],
    ['acid.zalan.do/v1 postgresql', 'Degraded', { status: { PostgresClusterStatus: 'SyncFailed' } }],
    ['elasticsearch.k8s.elastic.co/v1 Elasticsearch', 'Progressing', { status: { phase: 'Ready', health: 'yellow' } }],
    [
      'elasticsearch.k8s.elastic.co/v1 Elasticsearch',
      'Progressing',
      {
        spec: { nodeSets: [{ count: 3 }, { count: 2 }] },
        status: { phase: 'Ready', health: 'green', availableNodes: 3 }
      }
    ],
    ['rollouts.kruise.io/v1beta1 Rollout', 'Healthy', { spec: { disabled: true }, status: { phase: 'Disabled' } }],
    ['rollouts.kruise.io/v1beta1 Rollout', 'Degraded', { status: { phase: 'Disabled' } }],
    ['kafka.strimzi.io/v1beta2 Kafka', 'Suspended', withConditions(condition('ReconciliationPaused', 'True'))],
    [
      'rabbitmq.com/v1beta1 RabbitmqCluster',
      'Degraded',
      withConditions(condition('ReconcileSuccess', 'False', 'Error'))
    ],
    ['rabbitmq.com/v1beta1 Queue', 'Degraded', withConditions(condition('Ready', 'False', 'FailedCreateOrUpdate'))],
    ['flagger.app/v1beta1 Canary', 'Suspended', { status: { phase: 'WaitingPromotion' } }],
    ['serving.knative.dev/v1 Service', 'Progressing', withConditions(condition('Ready', 'Unknown', 'RevisionMissing'))],
    ['serving.knative.dev/v1 Service', 'Degraded', withConditions(condition('Ready', 'False', 'RevisionFailed'))],
    [
      'kubevirt.io/v1 VirtualMachine',
      'Suspended',
      { spec: { running: false }, ...withConditions(condition('Ready', 'False')) }
    ],
    ['cluster.x-k8s.io/v1beta1 Machine', 'Progressing', { status: { phase: 'Provisioned' } }],
    ['cluster.x-k8s.io/v1beta1 Machine', 'Degraded', { status: { phase: 'Running', failureMessage: 'gone' } }],
    [
      'operators.coreos.com/v1alpha1 Subscription',
      'Healthy',
      { status: { installedCSV: 'a.v1', conditions: [condition('InstallPlanPending', 'True', 'RequiresApproval')] } }
    ],
    [
      'operators.coreos.com/v1alpha1 Subscription',
      'Progressing',
      withConditions(condition('InstallPlanPending', 'True', 'RequiresApproval'))
    ],
    [
      'config.openshift.io/v1 ClusterOperator',
      'Degraded',
      withConditions(condition('Available', 'True'), condition('Degraded', 'True'))
    ],
    [
      'monitoring.coreos.com/v1 Prometheus',
      'Degraded',
      withConditions(condition('Available', 'Degraded', 'SomePodsNotReady'))
    ],
    ['monitoring.coreos.com/v1 PrometheusRule', 'Healthy', {}],
    [
      'numaplane.numaproj.io/v1alpha1 MonoVertexRollout',
      'Degraded',
      {
        status: {
          phase: 'Deployed',
          conditions: [
            condition('ChildResourcesHealthy', 'True', 'Successful'),
            condition('ProgressiveUpgradeSucceeded', 'False', 'Failed')
          ]
        }
      }
    ],
    ['policy.open-cluster-management.io/v1 Policy', 'Healthy', { spec: { disabled: true } }],
    [
      'policy.open-cluster-management.io/v1 Policy',
      'Healthy',
      { status: { placement: [{ placementBinding: 'a', placementRule: 'b' }] } }
    ],
    [
      'policy.open-cluster-management.io/v1 Policy',
      'Progressing',
      { status: { placement: [{ placementBinding: 'a' }], status: [{ clustername: 'one' }] } }
    ],
    [
      'gateway.networking.k8s.io/v1 HTTPRoute',
      'Degraded',
      {
        status: {
          parents: [
            {
              parentRef: { name: 'a' },
              conditions: [condition('Accepted', 'True'), condition('Reconciled', 'False', 'ReconciliationFailed')]
            }
          ]
        }
      }
    ],
    [
      'gateway.networking.k8s.io/v1 Gateway',
      'Degraded',
      {
        status: {
          conditions: [condition('Accepted', 'True'), condition('Programmed', 'True')],
          listeners: [{ name: 'http', conditions: [condition('Accepted', 'False', 'PortUnavailable')] }]
        }
      }
    ],
    ['microgateway.airlock.com/v1alpha1 RateLimitPolicy', 'Progressing', {}],
    ['microgateway.airlock.com/v1alpha1 DenyRules', 'Healthy', { status: { ancestors: [{ ancestorRef: {} }] } }],
    [
      'cluster.x-k8s.io/v1beta1 Cluster',
      'Degraded',
      {
        status: {
          phase: 'Provisioning',
          conditions: [{ ...condition('Ready', 'False', 'ProvisioningStopped', 'quota'), severity: 'Error' }]
        }
      }
    ],
    [
      'cluster.x-k8s.io/v1beta1 Cluster',
      'Progressing',
      {
        status: {
          phase: 'Provisioning',
          conditions: [{ ...condition('Ready', 'False', 'WaitingForInfrastructure'), severity: 'Info' }]
        }
      }
    ],
    [
      'cluster.x-k8s.io/v1beta2 Cluster',
      'Progressing',
      {
        status: {
          phase: 'Provisioned',
          conditions: [condition('Available', 'True'), condition('RollingOut', 'True', 'RollingOut', '2 replicas')]
        }
      }
    ],
    [
      'cluster.x-k8s.io/v1beta1 Cluster',
      'Progressing',
      {
        status: {
          phase: 'Provisioned',
          conditions: [
            condition('Ready', 'True'),
            condition('TopologyReconciled', 'False', 'MachineDeploymentsUpgradePending')
          ]
        }
      }
    ],
    [
      'cluster.x-k8s.io/v1beta1 MachineHealthCheck',
      'Degraded',
      { status: { currentHealthy: 1, expectedMachines: 3, conditions: [condition('RemediationAllowed', 'True')] } }
    ],
    [
      'nmstate.io/v1 NodeNetworkConfigurationPolicy',
      'Suspended',
      withConditions(condition('Available', 'False', 'NoMatchingNode'), condition('Ignored', 'True', 'NoMatchingNode'))
    ],
    [
      'ocs.openshift.io/v1 StorageCluster',
      'Progressing',
      withConditions(condition('Progressing', 'False', '', 'it is progressing'))
    ],
    [
      'operator.openshift.io/v1 IngressController',
      'Progressing',
      withConditions(condition('Available', 'True'), condition('DeploymentReplicasAllAvailable', 'False'))
    ],
    ['operator.openshift.io/v1 IngressController', 'Progressing', withConditions(condition('Admitted', 'True'))],
    [
      'machineconfiguration.openshift.io/v1 MachineConfigPool',
      'Healthy',
      withConditions(condition('Updated', 'True'), condition('Updating', 'False'), condition('Degraded', 'False'))
    ],
    [
      'machineconfiguration.openshift.io/v1 MachineConfigPool',
      'Progressing',
      withConditions(condition('Updated', 'False'), condition('Updating', 'True'), condition('Degraded', 'False'))
    ],
    ['astra.netapp.io/v1 ExecHook', 'Suspended', { spec: { enabled: false } }],
    ['astra.netapp.io/v1 Schedule', 'Healthy', {}],
    ['kyverno.io/v1 ClusterPolicy', 'Progressing', {}],
    ['kyverno.io/v1 ClusterPolicy', 'Degraded', withConditions(condition('Ready', 'False', 'Failed', 'not ready'))],
    ['kyverno.io/v2 PolicyException', 'Healthy', {}],
    ['jaegertracing.io/v1 Jaeger', 'Progressing', { status: {} }],
    ['flink.apache.org/v1beta1 FlinkDeployment', 'Degraded', { status: { lifecycleState: 'ROLLED_BACK' } }],
    ['keda.sh/v1alpha1 ScaledJob', 'Degraded', withConditions(condition('Ready', 'Unknown', 'PartialTriggerError'))],
    [
      'postgresql.cnpg.io/v1 Cluster',
      'Suspended',
      { status: { phase: 'Cluster in healthy state' } },
      { 'cnpg.io/reconciliationLoop': 'disabled' }
    ],
    [
      'pkg.crossplane.io/v1 Provider',
      'Degraded',
      withConditions(condition('Healthy', 'True'), condition('Installed', 'False', 'InvalidPackage'))
    ],
    [
      'pkg.crossplane.io/v1 Provider',
      'Progressing',
      withConditions(condition('Installed', 'False', 'UnpackingPackage'))
    ],
    ['velero.io/v1 Backup', 'Degraded', { status: { phase: 'PartiallyFailed' } }],
    ['snapshot.storage.k8s.io/v1 VolumeSnapshot', 'Degraded', { status: { error: { message: 'no space' } } }],
    [
      'work.karmada.io/v1alpha2 ResourceBinding',
      'Progressing',
      {
        spec: { clusters: [{ name: 'a' }, { name: 'b' }] },
        status: { aggregatedStatus: [{ clusterName: 'a', applied: true, health: 'Healthy' }] }
      }
    ]
  ])('a %s is %s', (type, status, fields, annotations = {}) => {
    expect(assessHealth(object(type, fields, annotations))?.status).toBe(status)
  })

  it('can be left aside', () => {
    const certificate = object('cert-manager.io/v1 Certificate')
    expect(assessHealth(certificate, { operators: false })?.status).toBe('Healthy')
  })
})
