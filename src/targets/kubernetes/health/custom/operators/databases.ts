import { asList, at, type JsonObject } from '../../../../../json.ts'
import {
  annotationOf,
  conditionOf,
  degraded,
  healthy,
  integerAt,
  progressing,
  share,
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
    const sets = asList(at(object, 'spec', 'nodeSets')) ?? []
    const declared = sets.reduce<number>((sum, set) => sum + integerAt(set, 0, 'count'), 0)
    const available = integerAt(object, declared, 'status', 'availableNodes')
    if (available < declared) return progressing(`${share(available, declared, 'node')} available`)
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

/** Ready is the verdict; NotReady is what Strimzi writes instead while it is not, with the reason Creating at first. */
const strimzi: Omit<OperatorRule, 'group'> = {
  awaits: ['conditions'],
  judge: (object) => {
    const bad = conditionOf(object, 'NotReady')
    if (bad?.status !== 'True') return undefined
    return bad.reason === 'Creating' ? progressing(sentence(bad)) : degraded(sentence(bad))
  },
  pauses: ['ReconciliationPaused'],
  verdict: ['Ready'],
  unmet: 'Degraded',
  working: ['Creating']
}

/** Messaging topology: an object that the broker refused says FailedCreateOrUpdate. */
const rabbitTopology: Omit<OperatorRule, 'group'> = { awaits: ['?Ready'], verdict: ['Ready'], unmet: 'Degraded' }

/** Databases, search, message brokers. */
export const DATABASE_RULES: readonly OperatorRule[] = [
  {
    // Phases of CloudNativePG (cloudnative-pg/api/v1, cluster_types.go).
    group: 'postgresql.cnpg.io',
    kinds: ['Cluster'],
    awaits: ['phase', 'conditions'],
    // The second is what its documentation says (Labels and annotations).
    pausedBy: { 'cnpg.io/reconciliation': 'disabled', 'cnpg.io/reconciliationLoop': 'disabled' },
    judge: (object) => {
      const hibernation = conditionOf(object, 'cnpg.io/hibernation')
      if (hibernation)
        return hibernation.status === 'True' ? suspended(sentence(hibernation)) : progressing(sentence(hibernation))
      return annotationOf(object, 'cnpg.io/hibernation') === 'on' ? suspended('The cluster is hibernated') : undefined
    },
    word: {
      field: 'phase',
      healthy: ['Cluster in healthy state'],
      suspended: ['Waiting for user action', 'Cluster upgrade delayed', 'Waiting for user to restart the cluster'],
      degraded: [
        'Failing over',
        'Cluster has incomplete or invalid image catalog',
        'Cluster is unrecoverable and needs manual intervention',
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
  { group: 'rabbitmq.com', ...rabbitTopology }
]

function availableAll(object: JsonObject): boolean {
  const expected = integerAt(object, 0, 'status', 'expectedNodes')
  return expected > 0 && integerAt(object, 0, 'status', 'availableNodes') >= expected
}
