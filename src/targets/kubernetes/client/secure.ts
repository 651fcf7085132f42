import { createPrivateKey, X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { GitOpsError, messageOf } from '../../../errors.ts'
import { type Access, readPem } from './access.ts'
import type { ClientCertificate } from './credentials.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

/**
 * Whom to trust and as whom to come, for TLS. Made once for all connections: reading a bundle of authorities costs time.
 * @throws GitOpsError that says which part of the kubeconfig is no certificate or no key
 */
export function secureContextOf(access: Access, certificate: ClientCertificate | undefined): tls.SecureContext {
  // What is not looked at need not be right.
  const trusted = access.insecure ? {} : { ca: authoritiesOf(access) ?? trustedAuthorities() }
  try {
    return tls.createSecureContext({
      ...trusted,
      ...(certificate ? { cert: certificate.cert, key: certificate.key } : {})
    })
  } catch (error) {
    throw new GitOpsError(
      `The client certificate of user "${access.user.name}" of ${access.origin} cannot be used: ${certificate ? problemOf(certificate, error) : messageOf(error)}.`,
      {
        hint: access.user.exec
          ? `It comes from ${access.user.exec.command}; run that by hand to see what it gives.`
          : 'Write the kubeconfig again; client-certificate(-data) and client-key(-data) are PEM texts that belong together.',
        cause: error
      }
    )
  }
}

function authoritiesOf(access: Access): string | undefined {
  if (!access.ca) return undefined
  const text = readPem(access.ca, 'certificate authority')
  const name = 'file' in access.ca ? access.ca.file : 'certificate-authority-data'
  const blocks = text.match(CERTIFICATE) ?? []
  const problem = blocks.length === 0 ? 'it holds no certificate' : blocks.map(certificateProblem).find(isText)
  if (problem === undefined) return text
  throw new GitOpsError(`The certificate authority of ${access.origin} (${name}) cannot be used: ${problem}.`, {
    hint: 'It is one or more certificates in PEM: -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----. Write the kubeconfig again, or check that the secret it comes from was stored whole.'
  })
}

/** Which of the two is wrong. The key itself never stands in the message. */
function problemOf({ cert, key }: ClientCertificate, error: unknown): string {
  const blocks = cert.match(CERTIFICATE) ?? []
  if (blocks.length === 0) return 'the certificate is no PEM text, or was cut off'
  const broken = blocks.map(certificateProblem).find(isText)
  if (broken !== undefined) return broken
  if (/ENCRYPTED/.test(key)) return 'the key is encrypted, and nobody is here to type its passphrase'
  try {
    const isPair = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
    return isPair ? messageOf(error) : 'the key does not belong to the certificate'
  } catch {
    return 'the key is no private key in PEM, or was cut off'
  }
}

function certificateProblem(block: string): string | undefined {
  try {
    new X509Certificate(block)
    return undefined
  } catch {
    return 'a certificate in it is damaged'
  }
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}

/** Node's own list and the machine's, so that an authority installed on the runner counts as it does for kubectl. */
function trustedAuthorities(): string[] {
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])]
}
