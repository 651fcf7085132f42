import { setSecret } from './commands.ts'

/** Keys of a kubeconfig whose values are secrets. */
const SECRET_KEY =
  /["']?\b(?:token|password|client-key-data|client-certificate-data|id-token|refresh-token|access-token|client-secret)["']?\s*:[ \t]*/gi
/** Of a text that is no kubeconfig we know, lines shorter than this would mask words of every log. */
const MASKABLE = 12

/**
 * Makes the runner hide secrets in every log of the job. Called before anything else is done with them.
 * Undefined and empty ones do not count.
 */
export function maskSecrets(secrets: { token?: string | undefined; kubeconfig?: string | undefined }): void {
  const values = new Set<string>()
  if (secrets.token) values.add(secrets.token)
  for (const value of kubeconfigSecrets(secrets.kubeconfig ?? '')) values.add(value)
  for (const value of values) {
    masked.add(value)
    setSecret(value)
  }
}

const masked = new Set<string>()

/** The same for one secret that turns up later, unless it is one of those. */
export function mask(secret: string): void {
  if (secret === '' || masked.has(secret)) return
  masked.add(secret)
  setSecret(secret)
}

/** What is secret in the content of a kubeconfig, plain or as base64; nothing for a path. */
function kubeconfigSecrets(text: string): string[] {
  const content = text.trim()
  if (!content.includes('\n') && !content.startsWith('{')) {
    const decoded = Buffer.from(content, 'base64').toString('utf8')
    // A path is short; anything else on one line is not meant to be read by people.
    return decoded.includes('clusters')
      ? [content, ...kubeconfigSecrets(decoded)]
      : content.length > 255
        ? [content]
        : []
  }
  const values = [...content.matchAll(SECRET_KEY)].flatMap(({ 0: key, index }) =>
    scalar(content.slice(index + key.length), /[{,]/.test(content.slice(content.lastIndexOf('\n', index) + 1, index)))
  )
  if (values.length > 0 || content.includes('clusters')) return values
  return content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= MASKABLE)
}

/** The lines of the YAML or JSON scalar that a text begins with; nothing for what is none. `flow`: it stands in braces. */
function scalar(text: string, flow: boolean): string[] {
  const block = /^[|>][-+\d]*[ \t]*(?:#.*)?\r?\n([ \t]+)(.*(?:\r?\n\1.*)*)/.exec(text)
  if (block) return maskable((block[2] ?? '').split('\n'))
  const [, double, single, plain] =
    /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s"'|>{[&*!][^\r\n]*))/.exec(text) ?? []
  if (double !== undefined) return maskable([double, double.replace(/\\(.)/g, '$1')])
  if (single !== undefined) return maskable([single.replaceAll("''", "'")])
  return maskable([(plain ?? '').replace(flow ? /[,}].*$/ : /\s#.*$/, '')])
}

/** A mask of nothing but punctuation would blacken every log. */
function maskable(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()))].filter((value) => /[\p{L}\p{N}]/u.test(value))
}
