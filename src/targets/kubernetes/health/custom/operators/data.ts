import { at, type JsonObject } from '../../../../../json.ts'
import {
  conditionOf,
  conditionsOf,
  degraded,
  healthy,
  integerAt,
  progressing,
  stringAt,
  suspended,
  unknown
} from '../../status.ts'
import { sentence } from '../generic.ts'
import { explanationOf, type OperatorRule, valueAt } from './rule.ts'

/** Elastic's traffic light; single-node clusters stay yellow, which is why a set phase of Ready says more. */
const elastic: Omit<OperatorRule, 'group'> = {
  awaits: ['health', 'phase'],
  judge: (object) => {
    const phase = stringAt(object, 'status', 'phase')
    if (phase === 'Invalid') return degraded(explanationOf(object) || 'The specification is invalid')
    if (phase !== '' && phase !== 'Ready') return progressing(`phase is ${phase}`)
    const light = stringAt(object, 'status', 'health')
    switch (light) {
      case 'green':
        return healthy('health is green')
      case 'yellow':
        return availableAll(object)
          ? healthy('health is yellow, all nodes are available')
          : progressing('health is yellow')
      case 'red':
        return degraded('health is red')
      default:
        return unknown(`health is ${light || 'not reported'}`)
    }
  }
}

/** Percona's operators share their states. */
const percona: Omit<OperatorRule, 'group'> = {
  awaits: ['state'],
  word: {
    field: 'state',
    healthy: ['ready', 'Succeeded'],
    progressing: ['initializing', 'init', 'stopping', 'Starting', 'Running', 'requested', 'rejected', 'waiting'],
    degraded: ['error', 'Failed'],
    suspended: ['paused'],
    unknown: ['unknown']
  }
}

/** Ready is the verdict; NotReady is what older Strimzi versions write beside it. */
const strimzi: Omit<OperatorRule, 'group'> = {
  awaits: ['conditions'],
  alarms: ['NotReady'],
  pauses: ['ReconciliationPaused'],
  verdict: ['Ready'],
  unmet: 'Degraded',
  working: ['Creating']
}

