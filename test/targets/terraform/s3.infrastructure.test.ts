import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { Outcome, Target } from '../../../src/targets/target.ts'
import type { TerraformTargetOptions } from '../../../src/targets/terraform/index.ts'
import { useAws } from '../../platform/aws/use.ts'
import { tofuTools } from '../../platform/tofu.ts'
import { Checkout, temporaryFolder } from './support.ts'

const aws = useAws()
const tools = await tofuTools(temporaryFolder())

const DATA = 'variable "size" { default = "small" }\nresource "terraform_data" "a" { input = var.size }\n'

/** A root module whose state is in a bucket, with the lock beside it. */
class Place extends Checkout {
  readonly bucket = `states-${path.basename(this.folder).toLowerCase()}`

  static async make(engine: 'opentofu' | 'terraform', content: string): Promise<Place> {
    const place = new Place(tools, engine)
    const made = await place.call('PUT', '')
    expect(made.status).toBe(200)
    place.declare(content)
    return place
  }

  declare(content: string): void {
    this.write(
      'main/main.tf',
      `terraform {
  backend "s3" {
    bucket                      = "${this.bucket}"
    key                         = "main.tfstate"
    use_lockfile                = true
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    max_retries                 = 1
  }
}
${content}`
    )
  }

  override target(options: Partial<TerraformTargetOptions> = {}, env: NodeJS.ProcessEnv = {}): Target {
    return super.target({ env: { ...tools.env, ...aws.env, ...env }, sleep: async () => {}, ...options })
  }

  /** The program, as a person runs it in the checkout. */
  tool(...args: string[]) {
    return this.byHand('main', args, { ...tools.env, ...aws.env })
  }

  /** One call of S3; the emulator does not check the signature. */
  call(method: string, key: string, body?: string): Promise<Response> {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=emulated/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=none'
    return fetch(`${aws.endpoint}/${this.bucket}/${key}`, {
      method,
      headers: { authorization },
      ...(body === undefined ? {} : { body })
    })
  }

  /** What would change if somebody wrote the state. */
  async stored(): Promise<unknown> {
    const answer = await this.call('GET', 'main.tfstate')
    expect(answer.status).toBe(200)
    const [etag, modified] = [answer.headers.get('etag'), answer.headers.get('last-modified')]
    expect(etag).toBeTruthy()
    return [etag, modified, await answer.text()]
  }

  async deploy(options: Partial<TerraformTargetOptions> = {}): Promise<Outcome> {
    const target = this.target(options)
    return target.apply(await target.plan('deploy'))
  }
}

async function failureOf(work: Promise<unknown>): Promise<GitOpsError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  if (error instanceof GitOpsError) return error
  throw new Error(`no error for a person: ${String(error)}`)
}

const writes = () => aws.calls.filter((call) => call.action !== 'GET' && call.action !== 'HEAD')

