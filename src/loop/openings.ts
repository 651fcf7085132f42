import { GitOpsError, messageOf } from '../errors.ts'
import { findCycle } from '../graph.ts'
import { didYouMean } from '../suggest.ts'
import type { OutputReference } from '../targets/setup.ts'
import { isUnreachable, KUBECONFIG } from './connections.ts'
import { imagesOf } from './target-run.ts'
import type { Opened, ReadOutput, RunContext, Source, Unit } from './unit.ts'

/** An output that is not there before its target has been applied. */
export class OutputUnknown extends GitOpsError {
  readonly reference: OutputReference

  constructor(reference: OutputReference, reason: string) {
    super(`Known after "${reference.from}" is applied: its output "${reference.output}". ${reason}`.trim())
    this.reference = reference
  }
}

/** A unit that was opened, and the outputs of others that it was opened with. */
export interface Opening {
  readonly opened: Opened
  readonly used: readonly Used[]
}

interface Used {
  readonly reference: OutputReference
  readonly value: string
}

export interface OpeningsOptions {
  readonly units: readonly Unit[]
  readonly context: Pick<RunContext, 'others'>
  /** What a unit is opened from. */
  readonly source: (unit: Unit) => Promise<Omit<Source, 'output'>>
  /** Whether an output that is missing may still come, because its unit has yet to be applied. */
  readonly mayCome: (id: string) => boolean
  /**
   * Whether what cannot reach the cluster of another unit waits until that one has been applied, which may be what mends
   * the cluster.
   */
  readonly waitForClusters?: boolean
}

/**
 * The units of a run, each opened once, and what they give to each other. A unit is opened after those whose outputs
 * it uses; outputs are asked for once, until `forget` says that applying may have changed them.
 */
export class Openings {
  readonly #options: OpeningsOptions
  readonly #units: ReadonlyMap<string, Unit>
  readonly #openings = new Map<string, Promise<Opening>>()
  readonly #outputs = new Map<string, Promise<Readonly<Record<string, string>>>>()
  /** Who waits for whom. */
  readonly #waits = new Map<string, Set<string>>()

  constructor(options: OpeningsOptions) {
    this.#options = options
    this.#units = new Map([...options.units, ...(options.context.others ?? [])].map((unit) => [unit.id, unit]))
  }

