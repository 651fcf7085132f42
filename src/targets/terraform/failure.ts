import path from 'node:path'
import { type Annotation, GitOpsError } from '../../errors.ts'
import { backendSetting } from './backend.ts'
import type { Diagnostic } from './diagnostics.ts'
import type { Engine } from './engine.ts'

/** What was tried where, for the words of an error. */
export interface Attempt {
  readonly command: 'init' | 'workspace list' | 'plan' | 'apply' | 'show' | 'output' | 'state push'
  readonly engine: Pick<Engine, 'title' | 'name'>
  /** The root module, absolute. */
  readonly directory: string
  readonly checkout: string
  readonly backendConfig?: readonly string[]
}

export interface Lock {
  readonly id: string
  readonly who: string
  readonly created: string
  readonly operation: string
}

/**
 * The reason that the tool itself gives, first; then what to do about it. Errors in files are annotated where they stand.
 * `output` is what there is to show when the tool gave no reason.
 */
export function failureOf(attempt: Attempt, diagnostics: readonly Diagnostic[], output: string): GitOpsError {
  const errors = diagnostics.filter((one) => one.severity === 'error' && !isFrame(one))
  const [first] = errors
  const where = `${attempt.engine.title} ${attempt.command} in ${relative(attempt, attempt.directory)}`
  if (!first) {
    const last = output.trim().split('\n').slice(-12).join('\n')
    return new GitOpsError(`${where} failed${last === '' ? ' without a reason.' : `: ${last}`}`)
  }
  const known = explain(attempt, errors)
  const annotations = errors.flatMap((one) => annotationOf(attempt, one) ?? [])
  return new GitOpsError(`${where} failed: ${known?.message ?? wordsOf(attempt, first)}`, {
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
    details: (lockOf(errors) ? [] : errors.slice(1)).map((one) => wordsOf(attempt, one)),
    // One annotation per place says everything only if each error has a place.
    ...(annotations.length === errors.length && known?.message === undefined ? { annotations } : {})
  })
}

/** Who holds the lock, from the text of the error. */
export function lockOf(diagnostics: readonly Diagnostic[]): Lock | undefined {
  const text = diagnostics.find((one) => /state lock/i.test(`${one.summary} ${one.detail}`))?.detail
  if (text === undefined) return undefined
  const value = (name: string) => new RegExp(`^\\s*${name}:[ \\t]*(\\S.*)$`, 'm').exec(text)?.[1]?.trim() ?? ''
  const id = value('ID')
  if (id === '') return undefined
  return {
    id,
    who: value('Who'),
    created: value('Created').replace(/^(\S+) (\d\d:\d\d:\d\d)\S* \+0000 UTC$/, '$1 $2 UTC'),
    operation: value('Operation')
      .replace(/^OperationType/, '')
      .toLowerCase()
  }
}

/** Whether a lock was not given because of what the credentials may do, and not because somebody holds it. */
export function isLockDenied(diagnostics: readonly Diagnostic[]): boolean {
  const refused = diagnostics.find((one) => one.severity === 'error' && /acquiring the state lock/.test(one.summary))
  return refused !== undefined && lockOf([refused]) === undefined && DENIED.test(refused.detail)
}

const DENIED =
  /Access ?Denied|Unauthorized|not authorized|Authorization(?:Permission|Failed)|StatusCode: 403|Error 403|403 Forbidden|Permission ?Denied|read-only file system/i

/** `main.tf:2:11: Invalid expression. Expected the start of …` */
export function wordsOf(attempt: Pick<Attempt, 'directory' | 'checkout'>, one: Diagnostic): string {
  const place = one.range ? `${placeOf(attempt, one.range)}: ` : ''
  const about = one.address === undefined ? '' : `${one.address}: `
  const summary = one.summary.replace(/[.,:]$/, '')
  const detail = one.detail.trim()
  return `${place}${about}${summary}${detail === '' ? '.' : `. ${detail}`}`
}

/** A command for a person to type at the top of the checkout. */
export function commandLine(attempt: Pick<Attempt, 'engine' | 'directory' | 'checkout'>, args: string): string {
  const program = attempt.engine.name === 'opentofu' ? 'tofu' : 'terraform'
  return `${program} -chdir=${relative(attempt, attempt.directory)} ${args}`
}

interface Explanation {
  /** Instead of the tool's words, where those bury the point. */
  readonly message?: string
  readonly hint: string
}

/** Init wraps errors of the configuration in one that only says that there are some; an interrupt adds echoes. */
function isFrame(one: Diagnostic): boolean {
  return /encountered problems during initiali[sz]ation/.test(one.summary) || one.summary === 'execution halted'
}

function explain(attempt: Attempt, errors: readonly Diagnostic[]): Explanation | undefined {
  const { title } = attempt.engine
  const lock = lockOf(errors)
  if (lock) {
    return {
      message: `the state is locked by ${lock.who || 'somebody'} since ${lock.created || 'an unknown time'} (${lock.operation || 'unknown operation'}, lock ${lock.id}).`,
      hint: `Nothing was written. If that run still works, wait for it or raise lock-timeout. If it is dead: ${commandLine(attempt, `force-unlock ${lock.id}`)}.`
    }
  }
  const text = errors.map((one) => `${one.summary} ${one.detail}`).join('\n')
  for (const [pattern, hint] of HINTS)
    if (pattern.test(text)) {
      const bucket = pattern === NO_BUCKET ? bucketOf(attempt) : undefined
      return { hint: `${bucket ?? ''}${hint.replaceAll('{tool}', title)}` }
    }
  return undefined
}

