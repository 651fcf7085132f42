import path from 'node:path'
import { Component } from '../component.ts'
import { freePorts, type RunFolder } from '../run-folder.ts'
import { type CloudFormationControls, CloudFormationDouble } from './cloudformation/double.ts'
import { motoPackages } from './packages.ts'
import { type AwsProxy, startProxy } from './proxy.ts'

export { type AwsCall, type AwsError, isReadOnly } from './proxy.ts'

export const REGION = 'us-east-1'

/** AWS as far as tests and demo need it: moto behind a proxy. */
export interface Aws {
  /** One endpoint for all services. */
  readonly endpoint: string
  /** Environment with which AWS tools and SDKs talk to it, and to nothing else. */
  readonly env: Readonly<Record<string, string>>
  readonly calls: AwsProxy['calls']
  readonly refuse: AwsProxy['refuse']
  readonly hold: AwsProxy['hold']
  /** moto itself, past the proxy: for what a test does that is not to be counted. */
  readonly upstream: string
  /** What CloudFormation is to do; its API is that of the SDK. */
  readonly cloudformation: CloudFormationControls
  /** Forgets everything that was made in it. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** Starts the emulator; it ends with the run at the latest. */
export async function startAws(run: RunFolder): Promise<Aws> {
  const packages = await motoPackages()
  const [port = 0] = await freePorts(1)
  const upstream = `http://127.0.0.1:${port}`
  const moto = new Component(
    {
      name: 'aws',
      file: 'python3',
      args: [path.join(import.meta.dirname, 'moto_server.py'), '-H', '127.0.0.1', '-p', String(port)],
      env: {
        PYTHONPATH: packages,
        PYTHONDONTWRITEBYTECODE: '1',
        MOTO_EC2_LOAD_DEFAULT_AMIS: 'true',
        AWS_EC2_METADATA_DISABLED: 'true'
      },
      ready: async () => (await fetch(`${upstream}/moto-api/data.json`)).ok
    },
    run
  )
  await moto.start()
  const cloudformation = new CloudFormationDouble(port)
  const proxy = await startProxy({ port, cloudformation })
  return {
    endpoint: proxy.endpoint,
    env: environment(proxy.endpoint),
    calls: proxy.calls,
    refuse: proxy.refuse,
    hold: proxy.hold,
    upstream,
    cloudformation,
    async reset() {
      proxy.refuse(undefined)
      proxy.hold(undefined)
      await cloudformation.idle()
      cloudformation.reset()
      await fetch(`${upstream}/moto-api/reset`, { method: 'POST' })
      proxy.calls.length = 0
    },
    async stop() {
      await proxy.close()
      await moto.stop()
    }
  }
}

/** The keys are dummies that no log scanner should take for real ones. */
function environment(endpoint: string): Record<string, string> {
  const keys = { id: 'emulated-key-id', secret: 'emulated-secret-key' }
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: keys.id,
    AWS_SECRET_ACCESS_KEY: keys.secret,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    // No profile of the person who runs this.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    // kops does not take AWS_ENDPOINT_URL for its state store.
    S3_ENDPOINT: endpoint,
    S3_REGION: REGION,
    S3_ACCESS_KEY_ID: keys.id,
    S3_SECRET_ACCESS_KEY: keys.secret
  }
}
