import { generateKeyPair } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import forge from 'node-forge'

/** A certificate and its key, in memory and as PEM files. */
export interface Credential {
  readonly certificate: string
  readonly key: string
  readonly certificateFile: string
  readonly keyFile: string
}

export interface Authority extends Credential {
  /** Issues a certificate that this authority signs, as `<name>.crt` and `<name>.key` beside its own. */
  issue(name: string, subject: Subject): Promise<Credential>
}

export interface Subject {
  readonly commonName: string
  /** Groups of a Kubernetes user. */
  readonly organizations?: readonly string[]
  /** Host names and IPv4 addresses that a server is reached by; none for a client. */
  readonly hosts?: readonly string[]
}

interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}

const DAYS = 30 // a run lasts minutes; a platform that somebody leaves open lasts days

/** Makes a certificate authority in `directory` (`<name>.crt`, `<name>.key`). */
export async function createAuthority(directory: string, name: string): Promise<Authority> {
  const keys = await newKeyPair()
  const subject = attributes({ commonName: `gitops-actions ${name}` })
  return authorityOf(directory, name, { keys, certificate: sign(subject, keys.publicKey, subject, keys.privateKey) })
}

/** The authority that somebody else made, to issue more certificates of it. Both as PEM. */
export async function adoptAuthority(
  directory: string,
  name: string,
  made: { readonly certificate: string; readonly key: string }
): Promise<Authority> {
  return authorityOf(directory, name, { keys: { publicKey: '', privateKey: made.key }, certificate: made.certificate })
}

async function authorityOf(
  directory: string,
  name: string,
  { keys, certificate }: { keys: KeyPair; certificate: string }
): Promise<Authority> {
  const subject = forge.pki.certificateFromPem(certificate).subject.attributes
  return {
    ...(await write(directory, name, keys, certificate)),
    async issue(leaf, leafSubject) {
      const leafKeys = await newKeyPair()
      const signed = sign(attributes(leafSubject), leafKeys.publicKey, subject, keys.privateKey, leafSubject)
      return write(directory, leaf, leafKeys, signed)
    }
  }
}

/** A key pair that signs service account tokens; the private key's file serves for both directions. */
export async function createSigningKey(directory: string, name: string): Promise<string> {
  const file = path.join(directory, `${name}.key`)
  await writeFile(file, (await newKeyPair()).privateKey, { mode: 0o600 })
  return file
}

function newKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' }
  })
}

/** @param leaf what is issued; none for an authority */
function sign(
  subject: forge.pki.CertificateField[],
  publicKey: string,
  issuer: forge.pki.CertificateField[],
  issuerKey: string,
  leaf?: Subject
): string {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(15))}`
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000) // clocks of containers may lag
  certificate.validity.notAfter = new Date(Date.now() + DAYS * 86_400_000)
  certificate.setSubject(subject)
  certificate.setIssuer(issuer)
  certificate.setExtensions(leaf ? leafExtensions(leaf) : AUTHORITY_EXTENSIONS)
  certificate.sign(forge.pki.privateKeyFromPem(issuerKey), forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}

const AUTHORITY_EXTENSIONS = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true }
]

function leafExtensions(subject: Subject) {
  const usage = [
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: (subject.hosts ?? []).length > 0, clientAuth: true }
  ]
  if (!subject.hosts?.length) return usage
  const altNames = subject.hosts.map((host) =>
    /^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }
  )
  return [...usage, { name: 'subjectAltName', altNames }]
}

function attributes(subject: Subject): { name: string; value: string }[] {
  return [
    ...(subject.organizations ?? []).map((value) => ({ name: 'organizationName', value })),
    { name: 'commonName', value: subject.commonName }
  ]
}

async function write(directory: string, name: string, keys: KeyPair, certificate: string): Promise<Credential> {
  const certificateFile = path.join(directory, `${name}.crt`)
  const keyFile = path.join(directory, `${name}.key`)
  await Promise.all([writeFile(certificateFile, certificate), writeFile(keyFile, keys.privateKey, { mode: 0o600 })])
  return { certificate, key: keys.privateKey, certificateFile, keyFile }
}
