import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../src/errors.ts'
import { asList, at, type Json } from '../../src/json.ts'
import { answersOk } from './api.ts'
import { Component } from './component.ts'
import type { ControlPlane } from './control-plane.ts'
import { freePorts, type RunFolder } from './run-folder.ts'

/** Names of the fake nodes. */
export const NODES = ['node-1', 'node-2', 'node-3'] as const

/** What any pod answers to `kubectl logs`: kwok tells logs apart by pod name at most, and names are not known before. */
const LOGS = ['starting', 'listening on :8080']
/** What any pod answers to `kubectl logs --previous`: the last words of a crashed container. */
const PREVIOUS_LOGS = [
  'starting',
  'connecting to database at db:5432',
  'fatal: DATABASE_URL is not set',
  'exit status 1'
]

/**
 * Starts kwok with the stages of `stages/`, creates the nodes and the storage class; returns when pods can be scheduled.
 * @param nodes names of the nodes to create; none where somebody else does
 */
export async function startKwok(
  kwok: string,
  plane: ControlPlane,
  run: RunFolder,
  nodes: readonly string[] = NODES
): Promise<Component> {
  const [port = 0] = await freePorts(1)
  const stages = path.join(import.meta.dirname, 'stages')
  const files = (await readdir(stages)).filter((name) => name.endsWith('.yaml')).map((name) => path.join(stages, name))
  const configs = [...files, await writeLogs(run)]
  const component = new Component(
    {
      name: 'kwok',
      file: kwok,
      args: [
        `--kubeconfig=${plane.kubeconfig}`,
        ...configs.map((file) => `--config=${file}`),
        '--manage-all-nodes=true',
        '--node-lease-duration-seconds=40',
        '--node-ip=127.0.0.1',
        `--node-port=${port}`,
        `--tls-cert-file=${plane.serving.certificateFile}`,
        `--tls-private-key-file=${plane.serving.keyFile}`,
        '--cidr=10.64.0.0/16',
        '--v=WARN'
      ],
      env: { HOME: run.directory }, // a ~/.kwok/kwok.yaml of the user must not join in
      ready: () => answersOk(`https://127.0.0.1:${port}/healthz`)
    },
    run
  )
  await Promise.all([component.start(), createNodes(plane, nodes)])
  await untilReady(plane)
  return component
}

async function writeLogs(run: RunFolder): Promise<string> {
  const directory = path.join(run.directory, 'kwok')
  await mkdir(directory)
  const logsFile = path.join(directory, 'container.log')
  const previousLogsFile = path.join(directory, 'previous.log')
  // The format of container runtimes: time, stream, F for a full line, text.
  const lines = (texts: string[]) => texts.map((text) => `${new Date().toISOString()} stderr F ${text}\n`).join('')
  const config = path.join(directory, 'logs.json')
  await Promise.all([
    writeFile(logsFile, lines(LOGS)),
    writeFile(previousLogsFile, lines(PREVIOUS_LOGS)),
    writeFile(
      config,
      JSON.stringify({
        apiVersion: 'kwok.x-k8s.io/v1alpha1',
        kind: 'ClusterLogs',
        metadata: { name: 'all' },
        spec: { logs: [{ logsFile, previousLogsFile, follow: false }] }
      })
    )
  ])
  return config
}

async function createNodes(plane: ControlPlane, names: readonly string[]): Promise<void> {
  const nodes = names.map((name, index) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': name,
        'topology.kubernetes.io/region': 'local',
        'topology.kubernetes.io/zone': `local-${'abc'[index]}`
      }
    }
  }))
  await Promise.all(nodes.map((node) => plane.api.need('POST', '/api/v1/nodes', node)))
  await plane.api.need('POST', '/apis/storage.k8s.io/v1/storageclasses', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'platform.gitops-actions.dev/volume',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate'
  })
}

/** Pods can be made and scheduled: the nodes are ready and untainted, and the default service account exists. */
async function untilReady(plane: ControlPlane): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const [nodes, account] = await Promise.all([
      plane.api.need('GET', '/api/v1/nodes'),
      plane.api.call('GET', '/api/v1/namespaces/default/serviceaccounts/default')
    ])
    if ((asList(at(nodes, 'items')) ?? []).every(isReady) && account.status === 200) return
    if (Date.now() > deadline) throw new GitOpsError('The nodes of kwok did not become ready within 60 s.')
    await sleep(30)
  }
}

function isReady(node: Json): boolean {
  const conditions = asList(at(node, 'status', 'conditions')) ?? []
  const ready = conditions.some((condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True')
  return ready && (asList(at(node, 'spec', 'taints')) ?? []).length === 0
}
