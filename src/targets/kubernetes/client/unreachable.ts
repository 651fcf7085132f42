import { ApiError, Unreachable } from '../cluster.ts'
import type { Access } from './access.ts'
import { ConnectionError } from './http.ts'
import { ProxyError } from './proxy.ts'

interface Cause {
  readonly what: string
  readonly hint: string
}

/** Why the API server could not be reached, as one sentence with its address, and what to do about it. */
export function unreachable(access: Access, error: unknown): Unreachable {
  const { what, hint } = explain(access, error)
  return new Unreachable(`The API server ${access.server} (${access.origin}) cannot be reached: ${what}.`, {
    hint,
    cause: error
  })
}

/**
 * True for a failure that trying again cannot cure: a certificate that is not trusted; and, as long as the server has
 * never answered, a proxy that refuses or a server that speaks no TLS.
 */
export function isPermanent(error: unknown, answered: boolean): boolean {
  const root = rootOf(error)
  if (isCertificateCode(codeOf(root))) return true
  return !answered && (root instanceof ProxyError || codeOf(root) === 'EPROTO')
}

function explain(access: Access, error: unknown): Cause {
  const root = rootOf(error)
  const code = codeOf(root)
  const host = new URL(access.server).host
  const certificate = explainCertificate(access, code, root)
  if (certificate) return certificate
  if (root instanceof ProxyError)
    return {
      what: root.message,
      hint: 'Check proxy-url of the kubeconfig, HTTPS_PROXY and NO_PROXY; NO_PROXY names servers to be reached directly.'
    }
  if (root instanceof ApiError)
    return {
      what: `it is not ready (${firstLine(root.message)})`,
      hint: 'It may be starting, or a load balancer or proxy answers in its place because it is away: look at the control plane.'
    }
  switch (code) {
    case 'ECONNREFUSED':
      return {
        what: `nothing listens at ${host} (ECONNREFUSED)`,
        hint: 'Check that the cluster runs and that the server in the kubeconfig is the right one for this runner.'
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        what: `the name ${new URL(access.server).hostname} is not known here (${code})`,
        hint: 'Check the server in the kubeconfig; a private cluster needs a runner inside its network.'
      }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        what: `${host} does not answer (${code}${/^no (answer|connection)/.test(root.message) ? `, ${root.message}` : ''})`,
        hint: 'Check the network between the runner and the cluster: firewall, allowed address ranges, VPN, proxy.'
      }
    case 'EPROTO':
      return {
        what: `${host} does not speak TLS as expected (${firstLine(root.message)})`,
        hint: 'Check whether the server in the kubeconfig should begin with http:// or has another port.'
      }
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        what: `${host} breaks off every connection (${code})`,
        hint: 'A proxy or load balancer on the way may be the cause; if it lasts, ask who runs the cluster.'
      }
    default:
      return {
        what: `${firstLine(root.message)}${code && !root.message.includes(code) ? ` (${code})` : ''}`,
        hint: 'Check the server in the kubeconfig and the network of this runner.'
      }
  }
}

function explainCertificate(access: Access, code: string, root: Error): Cause | undefined {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        what: 'its certificate has expired (CERT_HAS_EXPIRED)',
        hint: 'The certificate of the API server must be renewed; check the clock of this runner too.'
      }
    case 'CERT_NOT_YET_VALID':
      return { what: 'its certificate is not valid yet (CERT_NOT_YET_VALID)', hint: 'Check the clock of this runner.' }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        what: `its certificate is not for ${access.serverName ?? new URL(access.server).hostname} (${namesIn(root.message)})`,
        hint: 'Use a name of the certificate as server, or as tls-server-name of the cluster in the kubeconfig.'
      }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_SIGNATURE_FAILURE':
    case 'INVALID_CA':
      return {
        what: `its certificate is signed by an authority that ${access.ca ? "is not the kubeconfig's" : 'is unknown here'} (${code})`,
        hint: 'Set certificate-authority-data of the cluster in the kubeconfig to the authority of this cluster.'
      }
    default:
      if (/ALERT|SSLV3|TLSV1/.test(code))
        return {
          what: `it refuses the TLS handshake (${code})`,
          hint: 'Most often the client certificate has expired or is from another cluster: write the kubeconfig again.'
        }
      return isCertificateCode(code)
        ? {
            what: `its certificate is not trusted: ${firstLine(root.message)} (${code})`,
            hint: 'Check the authority in the kubeconfig.'
          }
        : undefined
  }
}

/** Node's text is `… is not in the cert's altnames: DNS:a, DNS:b` or `… is not in the cert's list: 10.0.0.1`. */
function namesIn(message: string): string {
  const names = firstLine(message)
    .split(/(?:altnames|list): ?/)
    .at(-1)
    ?.replaceAll(/DNS:|IP Address:/g, '')
  return names ? `it names ${names}` : 'it names none'
}

function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET|INVALID_CA|ERR_TLS|ERR_SSL|ERR_OSSL/.test(code)
}

function rootOf(error: unknown): Error {
  let current = error
  while (current instanceof ConnectionError && current.cause instanceof Error) current = current.cause
  // Happy Eyeballs: one error per address; the first stands for all.
  if (current instanceof AggregateError && current.errors[0] instanceof Error) return current.errors[0]
  return current instanceof Error ? current : new Error(String(current))
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.trim().slice(0, 200) ?? ''
}
