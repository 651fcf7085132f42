import { asObject, isObject, type Json, type JsonObject, parseJson } from '../../../../src/json.ts'

/** Calls of moto's own API, service by service, with nothing between. */
export class Moto {
  readonly #port: number
  readonly #region: string

  constructor(port: number, region: string) {
    this.#port = port
    this.#region = region
  }

  get region(): string {
    return this.#region
  }

  /** A call of a service that speaks JSON. */
  async json(service: string, target: string, input: Json): Promise<JsonObject> {
    const answer = await this.#send(service, 'POST', '/', JSON.stringify(input), {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target
    })
    const read = answer.text === '' ? {} : parseJson(answer.text)
    if (answer.status >= 400) throw new MotoError(answer.status, answer.text)
    return asObject(read) ?? {}
  }

  /** A call of a service that speaks the query protocol; the answer is XML. */
  async query(service: string, action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: VERSIONS[service] ?? '', ...parameters }).toString()
    const answer = await this.#send(service, 'POST', '/', body, {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8'
    })
    if (answer.status >= 400) throw new MotoError(answer.status, answer.text)
    return answer.text
  }

  /** A call of S3. */
  async rest(method: string, path: string, body = ''): Promise<{ status: number; text: string }> {
    return this.#send('s3', method, path, body, {})
  }

  async #send(
    service: string,
    method: string,
    path: string,
    body: string,
    headers: Record<string, string>
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=double/20260101/${this.#region}/${service}/aws4_request, SignedHeaders=host, Signature=0`
      },
      ...(body === '' ? {} : { body })
    })
    return { status: response.status, text: await response.text() }
  }
}

const VERSIONS: Readonly<Record<string, string>> = {
  cloudformation: '2010-05-15',
  sns: '2010-03-31',
  iam: '2010-05-08',
  ec2: '2016-11-15'
}

export class MotoError extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(
      elements(text, 'Message')[0] ??
        messageIn(text) ??
        text
          .replace(/<[^>]*>/g, ' ')
          .trim()
          .slice(0, 300)
    )
    this.status = status
  }
}

function messageIn(text: string): string | undefined {
  try {
    const json = parseJson(text)
    const message = isObject(json) ? (json['message'] ?? json['Message']) : undefined
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

/** The texts inside every `<name>` of an answer in XML, in order. */
export function elements(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inner]) =>
    unescaped(inner ?? '')
  )
}

export function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&')
}
