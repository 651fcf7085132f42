import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { GitOpsError } from '../../errors.ts'
import { asObject, asString, at, stringifyJson } from '../../json.ts'
import { workspacePath } from '../../workspace.ts'
import { type Change, type Plan, type Purpose, planDigest } from '../plan.ts'
import type { DeploymentRecord, Failure, Outcome, Target } from '../target.ts'
import { ApplyProgress } from './apply.ts'
import { declaredOutputs } from './declared-outputs.ts'
import type { Diagnostic } from './diagnostics.ts'
import { digestOf, sha256 } from './digest.ts'
import { amongOthers, isUnstored, type Rescue, rescueState } from './errored-state.ts'
import { wordsOf } from './failure.ts'
import { sensitiveTexts } from './fields.ts'
import { maskable, masker } from './masking.ts'
import type { TerraformTargetOptions } from './options.ts'
import { type ReadPlan, readPlan } from './plan-json.ts'
import { Tool, type ToolResult } from './tool.ts'

const UNLOCKED =
  'The state was not locked while this was planned, because the credentials may only read it. Applying needs the lock.'

/** What a plan needs to be applied. */
interface Saved {
  /** SHA-256 of the plan file: what is applied is what was shown. */
  readonly fileDigest: string
  readonly destroys: readonly string[]
  readonly secrets: readonly string[]
}

/**
 * A root module of Terraform or OpenTofu in one workspace. A plan is a saved plan file, read as JSON; applying executes
 * exactly that file. Nothing of ours is written into the state.
 * @throws GitOpsError when the directory is not there
 */
export function terraformTarget(options: TerraformTargetOptions): Target {
  const directory = rootModule(options)
  const saved = new WeakMap<Plan, Saved>()
  const now = options.now ?? (() => new Date())
  let opened: Promise<Tool> | undefined
  let record: DeploymentRecord | undefined
  const tool = () => {
    opened ??= Tool.open(options, directory)
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }

  async function plan(purpose: Purpose): Promise<Plan> {
    const root = await tool()
    const { plan: json, warnings, locked } = await root.plan()
    const read = readPlan(json, { purpose, secretKey: options.secretKey, title: root.engine.title })
    for (const secret of read.secrets.flatMap(maskable)) options.onSecret?.(secret)
    const notes = [...(locked ? [] : [UNLOCKED]), ...warningsOf(warnings, root)]
    const made = planOf(options, purpose, read, notes)
    const fileDigest = sha256(await readFile(root.planFile))
    saved.set(made, { fileDigest, destroys: read.destroys, secrets: read.secrets })
    return made
  }

  async function apply(planned: Plan): Promise<Outcome> {
    const started = now()
    const root = await tool()
    const known = saved.get(planned)
    if (!known) throw new Error(`the plan of ${options.id} was made by another target`)
    refuseDestroying(options, known)
    const seconds = () => Math.max(0, now().getTime() - started.getTime()) / 1000
    const remember = (status: DeploymentRecord['status']) => {
      record = recordOf(options, planned, status, now())
    }
    if (planned.changes.length === 0) {
      remember('succeeded')
      return { target: options.id, status: 'succeeded', results: [], seconds: seconds() }
    }
    // Every plan of this target is written to the same place: the later one has taken the earlier one's.
    if (sha256(await readFile(root.planFile)) !== known.fileDigest)
      throw new GitOpsError('The plan file is no longer the one that was shown.', {
        hint: 'Nothing was written. Run again.'
      })
    const mask = masker(known.secrets)
    const progress = new ApplyProgress(options.log, mask)
    const { done, kept } = await amongOthers(directory, async (own) =>
      stored(options, root, await root.apply((message) => progress.add(message)), own)
    )
    remember(done.ok ? 'succeeded' : 'failed')
    const results = progress.results(planned.changes, done.ok, done.diagnostics)
    const base = { target: options.id, results, seconds: seconds() }
    if (done.ok) return { ...base, status: 'succeeded' }
    const status = options.signal?.aborted ? 'cancelled' : 'failed'
    const resources = progress.unhealthy(planned.changes, done.diagnostics)
    const touched = results.some((result) => result.action !== 'skipped')
    return { ...base, status, failure: { ...failureOfApply(root, done, { status, touched, kept, mask }), resources } }
  }

  async function outputs(): Promise<Record<string, string>> {
    const given = asObject(await (await tool()).outputs()) ?? {}
    const texts: Record<string, string> = {}
    for (const [name, output] of Object.entries(given)) {
      const value = at(output, 'value') ?? null
      const text = asString(value) ?? stringifyJson(value)
      if (at(output, 'sensitive') === true)
        for (const secret of [text, ...sensitiveTexts(value, true)].flatMap(maskable)) options.onSecret?.(secret)
      texts[name] = text
    }
    return texts
  }

  return {
    id: options.id,
    kind: 'terraform',
    plan,
    apply,
    outputs,
    declaredOutputs: () => declaredOutputs(directory),
    deployed: async () => record
  }
}

