/** Shorter texts are words that every log has. */
const MASKABLE = 4

/** Replaces known secrets, the longest first, and each line of those that have several. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.flatMap(maskable))].sort((a, b) => b.length - a.length)
  return (text) => known.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
}

/** What is to be masked of a sensitive text; nothing of one that is too short to be a secret. */
export function maskable(secret: string): string[] {
  return [secret, ...(secret.includes('\n') ? secret.split('\n') : [])]
    .map((text) => text.trim())
    .filter((text) => text.length >= MASKABLE && !/^(?:true|false|null)$/.test(text))
}
