import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { stringify } from 'yaml'

export const CONTEXT = 'platform'

export type KubeUser = { token: string } | { certificate: string; key: string }

/** Writes a kubeconfig with one cluster, one user and one context (`platform`), readable by its owner only. */
export async function writeKubeconfig(
  file: string,
  options: { server: string; authorityFile: string; user: KubeUser; namespace?: string }
): Promise<string> {
  const { user } = options
  const credentials =
    'token' in user
      ? { token: user.token }
      : { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) }
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CONTEXT,
    clusters: [
      {
        name: CONTEXT,
        cluster: {
          server: options.server,
          'certificate-authority-data': readFileSync(options.authorityFile).toString('base64')
        }
      }
    ],
    users: [{ name: CONTEXT, user: credentials }],
    contexts: [
      {
        name: CONTEXT,
        context: {
          cluster: CONTEXT,
          user: CONTEXT,
          ...(options.namespace === undefined ? {} : { namespace: options.namespace })
        }
      }
    ]
  }
  await writeFile(file, stringify(config), { mode: 0o600 })
  return file
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