  /**
   * The unit, opened from its source.
   * @throws OutputUnknown when it needs an output that is not there yet
   */
  open(unit: Unit): Promise<Opening> {
    return remembered(this.#openings, unit.id, () => this.#open(unit))
  }

  /** The same anew. */
  reopen(unit: Unit): Promise<Opening> {
    this.#openings.delete(unit.id)
    return this.open(unit)
  }

  /** Reads outputs for a unit, for what is no part of opening it. */
  reader(user: string): ReadOutput {
    return (reference) => this.#read(user, reference)
  }

  /** A unit was applied: what it gives out may be something else now. */
  forget(id: string): void {
    this.#outputs.delete(id)
  }

  /** Whether any output that a unit was opened with has another value now. */
  async outdated(user: string, used: readonly Used[]): Promise<boolean> {
    for (const { reference, value } of used) if ((await this.#read(user, reference)) !== value) return true
    return false
  }

  async #open(unit: Unit): Promise<Opening> {
    const used: Used[] = []
    const source: Source = {
      ...(await this.#options.source(unit)),
      output: async (reference) => {
        const value = await this.#read(unit.id, reference)
        used.push({ reference, value })
        return value
      }
    }
    try {
      return { opened: await unit.open(source), used }
    } catch (error) {
      const cluster = used.find(({ reference }) => reference.output === KUBECONFIG)?.reference
      if (!isUnreachable(error) || !cluster || !this.#options.waitForClusters) throw error
      if (!this.#options.mayCome(cluster.from)) throw error
      throw new OutputUnknown(cluster, error.message)
    }
  }

  async #read(user: string, reference: OutputReference): Promise<string> {
    const { from, output } = reference
    const unit = this.#units.get(from)
    if (!unit)
      throw new GitOpsError(
        `"${user}" needs output "${output}" of "${from}", but there is no such target in this environment.`,
        { hint: 'It was deployed from another declaration. Deploy once more.' }
      )
    this.#refuseCycle(user, from)
    const asked = remembered(this.#outputs, from, () => this.#outputsOf(unit, user, reference))
    // Applying may bring what could not be read, also where it finds nothing to change.
    asked.catch(() => this.#outputs.delete(from))
    const given = await asked.catch(async (error: unknown) => {
      if (error instanceof OutputUnknown) await this.#refuseUndeclared(unit, user, reference)
      throw error
    })
    if (Object.hasOwn(given, output)) return given[output] ?? ''
    const known = Object.keys(given)
    if (this.#options.mayCome(from)) {
      await this.#refuseUndeclared(unit, user, reference)
      throw new OutputUnknown(reference, '')
    }
    throw new GitOpsError(
      `"${user}" needs output "${output}" of "${from}", which has no such output. ${known.length > 0 ? `It has: ${known.join(', ')}.` : 'It has none.'}`,
      { hint: `Declare the output in "${from}" and deploy it, or correct the name in gitops.yaml.` }
    )
  }

  /** What is not there may come when its target is applied, but not where its declaration has no output of that name. */
  async #refuseUndeclared(unit: Unit, user: string, { from, output }: OutputReference): Promise<void> {
    const opening = await this.open(unit).catch(() => undefined)
    const declared = await opening?.opened.target.declaredOutputs?.()
    if (!declared || declared.includes(output)) return
    const there = declared.length > 0 ? `It declares: ${declared.join(', ')}.` : 'It declares none.'
    throw new GitOpsError(
      `"${user}" needs output "${output}" of "${from}", which declares no such output. ${there}${didYouMean(output, declared)}`,
      { hint: `Correct the name in gitops.yaml, or declare the output in "${from}".` }
    )
  }

  async #outputsOf(unit: Unit, user: string, reference: OutputReference): Promise<Readonly<Record<string, string>>> {
    try {
      const { target } = (await this.open(unit)).opened
      if (!target.outputs)
        throw new GitOpsError(`"${user}" needs output "${reference.output}" of "${unit.id}", which has no outputs.`)
      return await target.outputs()
    } catch (error) {
      // What was never deployed has nothing to give; what was deployed and cannot be read is an error.
      if (this.#options.mayCome(unit.id) && (error instanceof OutputUnknown || !(await this.#wasDeployed(unit))))
        throw new OutputUnknown(reference, error instanceof OutputUnknown ? '' : messageOf(error))
      if (!(error instanceof GitOpsError)) throw error
      throw new GitOpsError(`"${user}" needs an output of "${unit.id}", which cannot be read: ${error.message}`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        details: error.details,
        cause: error
      })
    }
  }

  /** What a run began and no run has ended yet has nothing to give either, and must not keep a re-run from ending it. */
  async #wasDeployed(unit: Unit): Promise<boolean> {
    try {
      const record = await unit.deployed(this.reader(unit.id))
      return record !== undefined && [record, ...record.history].some((one) => one.status === 'succeeded')
    } catch {
      // Not known: the reason why its outputs cannot be read is worth more than a guess.
      return true
    }
  }

  /** Two commits that are looked at at once may each use the other; nothing else would end that wait. */
  #refuseCycle(user: string, from: string): void {
    this.#waits.set(user, (this.#waits.get(user) ?? new Set()).add(from))
    const cycle = findCycle([...this.#waits].map(([id, others]) => ({ id, dependsOn: [...others] })))
    if (cycle)
      throw new GitOpsError(`The targets wait for each other's outputs: ${[...cycle, cycle[0]].join(' → ')}.`, {
        hint: 'They were deployed from different commits. Deploy once more.'
      })
  }
}

/** What a unit of the job's own checkout is opened from, its images found by `resolve`. */
export function ownSource(
  context: RunContext,
  resolve: (name: string) => Promise<string>
): (unit: Unit) => Promise<Omit<Source, 'output'>> {
  return async (unit) => ({
    workspace: context.workspace,
    images: await imagesOf(unit, resolve),
    ...(context.revision === undefined ? {} : { revision: context.revision })
  })
}

function remembered<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key)
  if (known) return known
  const made = make()
  map.set(key, made)
  return made
}
