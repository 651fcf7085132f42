import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Api, answersOk, connectApi } from './api.ts'
import { type Authority, adoptAuthority, type Credential, createAuthority, createSigningKey } from './certificates.ts'
import { Component } from './component.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import { freePorts, type RunFolder } from './run-folder.ts'

/** A running control plane: four processes that a test can stop and start one by one. */
export interface ControlPlane {
  readonly server: string
  readonly authorityFile: string
  /** Signs the API server's certificate and those of clients; a test's webhook server can be issued one, too. */
  readonly authority: Authority
  /** The API server's own certificate; kwok's kubelet server uses it as well. */
  readonly serving: Credential
  /** Administrator's token (group system:masters). */
  readonly token: string
  /** Administrator by token. */
  readonly kubeconfig: string
  /** Administrator by client certificate. */
  readonly certificateKubeconfig: string
  readonly api: Api
  readonly etcd: Component
  readonly apiServer: Component
  readonly controllerManager: Component
  readonly scheduler: Component
  stop(): Promise<void>
}

export interface ControlPlaneOptions {
  /** PEM of the authority to use instead of one of its own: that of a cluster which this one stands in for. */
  readonly authority?: { readonly certificate: string; readonly key: string }
  /** More names that the API server is called by. */
  readonly hosts?: readonly string[]
}

/** Starts etcd, API server, controller manager and scheduler of the multi-call binary `kube`; returns when all serve. */
export async function startControlPlane(
  kube: string,
  run: RunFolder,
  options: ControlPlaneOptions = {}
): Promise<ControlPlane> {
  const directory = path.join(run.directory, 'control-plane')
  await mkdir(directory)
  const [etcdPort = 0, peerPort = 0, apiPort = 0, controllerPort = 0, schedulerPort = 0] = await freePorts(5)
  const server = `https://127.0.0.1:${apiPort}`
  const token = randomBytes(24).toString('base64url')

  const etcd = new Component(etcdSpec(kube, directory, etcdPort, peerPort), run)
  const etcdStarted = etcd.start() // makes no use of the certificates, which take a moment
  etcdStarted.catch(() => {}) // awaited below
  const files = await createFiles(directory, token, options)
  const kubeconfigs = await createKubeconfigs(directory, server, token, files)
  const api = connectApi({ server, authorityFile: files.authority.certificateFile, token })

  const apiServer = new Component(
    { ...apiServerSpec(kube, files, etcdPort, apiPort), ready: () => answersOk(`${server}/readyz`, token) },
    run
  )
  await Promise.all([etcdStarted, apiServer.start()])
  const controllerManager = new Component(
    controllerManagerSpec(kube, files, kubeconfigs.kubeconfig, controllerPort),
    run
  )
  const scheduler = new Component(schedulerSpec(kube, kubeconfigs.kubeconfig, schedulerPort), run)
  await Promise.all([controllerManager.start(), scheduler.start()])
  return {
    server,
    token,
    api,
    authority: files.authority,
    authorityFile: files.authority.certificateFile,
    serving: files.serving,
    ...kubeconfigs,
    etcd,
    apiServer,
    controllerManager,
    scheduler,
    async stop() {
      await Promise.all([controllerManager.stop(), scheduler.stop()])
      // Nothing of this run will be read again: an orderly shutdown of the API server (it drains for seconds) gains nothing.
      await Promise.all([apiServer.stop(0), etcd.stop(0)])
    }
  }
}

interface Files {
  readonly authority: Authority
  readonly frontProxyAuthority: Authority
  readonly frontProxy: Credential
  readonly serving: Credential
  readonly admin: Credential
  readonly serviceAccountKey: string
  readonly tokens: string
}

