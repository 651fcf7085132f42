import { GitOpsError } from '../../errors.ts'

interface Pattern {
  readonly matches: RegExp
  readonly hint: string
}

/** What to do about errors that people meet; the first that matches. */
const PATTERNS: readonly Pattern[] = [
  {
    matches: /NoSuchBucket|bucket .*does not exist/i,
    hint: 'The state store does not exist. Is "state" spelled right (s3://bucket), and are these the credentials of the right account? kops does not create its bucket.'
  },
  {
    matches:
      /PermanentRedirect|BucketRegionError|AuthorizationHeaderMalformed|the region .* is wrong|status code: 301/i,
    hint: 'The bucket of the state store lies in another region. Set AWS_REGION (or S3_REGION) to the region of the bucket.'
  },
  {
    matches: /ExpiredToken|token (?:included in the request )?(?:is|has) expired|RequestExpired/i,
    hint: 'The AWS credentials have expired. Assume the role again right before this step, or for longer (role-duration-seconds of aws-actions/configure-aws-credentials).'
  },
  {
    matches:
      /InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|AuthFailure|UnrecognizedClient|no EC2 IMDS role found|failed to (?:refresh cached|retrieve) credentials|NoCredentialProviders/i,
    hint: 'There are no valid AWS credentials. Put aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.'
  },
  {
    matches: /AccessDenied|UnauthorizedOperation|not authorized to perform|StatusCode: 403/i,
    hint: 'The role lacks that right. A plan needs to read the state store and to describe what the cluster consists of; applying needs the rights that kops documents.'
  },
  {
    matches: /kops version older than last used to update|older than the .*last used|downgrade/i,
    hint: 'The cluster was last updated by a newer kops. Use that one (kops-version), or accept the downgrade with allow-kops-downgrade: true.'
  },
  {
    matches: /kops upgrade is required|upgrading kops is required|KOPS_RUN_TOO_NEW_VERSION|KOPS_RUN_OBSOLETE_VERSION/i,
    hint: 'This kops does not support that version of Kubernetes. Take a kops of the same minor version or newer (kops-version).'
  },
  {
    matches:
      /Unable to reach the kubernetes API|error listing nodes|cannot build kubernetes api client|no such host|i\/o timeout|connection refused/i,
    hint: 'The Kubernetes API of the cluster cannot be reached from this runner. Give api-server (an address that can be), or a kubeconfig; or replace instances without it: rolling-update-cloud-only: true and validate: false.'
  },
  {
    matches: /must configure at least one/i,
    hint: 'The manifests must have an instance group of the control plane and one of nodes (with minSize: 0 where none is wanted). Is a file missing in "manifest"?'
  },
  {
    matches: /unhandled kind/i,
    hint: 'kops replaces Cluster, InstanceGroup and SSHCredential only. Deploy anything else as manifests of a target of its own.'
  },
  {
    matches:
      /field is immutable|Forbidden: .*(?:immutable|cannot be (?:changed|updated))|may not be changed|cannot be changed/i,
    hint: 'kops cannot change that field of a cluster that exists. Take the change back.'
  },
  {
    matches: /"[^"]+" not found|cluster not found/i,
    hint: 'The state store has no such cluster. Are "state" and the name in the manifests right? A deploy creates it.'
  },
  {
    matches: /unknown \/ unhandled path type|error building path/i,
    hint: 'Write the state store as kops does: s3://bucket, gs://bucket, or another scheme of https://kops.sigs.k8s.io/state.'
  },
  {
    matches: /error parsing|error converting YAML|cannot unmarshal|unable to decode/i,
    hint: 'Correct the manifest. "kops get all --name NAME -o yaml" shows the form that kops writes.'
  },
  {
    matches: /(?:Invalid value|Required value|Unsupported value|Forbidden)/,
    hint: 'Correct that field in the manifest.'
  },
  {
    matches: /failed to drain node|error draining|Cannot evict pod/i,
    hint: 'A pod cannot be moved: a disruption budget allows no disruption, or it takes longer than drain-timeout. Correct that, then run it again: it goes on where this one ended. fail-on-drain-error: false ends such pods.'
  },
  {
    matches:
      /validation failed|not yet healthy|wait time exceeded|not healthy after update|did not validate|cluster is not healthy|error validating cluster/i,
    hint: 'The cluster did not become healthy. "kops validate cluster" shows the same; a re-run goes on where this one ended.'
  }
]

/**
 * kops' own reason for a failure, and what to do.
 * @param what what was to be done: `Planning`
 * @param output all that it printed, without secrets
 */
export function explainFailure(what: string, output: string): GitOpsError {
  const reason = reasonOf(output)
  const pattern = PATTERNS.find((one) => one.matches.test(`${reason}\n${lastProblems(output).join('\n')}`))
  const details = lastProblems(output).filter((line) => !reason.includes(line) && !line.includes(reason))
  return new GitOpsError(`${what} failed: ${reason}`, {
    ...(pattern ? { hint: pattern.hint } : {}),
    details: details.slice(-5)
  })
}

/** What stands behind the last `Error: `; the last lines where there is none. */
export function reasonOf(output: string): string {
  const lines = output.trimEnd().split('\n')
  const start = lines.findLastIndex((line) => line.startsWith('Error: '))
  if (start >= 0) return tidy(lines.slice(start).join('\n').slice('Error: '.length))
  const fatal = lines.findLast((line) => /^[EF]\d{4} /.test(line))
  return tidy(fatal === undefined ? lines.slice(-3).join('\n') : withoutPrefix(fatal))
}

/** The lines of a log that tell of trouble, each once, without time and place. */
function lastProblems(output: string): string[] {
  const lines = output
    .split('\n')
    .filter(
      (line) =>
        /^[WEF]\d{4} .*(?:error|fail|unable|invalid|forbidden)/i.test(line) ||
        /^Unable to /.test(line) ||
        // What keeps a rolling update waiting is said as information.
        /^I\d{4} .*(?:did not pass validation|Cannot evict pod|error when evicting)/.test(line)
    )
    .filter((line) => !/unable to find version information|CA private key was not found/.test(line))
    .map((line) => tidy(withoutPrefix(line)))
  return [...new Set(lines)]
}

/** A line of klog (`W1123 14:04:40.6 18155 executor.go:141] text`) as its text. */
export function withoutPrefix(line: string): string {
  return line.replace(/^[IWEF]\d{4} [\d:.]+ +\d+ [\w.-]+:\d+\] /, '')
}

/** Without what changes from call to call and helps nobody but AWS. */
function tidy(text: string): string {
  return text
    .replace(/,? ?(?:https response error )?StatusCode: \d+, RequestID: [^,]*,(?: HostID: [^,]*,)?/g, ',')
    .replace(/ ?\(\d+m?[\d.]*s? ?remaining to succeed\)/g, '')
    .replace(/error fetching (\S+): operation error/, 'operation error')
    .trim()
}
