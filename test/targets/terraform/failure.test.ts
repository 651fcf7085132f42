import { describe, expect, test } from 'vitest'
import { parseDiagnostics } from '../../../src/targets/terraform/diagnostics.ts'
import { failureOf, isLockDenied } from '../../../src/targets/terraform/failure.ts'

const attempt = {
  command: 'init',
  engine: { name: 'opentofu', title: 'OpenTofu' },
  directory: '/work/infrastructure/network',
  checkout: '/work'
} as const

const failed = (text: string) => failureOf(attempt, parseDiagnostics(text), text)

describe('text for people', () => {
  // Captured from `tofu init -no-color` 1.12 and `terraform init` 1.11 with the bars that a terminal shows.
  const text = `
OpenTofu encountered problems during initialization, including problems
with the configuration, described below.

│ Error: Invalid expression
│ 
│   on main.tf line 2, in resource "terraform_data" "a":
│    2:   input = 
│    3: }
│ 
│ Expected the start of an expression, but found an
│ invalid expression token.
╵

Warning: Deprecated

  with aws_vpc.a,
  on ../modules/vpc/main.tf line 7, in resource "aws_vpc" "a":
   7:   old = 1

Use the other one:
    new = 1
`

  test('is read into what, where and why', () => {
    expect(parseDiagnostics(text)).toEqual([
      {
        severity: 'error',
        summary: 'Invalid expression',
        detail: 'Expected the start of an expression, but found an invalid expression token.',
        range: { file: 'main.tf', line: 2 }
      },
      {
        severity: 'warning',
        summary: 'Deprecated',
        detail: 'Use the other one:\n    new = 1',
        address: 'aws_vpc.a',
        range: { file: '../modules/vpc/main.tf', line: 7 }
      }
    ])
  })

  test('becomes an error on its line', () => {
    expect(failed(text)).toMatchObject({
      message: expect.stringMatching(
        /^OpenTofu init in infrastructure\/network failed: infrastructure\/network\/main\.tf:2: Invalid expression\./
      ),
      annotations: [{ place: { file: 'infrastructure/network/main.tf', line: 2 } }]
    })
  })
})

test('a lock is told by its holder, time and number', () => {
  // Captured from the S3 backend with use_lockfile; names changed.
  const error = failed(`
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error
StatusCode: 412, RequestID: x, HostID: y, api error PreconditionFailed: At
least one of the pre-conditions you specified did not hold
Lock Info:
  ID:        35531448-01c6-939c-242a-da0c38734344
  Path:      acme-state/network.tfstate
  Operation: OperationTypeApply
  Who:       ann@laptop
  Version:   1.12.6
  Created:   2026-11-23 13:44:05.249218243 +0000 UTC
  Info:      


OpenTofu acquires a state lock to protect the state from being written
by multiple users at the same time.
`)
  expect(error.message).toBe(
    'OpenTofu init in infrastructure/network failed: the state is locked by ann@laptop since 2026-11-23 13:44:05 UTC (apply, lock 35531448-01c6-939c-242a-da0c38734344).'
  )
  expect(error.hint).toContain('tofu -chdir=infrastructure/network force-unlock 35531448-01c6-939c-242a-da0c38734344')
})

test.each([
  [
    'operation error STS: GetCallerIdentity, api error ExpiredToken: The security token included in the request is expired',
    /have expired/
  ],
  ['No valid credential sources found', /Log in to the cloud/],
  ['api error AccessDenied: User is not authorized to perform: s3:GetObject', /may not do this/],
  ['Failed to query available provider packages', /registry reachable/],
  ['api error InvalidAccessKeyId: The key does not exist, StatusCode: 403', /Log in to the cloud/],
  [
    'https response error StatusCode: 301, requested bucket from "us-east-1", actual location "eu-west-1"',
    /another region/
  ],
  ['api error PermanentRedirect: use the specified endpoint', /another region/],
  ['S3 bucket "states" does not exist', /made once/],
  ['dial tcp 10.0.0.1:443: i/o timeout', /could not be reached from this runner/],
  ['state snapshot was created by Terraform v1.15.0, which is newer than current v1.11.4', /at least that version/],
  ['Saving a generated plan is currently not supported', /execution mode/],
  ['Inconsistent dependency lock file', /providers lock/],
  ['Failed to save state', /errored\.tfstate/],
  ['Backend initialization required, please run "tofu init"', /backend-config/],
  ['Saved plan is stale', /Run again/]
])('%s is followed by what to do', (summary, hint) => {
  const error = failed(`Error: ${summary}\n\nAs the tool says it.\n`)
  expect(error.message).toContain(summary)
  expect(error.hint).toMatch(hint)
})

describe('a lock that is not given', () => {
  const denied = (detail: string) =>
    isLockDenied([{ severity: 'error', summary: 'Error acquiring the state lock', detail }])

  // As the backends of AWS, Google, Azure and the file system say it.
  test.each([
    'operation error S3: PutObject, https response error StatusCode: 403, api error AccessDenied: no',
    'AccessDeniedException: User: x is not authorized to perform: dynamodb:PutItem on resource: y',
    'googleapi: Error 403: x does not have storage.objects.create access',
    'blobs.Client#AcquireLease: StatusCode=403 -- AuthorizationPermissionMismatch',
    'open .terraform.tfstate.lock.info: permission denied'
  ])('because the credentials only read: %s', (detail) => expect(denied(detail)).toBe(true))

  test.each([
    'api error PreconditionFailed\nLock Info:\n  ID:        a-b-c\n  Who:       ann@laptop\n',
    'AccessDenied\nLock Info:\n  ID:        a-b-c\n',
    'dial tcp: connection refused'
  ])('for another reason: %s', (detail) => expect(denied(detail)).toBe(false))

  test('is no matter of other errors', () => {
    expect(isLockDenied([{ severity: 'error', summary: 'Error reading bucket', detail: 'AccessDenied' }])).toBe(false)
  })
})

test('without a reason of its own, the last lines are shown', () => {
  expect(failed('panic: runtime error\ngoroutine 1').message).toMatch(/failed: panic: runtime error\ngoroutine 1$/)
})

test('a variable that nobody declares is to be removed or declared', () => {
  const error = failed(
    'Error: Value for undeclared variable\n\nA variable named "a" was assigned on the command line.\n'
  )
  expect(error.hint).toMatch(/^The root module does not declare it\. Remove the line/)
  expect(error.hint).toContain('go to every one of them')
  expect(failed('Error: No value for required variable\n\nIt is not set.\n').hint).toContain('Give it a line')
})