const NO_BUCKET = /NoSuchBucket|bucket "?[^"]*"? ?does not exist|storage: bucket doesn't exist|ContainerNotFound/i

/** The tools tell that there is no such bucket, and not which. */
function bucketOf(attempt: Attempt): string | undefined {
  const found = backendSetting(attempt, ['bucket', 'container_name'])
  if (!found) return undefined
  const name = found.value === undefined ? 'Its name is not in the backend block' : `It is "${found.value}"`
  return `${name} (${found.where}). `
}

const HINTS: readonly [RegExp, string][] = [
  [
    /plan is stale|state was changed by another operation/i,
    'Nothing was written: somebody applied something else since the plan was made. Run again; the new plan says what is left.'
  ],
  [
    /Failed to (?:persist|save) state|errored\.tfstate/i,
    'The state could not be stored. Do not run again before it is: look for errored.tfstate in the root module, and store it with state push errored.tfstate. Without that file, what was made must be imported.'
  ],
  [
    /was created by .{1,80}which is newer|Unsupported state file format|state format version|does not support state version/is,
    'Nothing was written: a newer version has written the state. Install at least that version of {tool} in an earlier step, and write it into the version file.'
  ],
  [
    /PermanentRedirect|StatusCode: 301|requested bucket from|BucketRegionError|IllegalLocationConstraint|AuthorizationHeaderMalformed/i,
    'The bucket lies in another region than the backend says. Put its own region into the backend block, or into backend-config (region=…).'
  ],
  [
    /Expired ?Token|token (?:included in the request )?(?:is|has) expired|credentials? (?:have|has)? ?expired|invalid_grant|RequestExpired/i,
    'The credentials have expired. Get new ones in an earlier step of the same job (OIDC credentials last an hour or so), or let the role live longer.'
  ],
  [
    /No valid credential sources|could not find default credentials|Unable to locate credentials|no credentials|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|UnrecognizedClient|AuthorizationFailed|AADSTS|failed to refresh cached credentials/i,
    'Log in to the cloud in an earlier step of the job (OIDC), and give the job permissions: id-token: write.'
  ],
  [
    DENIED,
    'The credentials are known but may not do this. The message above names what is missing; give it to the role of this job.'
  ],
  [
    /Unsupported (?:Terraform|OpenTofu) Core version|module is not compatible with OpenTofu/i,
    'The configuration asks for another version (required_version): install that in an earlier step, or give it as version.'
  ],
  [
    /Value for undeclared variable/i,
    'The root module does not declare it. Remove the line from variables (or TF_VAR_…, var-files), or declare the variable in the root module. With several directories in one step, variables and var-files go to every one of them: give directories that need others a step each, or make them targets of gitops.yaml.'
  ],
  [
    /No value for required variable/i,
    'Give it a line in variables (name=value), in a file of var-files, or as TF_VAR_name in the environment.'
  ],
  [
    /Inconsistent dependency lock file|locked provider .* does not match|doesn't match any of the checksums/i,
    'The lock file does not fit: run init -upgrade or providers lock -platform=linux_amd64 where you develop, and commit .terraform.lock.hcl.'
  ],
  [
    /Failed to (?:query available|resolve|install) provider|Could not (?:retrieve|resolve) .*provider|provider registry/i,
    'Is the source of the provider right, and its registry reachable from the runner? Where there is no internet, name a mirror in a CLI configuration file (TF_CLI_CONFIG_FILE).'
  ],
  [
    /Failed to download module|Module not (?:found|installed)|Unreadable module directory/i,
    'Is the source of the module right? For a private repository the job needs credentials of its own (git config, SSH key).'
  ],
  [
    NO_BUCKET,
    'Is the name in the backend block or in backend-config right, and do the credentials belong to its account? A bucket for states is made once, by hand or by another root module.'
  ],
  [
    /Saving a generated plan is currently not supported|remote backend does not support/i,
    'Plans that run in HCP Terraform cannot be saved and applied from here. Set the execution mode of its workspace to local, or use another backend.'
  ],
  [
    /connection refused|no such host|i\/o timeout|TLS handshake timeout|network is unreachable|context deadline exceeded|request send failed/i,
    'The address in the message could not be reached from this runner. Is its name or region right, and does the job need a proxy or a runner inside of the network?'
  ],
  [
    /backend|"(?:bucket|key|region|container_name|resource_group_name|storage_account_name|hostname|organization)" (?:attribute|is required|or the)|Missing Required Value|bucket does not exist|NoSuchBucket/i,
    'Look at the backend block and the input backend-config: values that are not in the block belong there, one key=value a line.'
  ],
  [/prevent_destroy/i, 'The configuration forbids this itself (lifecycle prevent_destroy).']
]

function annotationOf(attempt: Attempt, one: Diagnostic): Annotation | undefined {
  if (!one.range) return undefined
  const { line, column } = one.range
  const file = relative(attempt, path.resolve(attempt.directory, one.range.file))
  if (file.startsWith('..')) return undefined
  return { place: { file, line, ...(column === undefined ? {} : { column }) }, message: wordsOf(attempt, one) }
}

function placeOf(attempt: Pick<Attempt, 'directory' | 'checkout'>, range: NonNullable<Diagnostic['range']>): string {
  const file = relative(attempt, path.resolve(attempt.directory, range.file))
  return [file, range.line, ...(range.column === undefined ? [] : [range.column])].join(':')
}

function relative(attempt: Pick<Attempt, 'checkout'>, file: string): string {
  return path.relative(attempt.checkout, file) || '.'
}
