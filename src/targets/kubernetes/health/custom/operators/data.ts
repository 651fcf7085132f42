import { asObject, at } from '../../../../../json.ts'
import {
  conditionOf,
  conditionsOf,
  degraded,
  healthy,
  integerAt,
  progressing,
  share,
  stringAt,
  suspended
} from '../../status.ts'
import { sentence } from '../generic.ts'
import { explanationOf, type OperatorRule, valueAt } from './rule.ts'

/** Data processing, machine learning, storage, observability, backups. */
export const DATA_RULES: readonly OperatorRule[] = [
  {
    group: 'sparkoperator.k8s.io',
    kinds: ['SparkApplication'],
    awaits: ['applicationState.state'],
    judge: (object) => {
      const isDynamic = Object.entries(asObject(at(object, 'spec', 'sparkConf')) ?? {}).some(
        ([key, value]) => /dynamicAllocation\.enabled$/.test(key) && value === 'true'
      )
      const wanted = integerAt(object, 0, 'spec', 'executor', 'instances')
      const states = Object.values(asObject(valueAt(object, 'executorState')) ?? {})
      const running = states.filter((state) => state === 'RUNNING').length
      if (valueAt(object, 'applicationState.state') !== 'RUNNING' || isDynamic) return undefined
      if (at(object, 'spec', 'dynamicAllocation', 'enabled') === true || running >= wanted) return undefined
      return progressing(`${share(running, wanted, 'executor')} running`)
    },
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
      const lifecycle = stringAt(object, 'status', 'lifecycleState')
      if (deployment === 'ERROR' || job === 'FAILED' || lifecycle === 'FAILED')
        return degraded(problem || `The job is ${job || 'failed'}`)
      if (lifecycle === 'ROLLED_BACK') return degraded(problem || 'It was rolled back to the last stable specification')
      if (lifecycle === 'ROLLING_BACK') return progressing('It is rolled back to the last stable specification')
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
    group: 'jaegertracing.io',
    kinds: ['Jaeger'],
    awaits: ['phase'],
    word: { field: 'phase', healthy: ['Running'], degraded: ['Failed'], other: 'Progressing' }
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