function rootModule(options: TerraformTargetOptions): string {
  const directory = workspacePath(options.checkout, options.directory)
  const found = statSync(directory, { throwIfNoEntry: false })
  if (found?.isDirectory()) return directory
  throw new GitOpsError(`${options.directory} ${found ? 'is no directory' : 'does not exist'}.`, {
    hint: 'It is the root module, relative to the workspace. Was the repository checked out?'
  })
}

function planOf(options: TerraformTargetOptions, purpose: Purpose, read: ReadPlan, warnings: readonly string[]): Plan {
  const declared = { target: options.id, kind: 'terraform' } as const
  const declaredDigest = digestOf(
    { declared: read.declared, workspace: options.workspace ?? null },
    { secret: read.declaresSecrets }
  )
  const other = purpose === 'drift' && options.recordedDigest !== undefined && options.recordedDigest !== declaredDigest
  const forbidden = read.destroys.length > 0 && !options.allowDestroy
  const notes = [...read.notes, ...warnings].map(masker(read.secrets))
  if (other && read.changes.length > 0)
    notes.push(
      'Not healed by itself: with the same commit, the variables or the configuration differ from those that were deployed, so some of this may be a change that is yet to be deployed.'
    )
  if (forbidden)
    notes.push(
      `${listed(read.destroys)} would be destroyed, so nothing of this plan is applied without allow-destroy: true.`
    )
  // A plan file is applied as a whole, so one change that must not be healed keeps all of them from it.
  const changes = other || forbidden ? read.changes.map((one): Change => ({ ...one, healable: false })) : read.changes
  const secrets = Array.isArray(read.secretValues) && read.secretValues.length > 0
  return {
    ...declared,
    purpose,
    changes,
    unchanged: read.unchanged,
    notes,
    declaredDigest,
    digest: planDigest({
      ...declared,
      changes,
      // Sensitive values may come from elsewhere than what is declared (a data source, a file).
      declaredDigest: secrets ? digestOf([declaredDigest, read.secretValues], { secret: true }) : declaredDigest
    })
  }
}

/** @throws GitOpsError when the plan destroys something and may not */
function refuseDestroying(options: TerraformTargetOptions, { destroys }: Saved): void {
  if (destroys.length === 0 || options.allowDestroy) return
  throw new GitOpsError(
    `The plan destroys ${destroys.length === 1 ? 'a resource' : `${destroys.length} resources`}: ${listed(destroys)}.`,
    {
      hint: 'Nothing was written. If that is what you want, allow it with allow-destroy: true (in gitops.yaml: allowDestroy); if not, a moved block keeps what was only renamed.'
    }
  )
}

