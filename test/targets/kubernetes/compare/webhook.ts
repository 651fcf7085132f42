import { Buffer } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { at, type Json, parseJson } from '../../../../src/json.ts'
import { createAuthority } from '../../../platform/certificates.ts'

export interface Webhook {
  readonly url: string
  /** Base64, as configurations want it. */
  readonly caBundle: string
  close(): Promise<void>
}

/** A mutating admission webhook on loopback; `patch` answers the JSON patch for an object. */
export async function startWebhook(directory: string, patch: (object: Json | undefined) => Json): Promise<Webhook> {
  const authority = await createAuthority(directory, 'webhook-ca')
  const { certificate, key } = await authority.issue('webhook', { commonName: 'webhook', hosts: ['127.0.0.1'] })
  const server = https.createServer({ cert: certificate, key }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const review = parseJson(Buffer.concat(chunks).toString('utf8'))
      const answer = {
        apiVersion: 'admission.k8s.io/v1',
        kind: 'AdmissionReview',
        response: {
          uid: at(review, 'request', 'uid'),
          allowed: true,
          patchType: 'JSONPatch',
          patch: Buffer.from(JSON.stringify(patch(at(review, 'request', 'object')))).toString('base64')
        }
      }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    caBundle: (await readFile(authority.certificateFile)).toString('base64'),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}
