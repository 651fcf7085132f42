import { REGION } from './index.ts'

/** The version of each service's query protocol. */
const VERSIONS = { ec2: '2016-11-15', autoscaling: '2011-01-01' } as const

/**
 * Calls an action of AWS, as somebody with the console would.
 * @returns the answer, which is XML
 */
export async function byHand(
  aws: { readonly endpoint: string },
  service: keyof typeof VERSIONS,
  parameters: Readonly<Record<string, string>>
): Promise<string> {
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=somebody/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`
    },
    body: new URLSearchParams({ Version: VERSIONS[service], ...parameters })
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}
