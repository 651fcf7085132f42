import { GitOpsError, messageOf } from '../../errors.ts'
import { AwsError } from './aws-error.ts'
import type { Template } from './template.ts'

/** What an error is about, for its words. */
export interface Attempt {
  readonly stack: string
  readonly region: string | undefined
  /** Takes secrets out of what AWS quotes. */
  readonly mask: (text: string) => string
  readonly template?: Template
}

/**
 * AWS' own reason first, then what to do. Errors in the template are annotated where they stand.
 * @returns what was thrown where it is no failure of AWS
 */
export function explain(what: string, thrown: unknown, attempt: Attempt): unknown {
  if (!(thrown instanceof AwsError)) return thrown
  const text = attempt
    .mask(messageOf(thrown))
    .replace(/ \(Service: [^)]*\)/, '')
    .trim()
  const known = HINTS.find(([pattern]) => pattern.test(`${thrown.code} ${text}`))
  const called = thrown.operation === '' || text.includes(thrown.operation) ? '' : ` (${thrown.operation})`
  const place = placeIn(attempt.template, text)
  const where = place ? `${place.file}:${place.line}: ` : ''
  const message = `${where}${what} of stack ${attempt.stack}${attempt.region ? ` in ${attempt.region}` : ''} failed${called}: ${text}`
  return new GitOpsError(/[.!?]$/.test(message) ? message : `${message}.`, {
    hint: (known?.[1] ?? "Nothing was written. The reason is AWS' own.").replaceAll('{stack}', attempt.stack),
    cause: thrown,
    ...(place ? { annotations: [{ place, message: text }] } : {})
  })
}

const HINTS: readonly [RegExp, string][] = [
  [
    /ExpiredToken|RequestExpired|token .*(?:is|has) expired/i,
    'The AWS credentials have expired. Assume the role again right before this step, or for longer (role-duration-seconds of aws-actions/configure-aws-credentials).'
  ],
  [
    /CredentialsProviderError|Could not load credentials|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|UnrecognizedClient|AuthFailure|TokenProviderError|security token .* invalid/i,
    'There are no valid AWS credentials. Put aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.'
  ],
  [
    /Region is missing|ConfigError.*region|EAI_NONAME|ENOTFOUND|UnknownEndpoint/i,
    'Is the region right? Give it as the input region, or set AWS_REGION.'
  ],
  [
    /InsufficientCapabilities|Requires capabilities/i,
    'Allow it with the input capabilities: the words in brackets, one a line (in gitops.yaml: capabilities).'
  ],
  [
    /AccessDenied|UnauthorizedOperation|not authorized to perform|\b403\b/i,
    'The role of this job lacks that right; the message names it. The README of cloudformation-update lists what a preview, an update and a drift check need.'
  ],
  [
    /Throttl|Rate exceeded|TooManyRequests/i,
    'AWS refuses so many calls: other work in the account uses up the quota. Run again later, or with fewer stacks at once.'
  ],
  [
    /OperationInProgress|_IN_PROGRESS state and can ?not be updated|is in [A-Z_]*_IN_PROGRESS/i,
    'Another operation works on the stack. Run again when it has ended.'
  ],
  [
    /ROLLBACK_COMPLETE state and can ?not be updated/i,
    'Its creation failed once. Delete it (aws cloudformation delete-stack --stack-name {stack}) and run again.'
  ],
  [
    /51200|51,200|templateBody.*length|Member must have length less than or equal to 51200/i,
    'The template is too large to be sent: name a bucket in the same region with s3-bucket.'
  ],
  [
    /NoSuchBucket|PermanentRedirect|S3 error|TemplateURL must/i,
    'Is the bucket of s3-bucket there, in the region of the stack, and may this role and CloudFormation read it?'
  ],
  [
    /Early validation|PropertyValidation|NAME_CONFLICT|already exists/i,
    'Nothing was written. A resource of that name exists outside of the stack: give it another name, or take it over with import-existing: true.'
  ],
  [
    /resources? to import|import operation|ResourcesToImport|ResourceIdentifier/i,
    'An import takes resources in and does nothing else: every one needs a DeletionPolicy and its identifier in import-resources, and other changes go into a deploy of their own.'
  ],
  [
    /Parameter.*(?:must|failed)|do not exist in the template|must have values|AllowedValues|ParameterValue/i,
    'Correct the input parameters or the files of parameter-files.'
  ],
  [
    /Template (?:format|validation|error)|Unresolved resource dependencies|Unrecognized resource type|Circular dependency|Invalid template|Transform|property|Fn::/i,
    'Correct the template. Nothing was written.'
  ],
  [/No export named/i, 'The stack that exports it must be deployed first: name its target in dependsOn.'],
  [
    /Role .*(?:is invalid|cannot be assumed)|roleArn/i,
    'CloudFormation cannot work with role-arn: it must trust cloudformation.amazonaws.com, and this job may pass it on (iam:PassRole).'
  ],
  [
    /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|TimeoutError|NetworkingError|socket hang up/i,
    'AWS cannot be reached from this runner. Nothing was written; run again.'
  ]
]

/** The line of the template that an error is about: AWS names resources, not lines. */
export function placeIn(
  template: Template | undefined,
  text: string
): { readonly file: string; readonly line: number } | undefined {
  if (!template) return undefined
  const names = [
    ...text.matchAll(/\/?Resources\/(\w+)/g),
    ...text.matchAll(/resource (?:with logical id )?['"[]?(\w+)/gi),
    ...text.matchAll(/\[(\w+)\]/g)
  ].map(([, name]) => name ?? '')
  const named = names.find((name) => template.resources.has(name))
  return named === undefined ? undefined : template.place(named)
}
