import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import { parse } from 'yaml'
import { GitOpsError, messageOf } from '../../../src/errors.ts'
import { asList, asString, at, type Json, type JsonObject } from '../../../src/json.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import type { Api } from '../../platform/api.ts'
import { byHand } from '../../platform/aws/by-hand.ts'
import { ensure } from '../../platform/binaries.ts'
import { startControlPlane } from '../../platform/control-plane.ts'
import { startKwok } from '../../platform/kwok.ts'
import { CLUSTER, type Play } from './play.ts'

/** The Kubernetes API of the cluster that kops made, and its machines as nodes of it. */
export interface Machines {
  /** `https://127.0.0.1:…` */
  readonly server: string
  readonly api: Api
  /** Administrator, by token; its context is `platform`. */
  readonly kubeconfig: string
  kubectl(args: readonly string[]): Promise<string>
  /** A PATH with kubectl first: draining needs it. */
  readonly path: string
  /** Waits until every running instance is a ready node, and no other is there. */
  settled(): Promise<void>
  /** New machines do not join any more, until `false`. */
  strand(stranded: boolean): void
  stop(): Promise<void>
}

/**
 * What boots on the instances of a kops cluster: an API server whose authority is that of the cluster (kops signs itself
 * a certificate with it), and a node for each instance that the emulator has running.
 */