describe.each([...tools.engines.keys()])('%s with its state in S3', (engine) => {
  test('a preview leaves the state as it is, and gives back the one lock that it takes', async () => {
    const place = await Place.make(engine, DATA)
    expect(await place.deploy()).toMatchObject({ status: 'succeeded' })
    const before = await place.stored()
    aws.calls.length = 0
    const plan = await place.target({ variables: new Map([['size', 'large']]) }).plan('deploy')
    expect(plan.changes).toHaveLength(1)
    expect(writes().map((call) => [call.action, /[^/]+$/.exec(call.url.split('?')[0] ?? '')?.[0]])).toEqual([
      ['PUT', 'main.tfstate.tflock'],
      ['DELETE', 'main.tfstate.tflock']
    ])
    expect(await place.stored()).toEqual(before)
    expect((await place.call('GET', 'main.tfstate.tflock')).status).toBe(404)
  })

  test('a preview with credentials that only read is made without a lock, and says so', async () => {
    const place = await Place.make(engine, DATA)
    aws.refuse(({ action }) =>
      action === 'PUT'
        ? { status: 403, code: 'AccessDenied', message: 'not authorized to perform: s3:PutObject' }
        : undefined
    )
    const target = place.target()
    const plan = await target.plan('deploy')
    expect(plan).toMatchObject({ changes: [{ action: 'create' }] })
    expect(plan.notes.join(' ')).toContain('The state was not locked')
    const outcome = await target.apply(plan)
    aws.refuse(undefined)
    expect(outcome).toMatchObject({
      status: 'failed',
      results: [{ action: 'skipped' }],
      failure: { message: expect.stringContaining('s3:PutObject'), hint: expect.stringContaining('may not do this') }
    })
    expect((await place.call('GET', 'main.tfstate')).status).toBe(404)
  })

  test('of two runs at once, one is told who holds the lock or waits until it is free', async () => {
    const gate = path.join(temporaryFolder(), 'gate')
    const place = await Place.make(
      engine,
      `resource "terraform_data" "slow" {
        provisioner "local-exec" {
          command = "until test -e ${gate}; do sleep 0.1; done"
        }
      }`
    )
    const applying = place.deploy()
    while (!place.lines.some((line) => line.includes('Provisioning with'))) await sleep(50)
    const refused = await failureOf(place.target().plan('deploy'))
    expect(refused.message).toMatch(
      /the state is locked by \S+@\S+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(apply, lock [0-9a-f-]{36}\)/
    )
    expect(refused.hint).toContain('force-unlock')
    const waiting = place.target({ lockTimeout: 60_000 }).plan('deploy')
    aws.calls.length = 0
    // It asks for the lock and is told no, at least once.
    while (!aws.calls.some((call) => call.url.includes('.tflock') && call.status === 412)) await sleep(50)
    writeFileSync(gate, '')
    expect(await applying).toMatchObject({ status: 'succeeded' })
    expect(await waiting).toMatchObject({ changes: [], unchanged: 1 })
  })

  test('a run that was killed leaves its lock: the next one says how to remove it, and never does so itself', async () => {
    const place = await Place.make(
      engine,
      `resource "terraform_data" "a" {
        provisioner "local-exec" {
          command = "kill -9 $PPID"
        }
      }`
    )
    expect(await place.deploy()).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringContaining('signal SIGKILL'), hint: expect.stringContaining('left its lock') }
    })
    place.declare(DATA)
    const refused = await failureOf(place.target().plan('deploy'))
    const [, lock = ''] = /-chdir=main force-unlock ([0-9a-f-]{36})\./.exec(refused.hint ?? '') ?? []
    expect(refused.message).toContain(`(apply, lock ${lock})`)
    expect((await place.call('GET', 'main.tfstate.tflock')).status).toBe(200)
    await place.tool('init', '-input=false')
    await place.tool('force-unlock', '-force', lock)
    expect(await place.deploy()).toMatchObject({ status: 'succeeded' })
  })

  describe('a state that cannot be stored', () => {
    const refuseState = (times: number) => {
      let left = times
      aws.refuse(({ action, url }) => {
        if (action !== 'PUT' || url.includes('.tflock') || left-- <= 0) return undefined
        return { status: 403, code: 'AccessDenied', message: 'no writing now' }
      })
    }

    test('is stored as soon as that works again', async () => {
      const place = await Place.make(engine, DATA)
      const waits: number[] = []
      refuseState(2)
      const outcome = await place.deploy({ sleep: async (milliseconds) => void waits.push(milliseconds) })
      aws.refuse(undefined)
      expect(outcome).toMatchObject({ status: 'succeeded', results: [{ action: 'created' }] })
      expect(waits).toEqual([2_000, 8_000])
      expect(await place.target().plan('deploy')).toMatchObject({ changes: [], unchanged: 1 })
      expect(readdirSync(path.join(place.folder, 'repository/main'))).not.toContain('errored.tfstate')
      expect(readdirSync(path.join(place.folder, 'temporary/gitops-actions/unstored-states'))).toEqual([])
    })

    test('is kept where nothing removes it, with what to do', async () => {
      const place = await Place.make(engine, DATA)
      refuseState(Number.POSITIVE_INFINITY)
      const outcome = await place.deploy()
      aws.refuse(undefined)
      const folder = path.join(place.folder, 'temporary/gitops-actions/unstored-states')
      const [name = ''] = readdirSync(folder)
      const file = path.join(folder, name)
      expect(outcome).toMatchObject({
        status: 'failed',
        results: [{ action: 'created' }],
        failure: {
          message: expect.stringContaining('no writing now'),
          hint: expect.stringContaining(`state push ${file}`)
        }
      })
      expect(outcome.failure?.hint).toContain('do not run again before')
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(readFileSync(file, 'utf8')).toContain('"small"')
      expect(readdirSync(path.join(place.folder, 'repository/main'))).not.toContain('errored.tfstate')
      await place.tool('init', '-input=false')
      await place.tool('state', 'push', file)
      expect(await place.target().plan('deploy')).toMatchObject({ changes: [], unchanged: 1 })
    })
  })

  describe('bad input', () => {
    const refusals: [name: string, status: number, code: string, said: string, message: RegExp, hint: RegExp][] = [
      [
        'expired credentials',
        400,
        'ExpiredToken',
        'The provided token has expired.',
        /token has expired/,
        /Get new ones/
      ],
      [
        'a bucket of another region',
        301,
        'PermanentRedirect',
        'Address it elsewhere.',
        /StatusCode: 301/,
        /another region/
      ],
      ['credentials of nobody', 403, 'InvalidAccessKeyId', 'No such key.', /InvalidAccessKeyId/, /Log in to the cloud/],
      [
        'a bucket that may not be read',
        403,
        'AccessDenied',
        'No s3:ListBucket.',
        /AccessDenied|Forbidden/,
        /may not do this/
      ]
    ]
    test.each(refusals)('%s: the reason first, then what to do', async (_name, status, code, said, message, hint) => {
      const place = await Place.make(engine, DATA)
      aws.refuse(() => ({ status, code, message: said }))
      const error = await failureOf(place.target().plan('deploy'))
      aws.refuse(undefined)
      expect(error.message).toMatch(/^(Terraform|OpenTofu) init in main failed: /)
      expect([error.message, ...error.details].join(' ')).toMatch(message)
      expect(error.hint).toMatch(hint)
    })

    test('a bucket that is not there is named', async () => {
      const place = new Place(tools, engine)
      place.declare(DATA)
      const error = await failureOf(place.target().plan('deploy'))
      expect(error.message).toMatch(/S3 bucket .*does not exist/)
      expect(error.hint).toContain('backend-config')
    })

    test('no credentials at all', async () => {
      const place = await Place.make(engine, DATA)
      const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
      const error = await failureOf(place.target({}, none).plan('deploy'))
      expect(error.message).toContain('No valid credential sources found')
      expect(error.hint).toContain('id-token: write')
    })

    test('a backend that cannot be reached', async () => {
      const place = await Place.make(engine, DATA)
      const error = await failureOf(place.target({}, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).plan('deploy'))
      expect(error.message).toContain('connection refused')
      expect(error.hint).toContain('could not be reached from this runner')
    })

    test('a state of a newer version is left alone', async () => {
      const place = await Place.make(engine, DATA)
      await place.call(
        'PUT',
        'main.tfstate',
        '{"version": 5, "terraform_version": "9.0.0", "serial": 1, "lineage": "a"}'
      )
      const before = await place.stored()
      const error = await failureOf(place.target().plan('deploy'))
      expect(error.message).toMatch(/state file format|version 5|newer/i)
      expect(error.hint).toContain('newer version has written the state')
      expect(await place.stored()).toEqual(before)
    })

    test('settings of the backend that changed since another run here are simply used', async () => {
      const place = await Place.make(engine, DATA)
      await place.deploy()
      await place.tool('init', '-input=false')
      const other = place.target({ backendConfig: ['key=other.tfstate'] })
      expect(await other.plan('deploy')).toMatchObject({ changes: [{ action: 'create' }] })
    })
  })
})