function failureOfApply(
  root: Tool,
  { diagnostics, result, unfinished }: ToolResult,
  ended: {
    readonly status: 'failed' | 'cancelled'
    readonly touched: boolean
    /** Where the state is that could not be stored. */
    readonly kept: Rescue | undefined
    readonly mask: (text: string) => string
  }
): Omit<Failure, 'resources'> {
  const { status, touched, kept, mask } = ended
  if (kept !== undefined) {
    const { message } = root.failure('apply', diagnostics.toSorted(byUnstored), result.stderr)
    return { message: mask(message), hint: unstoredHint(root, kept) }
  }
  const again = touched
    ? 'What was done is in the state; run again, and it goes on from there.'
    : 'Nothing was changed; run again.'
  if (status === 'cancelled')
    return {
      message: `The run was cancelled. ${root.engine.title} stopped in order, saved its state and gave back its lock.`,
      hint: again
    }
  if (unfinished?.killed)
    return {
      message: mask(
        `${unfinished.reason} ${root.engine.title} was killed or broke down, so its last steps may be missing in the state.`
      ),
      hint: 'Run again: if it left its lock, the error names it and how to remove it. Then look at the plan: what it wants to make although it is there must be imported or deleted first.'
    }
  if (unfinished)
    return {
      message: `${unfinished.reason} ${root.engine.title} was asked to stop.`,
      hint: `${again} If it says that the state is locked, the error names the lock and how to remove it. A longer timeout may be needed.`
    }
  const error = root.failure('apply', diagnostics, result.stderr)
  const others = error.details.length > 0 ? ` And: ${error.details.join(' ')}` : ''
  const hints = [error.hint, ...(error.hint !== undefined && (!touched || diagnostics.some(isUnstored)) ? [] : [again])]
  return { message: mask(`${error.message}${others}`), hint: hints.filter((hint) => hint !== undefined).join(' ') }
}

function byUnstored(a: Diagnostic, b: Diagnostic): number {
  return Number(isUnstored(b)) - Number(isUnstored(a))
}

function unstoredHint(root: Tool, { file, ambiguous }: Rescue): string {
  const whose = ambiguous
    ? ' Another workspace of this root module was applied at the same time and may have left its state there instead: look into it before you store it.'
    : ''
  return `What was made is recorded in ${file} alone, so do not run again before that state is stored: ${root.commandLine(`state push ${file}`)}. Where the runner is thrown away after the job, keep the file with a last step (actions/upload-artifact, if: failure()), in a place for secrets, because it holds some.${whose}`
}

/** A state that the backend did not take is stored now, or kept where a person finds it. */
async function stored(
  options: TerraformTargetOptions,
  root: Tool,
  done: ToolResult,
  { alone }: { readonly alone: boolean }
): Promise<{ done: ToolResult; kept: Rescue | undefined }> {
  if (done.ok || !done.diagnostics.some(isUnstored)) return { done, kept: undefined }
  const name = `${options.id}-${randomUUID().slice(0, 8)}.tfstate`
  const rescue = await rescueState({
    directory: rootModule(options),
    file: path.join(options.temporary, 'gitops-actions', 'unstored-states', name),
    alone,
    push: (file) => root.pushState(file),
    sleep: options.sleep ?? ((milliseconds) => setTimeout(milliseconds)),
    log: options.log
  })
  if (!rescue?.stored) return { done, kept: rescue }
  const diagnostics = done.diagnostics.filter((one) => !isUnstored(one))
  const ok = done.unfinished === undefined && !diagnostics.some((one) => one.severity === 'error')
  return { done: { ...done, diagnostics, ok }, kept: undefined }
}

/** Warnings are for the reader of the plan. Failed checks are told from the plan itself. */
function warningsOf(diagnostics: readonly Diagnostic[], root: Tool): string[] {
  const warnings = diagnostics.filter(
    (one) => one.severity === 'warning' && !/^Check block assertion/.test(one.summary)
  )
  return [...new Set(warnings.map((one) => wordsOf(root.attempt('plan'), one)))]
}

function recordOf(
  options: TerraformTargetOptions,
  plan: Plan,
  status: DeploymentRecord['status'],
  time: Date
): DeploymentRecord {
  return {
    target: options.id,
    environment: options.environment,
    ...options.source,
    digest: plan.declaredDigest,
    images: {},
    time: time.toISOString(),
    status,
    history: []
  }
}

function listed(addresses: readonly string[]): string {
  const shown = addresses.slice(0, 10).join(', ')
  return addresses.length > 10 ? `${shown} and ${addresses.length - 10} more` : shown
}