export async function startMachines(play: Play): Promise<Machines> {
  const bin = await ensure(['kube', 'kwok', 'kubectl'])
  const plane = await startControlPlane(bin.kube, play.aws.run, {
    authority: await clusterAuthority(play),
    hosts: [`api.internal.${CLUSTER}`, `api.${CLUSTER}`]
  })
  const kwok = await startKwok(bin.kwok, plane, play.aws.run, [])
  let stranded = false
  let stopped = false
  let problem = ''
  const loop = (async () => {
    while (!stopped) {
      problem = await reconcile(play, plane.api, stranded).then(() => '', messageOf)
      await sleep(300)
    }
  })()
  return {
    server: plane.server,
    api: plane.api,
    kubeconfig: plane.kubeconfig,
    path: `${path.dirname(bin.kubectl)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    kubectl: async (args) =>
      (await exec(bin.kubectl, ['--kubeconfig', plane.kubeconfig, ...args], { env: { HOME: play.aws.run.directory } }))
        .stdout,
    strand: (value) => {
      stranded = value
    },
    async settled() {
      const deadline = Date.now() + 60_000
      while (!(await areSettled(play, plane.api))) {
        if (Date.now() > deadline) throw new GitOpsError(`The machines did not become nodes within 60 s. ${problem}`)
        await sleep(100)
      }
    },
    async stop() {
      stopped = true
      await loop
      await kwok.stop()
      await plane.stop()
    }
  }
}

async function clusterAuthority(play: Play): Promise<{ certificate: string; key: string }> {
  const Key = `${CLUSTER}/pki/private/kubernetes-ca/keyset.yaml`
  const object = await play.s3.send(new GetObjectCommand({ Bucket: 'kops-state', Key }))
  const keyset: Json = parse((await object.Body?.transformToString()) ?? '')
  const [one] = asList(at(keyset, 'spec', 'keys')) ?? []
  const pem = (field: string) => Buffer.from(asString(at(one, field)) ?? '', 'base64').toString('utf8')
  return { certificate: pem('publicMaterial'), key: pem('privateMaterial') }
}

interface Instance {
  readonly id: string
  readonly address: string
  readonly zone: string
  readonly group: string
  readonly isControlPlane: boolean
}

/** Instances that run, asked past the proxy, so that no test counts it. */
async function instances(play: Play): Promise<Instance[]> {
  const text = await byHand({ endpoint: play.aws.upstream }, 'ec2', {
    Action: 'DescribeInstances',
    'Filter.1.Name': 'instance-state-name',
    'Filter.1.Value.1': 'running'
  })
  const [, ...parts] = text.split('<item><architecture>')
  return parts.map((part) => {
    const tag = (name: string) => new RegExp(`<key>${name}</key>\\s*<value>([^<]*)</value>`).exec(part)?.[1] ?? ''
    return {
      id: /<instanceId>([^<]*)/.exec(part)?.[1] ?? '',
      address: /<privateIpAddress>([^<]*)/.exec(part)?.[1] ?? '',
      zone: /<availabilityZone>([^<]*)/.exec(part)?.[1] ?? '',
      group: tag('kops.k8s.io/instancegroup'),
      isControlPlane: part.includes('<key>k8s.io/role/control-plane</key>')
    }
  })
}

/** What kubelet and cloud controller do: a node comes with its machine and goes with it. */
async function reconcile(play: Play, api: Api, stranded: boolean): Promise<void> {
  const [machines, nodes] = await Promise.all([instances(play), names(api, '/api/v1/nodes')])
  const running = new Set(machines.map((one) => one.id))
  for (const name of nodes) {
    if (running.has(name)) continue
    await api.call('DELETE', `/api/v1/nodes/${name}`)
    for (const app of STATIC_PODS) await api.call('DELETE', `${PODS}/${app}-${name}?gracePeriodSeconds=0`)
  }
  if (stranded) return
  for (const machine of machines)
    if (!nodes.includes(machine.id)) await api.need('POST', '/api/v1/nodes', nodeOf(machine))
  // A kubelet keeps its static pods there, whatever became of the first attempt.
  const pods = await names(api, PODS)
  for (const machine of machines)
    for (const app of machine.isControlPlane ? STATIC_PODS : [])
      if (!pods.includes(`${app}-${machine.id}`)) await api.need('POST', PODS, staticPod(app, machine))
}

async function areSettled(play: Play, api: Api): Promise<boolean> {
  const [machines, list] = await Promise.all([instances(play), api.need('GET', '/api/v1/nodes')])
  const nodes = asList(at(list, 'items')) ?? []
  const ready = nodes.filter((node) =>
    (asList(at(node, 'status', 'conditions')) ?? []).some(
      (condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True'
    )
  )
  const joined = ready.map((node) => asString(at(node, 'metadata', 'name')) ?? '')
  return nodes.length === machines.length && machines.every((one) => joined.includes(one.id))
}

async function names(api: Api, collection: string): Promise<string[]> {
  const list = await api.need('GET', collection)
  return (asList(at(list, 'items')) ?? []).map((node) => asString(at(node, 'metadata', 'name')) ?? '')
}

const PODS = '/api/v1/namespaces/kube-system/pods'
const STATIC_PODS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']

function nodeOf(machine: Instance): JsonObject {
  const role = machine.isControlPlane ? 'control-plane' : 'node'
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: machine.id,
      // The stage that makes nodes ready takes it for their address: kops finds the pods of a node by it.
      annotations: { 'platform.gitops-actions.dev/address': machine.address },
      labels: {
        'kubernetes.io/hostname': machine.id,
        'kubernetes.io/os': 'linux',
        'kops.k8s.io/instancegroup': machine.group,
        'topology.kubernetes.io/zone': machine.zone,
        [`node-role.kubernetes.io/${role}`]: ''
      }
    },
    spec: {
      providerID: `aws:///${machine.zone}/${machine.id}`,
      ...(machine.isControlPlane
        ? { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }
        : {})
    }
  }
}

function staticPod(app: string, machine: Instance): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${app}-${machine.id}`,
      labels: { 'k8s-app': app },
      annotations: { 'kubernetes.io/config.mirror': app, 'kubernetes.io/config.source': 'file' }
    },
    spec: {
      nodeName: machine.id,
      priorityClassName: 'system-cluster-critical',
      priority: 2000000000,
      hostNetwork: true,
      containers: [{ name: app, image: app }],
      tolerations: [{ operator: 'Exists' }]
    }
  }
}