async function createFiles(directory: string, token: string, options: ControlPlaneOptions): Promise<Files> {
  const [authority, frontProxyAuthority, serviceAccountKey] = await Promise.all([
    options.authority ? adoptAuthority(directory, 'ca', options.authority) : createAuthority(directory, 'ca'),
    createAuthority(directory, 'front-proxy-ca'),
    createSigningKey(directory, 'service-accounts')
  ])
  const [serving, admin, frontProxy] = await Promise.all([
    authority.issue('serving', {
      commonName: 'kube-apiserver',
      hosts: ['127.0.0.1', '10.96.0.1', 'localhost', 'kubernetes.default.svc', ...(options.hosts ?? [])]
    }),
    authority.issue('admin', { commonName: 'admin', organizations: ['system:masters'] }),
    frontProxyAuthority.issue('front-proxy', { commonName: 'front-proxy-client' })
  ])
  const tokens = path.join(directory, 'tokens.csv')
  await writeFile(tokens, `${token},admin,admin,"system:masters"\n`, { mode: 0o600 })
  return { authority, frontProxyAuthority, frontProxy, serving, admin, serviceAccountKey, tokens }
}

async function createKubeconfigs(directory: string, server: string, token: string, files: Files) {
  const authorityFile = files.authority.certificateFile
  const [kubeconfig, certificateKubeconfig] = await Promise.all([
    writeKubeconfig(path.join(directory, 'admin.kubeconfig'), { server, authorityFile, user: { token } }),
    writeKubeconfig(path.join(directory, 'admin-certificate.kubeconfig'), { server, authorityFile, user: files.admin })
  ])
  return { kubeconfig, certificateKubeconfig }
}

function etcdSpec(kube: string, directory: string, port: number, peerPort: number) {
  const client = `http://127.0.0.1:${port}`
  const peer = `http://127.0.0.1:${peerPort}`
  return {
    name: 'etcd',
    file: kube,
    args: [
      'etcd',
      `--data-dir=${path.join(directory, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync', // the data need not survive a power cut, only a restart of the process
      '--log-level=warn'
    ],
    ready: async () => (await fetch(`${client}/health`, { signal: AbortSignal.timeout(2000) })).ok
  }
}

function apiServerSpec(kube: string, files: Files, etcdPort: number, port: number) {
  return {
    name: 'kube-apiserver',
    file: kube,
    args: [
      'kube-apiserver',
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1', // there may be no default route to guess an address from
      `--secure-port=${port}`,
      '--endpoint-reconciler-type=none', // 127.0.0.1 is no endpoint to publish
      `--tls-cert-file=${files.serving.certificateFile}`,
      `--tls-private-key-file=${files.serving.keyFile}`,
      `--client-ca-file=${files.authority.certificateFile}`,
      `--token-auth-file=${files.tokens}`,
      '--authorization-mode=Node,RBAC', // the default would allow everything to everybody
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${files.serviceAccountKey}`,
      `--service-account-signing-key-file=${files.serviceAccountKey}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--allow-privileged=true',
      '--kubelet-preferred-address-types=InternalIP', // node names resolve nowhere
      `--requestheader-client-ca-file=${files.frontProxyAuthority.certificateFile}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-username-headers=X-Remote-User',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--proxy-client-cert-file=${files.frontProxy.certificateFile}`,
      `--proxy-client-key-file=${files.frontProxy.keyFile}`,
      '--enable-aggregator-routing=true' // service addresses lead nowhere here, endpoints on loopback do
    ]
  }
}

function controllerManagerSpec(kube: string, files: Files, kubeconfig: string, port: number) {
  return {
    name: 'kube-controller-manager',
    file: kube,
    args: [
      'kube-controller-manager',
      `--service-account-private-key-file=${files.serviceAccountKey}`,
      `--root-ca-file=${files.authority.certificateFile}`,
      '--use-service-account-credentials=true',
      ...controllerArgs(kubeconfig, port)
    ],
    ready: () => answersOk(`https://127.0.0.1:${port}/healthz`)
  }
}

function schedulerSpec(kube: string, kubeconfig: string, port: number) {
  return {
    name: 'kube-scheduler',
    file: kube,
    args: ['kube-scheduler', ...controllerArgs(kubeconfig, port)],
    ready: () => answersOk(`https://127.0.0.1:${port}/healthz`)
  }
}

function controllerArgs(kubeconfig: string, port: number): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    '--authorization-always-allow-paths=/healthz,/readyz,/livez,/metrics',
    '--kube-api-qps=300', // the defaults make a test of 1,000 objects wait for the controllers
    '--kube-api-burst=600'
  ]
}