/** Messaging topology: an object that the broker refused says FailedCreateOrUpdate. */
const rabbitTopology: Omit<OperatorRule, 'group'> = { awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' }

/** Databases, brokers, search, data processing, machine learning, observability. */
export const DATA_RULES: readonly OperatorRule[] = [
  {
    // Phases of CloudNativePG (cloudnative-pg/api/v1, cluster_types.go).
    group: 'postgresql.cnpg.io',
    kinds: ['Cluster'],
    awaits: ['phase', 'conditions'],
    pausedBy: ['cnpg.io/hibernation', 'on'],
    word: {
      field: 'phase',
      healthy: ['Cluster in healthy state'],
      suspended: ['Waiting for user action', 'Cluster upgrade delayed', 'Waiting for user to restart the cluster'],
      degraded: [
        'Unable to create required cluster objects',
        'Cluster is in an unrecoverable state, needs manual intervention',
        'Cluster cannot execute instance online upgrade due to missing architecture binary',
        'Cluster cannot proceed to reconciliation due to an unknown plugin being required',
        'Cluster cannot proceed to reconciliation due to an error while interacting with plugins',
        'Not enough disk space',
        'Failed',
        'Upgrading cluster failed'
      ],
      other: 'Progressing'
    }
  },
  {
    group: 'postgresql.cnpg.io',
    kinds: ['Backup'],
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['completed'],
      degraded: ['failed', 'walArchivingFailing'],
      other: 'Progressing'
    }
  },
  {
    group: 'postgresql.cnpg.io',
    kinds: ['Database', 'Publication', 'Subscription'],
    awaits: ['applied'],
    judge: (object) =>
      valueAt(object, 'applied') === true
        ? healthy('Applied')
        : degraded(`Not applied: ${explanationOf(object) || 'no reason is given'}`)
  },
  {
    // postgres-operator.readthedocs.io: states of a manifest.
    group: 'acid.zalan.do',
    kinds: ['postgresql'],
    awaits: ['PostgresClusterStatus'],
    word: {
      field: 'PostgresClusterStatus',
      healthy: ['Running'],
      progressing: ['Creating', 'Updating', 'Terminating'],
      degraded: ['CreateFailed', 'AddFailed', 'UpdateFailed', 'SyncFailed', 'DeleteFailed', 'Invalid'],
      other: 'Progressing'
    }
  },
  { group: 'psmdb.percona.com', ...percona },
  { group: 'pxc.percona.com', ...percona },
  { group: 'ps.percona.com', ...percona },
  { group: 'pgv2.percona.com', ...percona },
  {
    // mariadb-operator: a Backup or SqlJob with a schedule is as good as its last run.
    group: 'k8s.mariadb.com',
    awaits: ['conditions'],
    verdict: ['Ready', 'Complete'],
    working: ['RestoreNotComplete', 'JobNotComplete', 'JobRunning', 'Initializing', 'StatefulSetNotReady'],
    failing: ['JobFailed']
  },
  {
    group: 'mariadb.mmontes.io',
    awaits: ['conditions'],
    verdict: ['Ready', 'Complete'],
    working: ['RestoreNotComplete', 'JobNotComplete', 'JobRunning', 'Initializing'],
    failing: ['JobFailed']
  },
  {
    group: 'mongodbcommunity.mongodb.com',
    awaits: ['phase'],
    word: { field: 'phase', healthy: ['Running'], progressing: ['Pending'], degraded: ['Failed'] }
  },
  {
    // MinIO's operator writes sentences into currentState.
    group: 'minio.min.io',
    kinds: ['Tenant'],
    awaits: ['currentState'],
    judge: (object) => {
      const state = stringAt(object, 'status', 'currentState')
      if (state === 'Initialized') return healthy('Initialized')
      if (/not controlled|already exists|different versions|not allowed|not valid|invalid|cannot|failed/i.test(state))
        return degraded(state)
      return /^(Provisioning|Waiting|Updating|Restarting|Initializing|Decommission)/.test(state)
        ? progressing(state)
        : unknown(state)
    }
  },
  {
    group: 'clickhouse.altinity.com',
    awaits: ['status'],
    word: { field: 'status', healthy: ['Completed'], degraded: ['Aborted', 'Failed'], other: 'Progressing' }
  },
  {
    group: 'clickhouse-keeper.altinity.com',
    awaits: ['status'],
    word: { field: 'status', healthy: ['Completed'], degraded: ['Aborted', 'Failed'], other: 'Progressing' }
  },
  { group: 'zookeeper.pravega.io', awaits: ['replicas'], alarms: ['Error'], verdict: ['PodsReady'] },
  {
    group: 'db.atlasgo.io',
    awaits: ['?Ready'],
    verdict: ['Ready'],
    working: ['Reconciling', 'Pending', 'VerifyingFirstRun', 'ApprovalPending'],
    unmet: 'Degraded'
  },
  ...['elasticsearch', 'kibana', 'apm', 'agent', 'beat', 'logstash', 'enterprisesearch', 'maps'].map((name) => ({
    group: `${name}.k8s.elastic.co`,
    ...elastic
  })),
  { group: 'kafka.strimzi.io', ...strimzi },
  { group: 'core.strimzi.io', ...strimzi },
  {
    group: 'kafka.banzaicloud.io',
    kinds: ['KafkaCluster'],
    awaits: ['state'],
    word: {
      field: 'state',
      healthy: ['ClusterRunning'],
      degraded: ['Failed', 'ClusterFailed'],
      other: 'Progressing'
    }
  },
  {
    group: 'platform.confluent.io',
    awaits: ['phase'],
    word: { field: 'phase', healthy: ['RUNNING', 'CREATED'], degraded: ['ERROR', 'FAILED'], other: 'Progressing' }
  },
  {
    // NoWarnings=False is a word of advice (memory limits), ReconcileSuccess=False a specification that cannot be applied.
    group: 'rabbitmq.com',
    kinds: ['RabbitmqCluster'],
    awaits: ['conditions'],
    judge: (object) => {
      const reconciled = conditionOf(object, 'ReconcileSuccess')
      if (reconciled?.status === 'False') return degraded(sentence(reconciled))
      const available = conditionOf(object, 'ClusterAvailable')
      const replicas = conditionOf(object, 'AllReplicasReady')
      for (const one of [replicas, available]) if (one && one.status !== 'True') return progressing(sentence(one))
      return reconciled?.status === 'True' ? healthy('All replicas are ready') : undefined
    }
  },
  { group: 'rabbitmq.com', ...rabbitTopology },
  {
    group: 'sparkoperator.k8s.io',
    kinds: ['SparkApplication'],
    awaits: ['applicationState.state'],
    word: {
      field: 'applicationState.state',
      healthy: ['RUNNING', 'COMPLETED'],
      progressing: [
        'NEW',
        'SUBMITTED',
        'PENDING_RERUN',
        'PENDING_SUBMISSION',
        'INVALIDATING',
        'SUCCEEDING',
        'RESUMING'
      ],
      degraded: ['FAILED', 'SUBMISSION_FAILED', 'FAILING', 'FAILED_SUBMISSION'],
      suspended: ['SUSPENDED', 'SUSPENDING'],
      unknown: ['UNKNOWN']
    }
  },
  {
    group: 'flink.apache.org',
    kinds: ['FlinkDeployment'],
    awaits: ['jobManagerDeploymentStatus', 'lifecycleState', 'jobStatus'],
    judge: (object) => {
      const deployment = stringAt(object, 'status', 'jobManagerDeploymentStatus')
      const job = stringAt(object, 'status', 'jobStatus', 'state')
      const problem = stringAt(object, 'status', 'error')
      if (deployment === 'ERROR' || job === 'FAILED' || stringAt(object, 'status', 'lifecycleState') === 'FAILED')
        return degraded(problem || `The job is ${job || 'failed'}`)
      if (job === 'SUSPENDED' || stringAt(object, 'spec', 'job', 'state') === 'suspended')
        return suspended('The job is suspended')
      if (job === 'FINISHED') return healthy('The job is finished')
      const isSession = at(object, 'spec', 'job') === undefined
      if (deployment === 'READY' && (job === 'RUNNING' || (isSession && job === '')))
        return healthy(isSession ? 'The session cluster is ready' : 'The job is running')
      return progressing(`The job manager is ${deployment || 'not reported'}, the job ${job || 'not reported'}`)
    }
  },
  {
    group: 'serving.kserve.io',
    awaits: ['conditions', 'modelStatus'],
    judge: (object) => {
      const transition = stringAt(object, 'status', 'modelStatus', 'transitionStatus')
      if (transition === 'BlockedByFailedLoad' || transition === 'InvalidSpec')
        return degraded(`The model is not served: ${transition}`)
      if (transition === 'InProgress') return progressing('The model is being changed')
      const stopped = conditionOf(object, 'Stopped')
      return stopped?.status === 'True' ? suspended(sentence(stopped)) : undefined
    },
    verdict: ['Ready'],
    unmet: 'Degraded'
  },
  {
    group: 'ceph.rook.io',
    kinds: ['CephCluster'],
    awaits: ['phase', 'state', 'ceph'],
    judge: (object) => {
      const health = stringAt(object, 'status', 'ceph', 'health')
      const state = stringAt(object, 'status', 'state')
      if (state === 'Error') return degraded(explanationOf(object) || 'The cluster is in the state Error')
      if (health === 'HEALTH_ERR' || health === 'HEALTH_WARN') return degraded(`Ceph reports ${health}`)
      if (health === 'HEALTH_OK' && (state === 'Created' || state === 'Connected'))
        return healthy('Ceph reports HEALTH_OK')
      return progressing(explanationOf(object) || `The cluster is ${state || 'not reported on yet'}`)
    }
  },
  {
    group: 'ceph.rook.io',
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['Ready', 'Connected'],
      degraded: ['Failure', 'Failed', 'Error', 'ReconcileFailed'],
      other: 'Progressing'
    }
  },
  {
    // grafana-operator v5: per-kind conditions such as DashboardSynchronized, and NoMatchingInstance where nobody takes it.
    group: 'grafana.integreatly.org',
    awaits: ['*'],
    judge: (object) => {
      if (valueAt(object, 'NoMatchingInstances') === true) return degraded('No Grafana instance matches its selector')
      const alarm = conditionsOf(object).find(
        (one) => (/^NoMatching|^Invalid/.test(one.type) || /Failed$/.test(one.type)) && one.status === 'True'
      )
      if (alarm) return degraded(sentence(alarm))
      const unmet = conditionsOf(object).find((one) => /Synchronized$|Ready$/.test(one.type) && one.status === 'False')
      if (unmet) return degraded(sentence(unmet))
      const stage = stringAt(object, 'status', 'stageStatus')
      if (stage === 'failed') return degraded(stringAt(object, 'status', 'lastMessage') || 'The stage failed')
      return stage === 'in progress' ? progressing(`Stage ${stringAt(object, 'status', 'stage')}`) : undefined
    }
  },
  {
    group: 'operator.victoriametrics.com',
    awaits: ['updateStatus', 'status', 'replicas'],
    word: {
      field: 'updateStatus',
      healthy: ['operational'],
      progressing: ['expanding'],
      degraded: ['failed'],
      suspended: ['paused']
    }
  },
  {
    // Its own four-valued conditions: Available may be Degraded (prometheus-operator.dev).
    group: 'monitoring.coreos.com',
    judge: (object) => {
      for (const type of ['Reconciled', 'Available']) {
        const condition = conditionOf(object, type)
        if (!condition || condition.status === 'True') continue
        return condition.status === 'Unknown' ? progressing(sentence(condition)) : degraded(sentence(condition))
      }
      return undefined
    }
  },
  {
    group: 'opentelemetry.io',
    kinds: ['OpenTelemetryCollector'],
    awaits: ['scale', 'version'],
    judge: (object) => {
      const [ready, declared] = stringAt(object, 'status', 'scale', 'statusReplicas').split('/').map(Number)
      if (ready === undefined || declared === undefined) return undefined
      return ready < declared
        ? progressing(`${ready} of ${declared} replicas ready`)
        : healthy('All replicas are ready')
    }
  },
  {
    group: 'datadoghq.com',
    kinds: ['DatadogMetric'],
    awaits: ['conditions'],
    judge: (object) => {
      const problem = conditionOf(object, 'Error')
      if (problem?.status === 'True') return degraded(sentence(problem))
      const active = conditionOf(object, 'Active')
      const valid = conditionOf(object, 'Valid')
      if (active?.status === 'True' && valid?.status !== 'True')
        return degraded(valid ? sentence(valid) : 'It is not valid')
      return healthy(active?.status === 'True' ? 'Valid and in use' : 'Not in use by any autoscaler')
    }
  },
  { group: 'coralogix.com', awaits: ['conditions', 'id'], verdict: ['RemoteSynced', 'Ready'], unmet: 'Degraded' },
  {
    // Ansible operators: Running is True also between two reconciliations, then with the reason Successful.
    group: 'kiali.io',
    kinds: ['Kiali'],
    awaits: ['conditions'],
    judge: (object) => {
      const conditions = conditionsOf(object)
      const failure = conditions.find((one) => one.type === 'Failure' && one.status === 'True')
      if (failure) return degraded(sentence(failure))
      const running = conditions.find((one) => one.type === 'Running' && one.status === 'True')
      const done = conditions.find((one) => one.type === 'Successful' && one.status === 'True')
      if (running?.reason === 'Successful' || done) return healthy('The last reconciliation succeeded')
      return running ? progressing(sentence(running)) : undefined
    }
  },
  {
    group: 'core.humio.com',
    awaits: ['state'],
    word: {
      field: 'state',
      healthy: ['Running', 'Exists', 'Synchronized'],
      progressing: ['Pending', 'Restarting', 'Upgrading'],
      degraded: ['ConfigError', 'Failed', 'PartiallySynchronized'],
      missing: ['NotFound'],
      unknown: ['Unknown'],
      other: 'Progressing'
    }
  },
  {
    group: 'velero.io',
    awaits: ['phase'],
    silent: ['VolumeSnapshotLocation'],
    word: {
      field: 'phase',
      healthy: ['Completed', 'Available', 'Enabled', 'Ready', 'Processed'],
      degraded: ['Failed', 'PartiallyFailed', 'FailedValidation', 'Unavailable', 'NotReady'],
      suspended: ['Paused'],
      other: 'Progressing'
    }
  },
  {
    group: 'autoscaling.k8s.io',
    kinds: ['VerticalPodAutoscaler'],
    alarms: ['ConfigUnsupported', 'ConfigDeprecated'],
    judge: (object) => {
      const given = conditionOf(object, 'RecommendationProvided')
      if (given?.status === 'True') return healthy('A recommendation is provided')
      return given ? progressing(sentence(given)) : undefined
    }
  }
]

function availableAll(object: JsonObject): boolean {
  const expected = integerAt(object, 0, 'status', 'expectedNodes')
  return expected > 0 && integerAt(object, 0, 'status', 'availableNodes') >= expected
}
