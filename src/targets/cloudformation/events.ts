import type { StackEvent } from '@aws-sdk/client-cloudformation'
import type { CloudFormationApi } from './api.ts'
import { isTransient } from './aws-error.ts'

/** An event of the stack or of one inside it. */
export interface PlacedEvent {
  /** Logical ids of the nested stacks it lies in, outermost first. */
  readonly path: readonly string[]
  readonly event: StackEvent
}

interface Followed {
  readonly stackId: string
  readonly path: readonly string[]
  /** The newest event that is known; undefined: all of its history is news. */
  last: string | undefined
}

/** Follows what happens in a stack and in its nested stacks, from now on. */
export class EventStream {
  readonly #api: CloudFormationApi
  readonly #stacks: Followed[]
  readonly #all: PlacedEvent[] = []
  #since: Date | undefined

  private constructor(api: CloudFormationApi, stack: Followed) {
    this.#api = api
    this.#stacks = [stack]
  }

  /** Everything that happened before this call is no news. */
  static async open(api: CloudFormationApi, stackId: string): Promise<EventStream> {
    const [newest] = await api.events(stackId)
    return new EventStream(api, { stackId, path: [], last: newest?.EventId })
  }

  /** All that was seen, oldest first. */
  get all(): readonly PlacedEvent[] {
    return this.#all
  }

  /** What is new, oldest first. */
  async next(): Promise<PlacedEvent[]> {
    const fresh: PlacedEvent[] = []
    // Nested stacks become known by events of the stack around them: they are appended while this runs.
    for (const stack of this.#stacks) fresh.push(...(await this.#eventsOf(stack)))
    fresh.sort((a, b) => timeOf(a) - timeOf(b))
    this.#all.push(...fresh)
    return fresh
  }

  async #eventsOf(stack: Followed): Promise<PlacedEvent[]> {
    let events: readonly StackEvent[]
    try {
      events = await this.#api.events(stack.stackId, stack.last)
    } catch (error) {
      // A nested stack may be gone by now; trouble that passes is made good by the next look.
      if (stack.path.length > 0 || isTransient(error)) return []
      throw error
    }
    stack.last = events[0]?.EventId ?? stack.last
    const since = this.#since
    const own = [...events].reverse().filter((one) => !since || !one.Timestamp || one.Timestamp >= since)
    const [first] = own
    if (stack.path.length === 0 && !this.#since && first?.Timestamp) this.#since = first.Timestamp
    for (const event of own) this.#follow(event, stack)
    return own.map((event) => ({ path: stack.path, event }))
  }

  #follow(event: StackEvent, around: Followed): void {
    const id = event.PhysicalResourceId
    if (event.ResourceType !== 'AWS::CloudFormation::Stack' || !id?.startsWith('arn:') || id === event.StackId) return
    if (this.#stacks.some((one) => one.stackId === id)) return
    this.#stacks.push({ stackId: id, path: [...around.path, event.LogicalResourceId ?? ''], last: undefined })
  }
}

/** `UPDATE_IN_PROGRESS  AWS::SQS::Queue  Nested/Queue  Reason`. */
export function eventLine({ path, event }: PlacedEvent): string {
  const name = nameOf({ path, event })
  const reason = event.HookStatusReason ?? event.ResourceStatusReason
  const status = event.HookStatus ?? event.ResourceStatus ?? ''
  return `${status}  ${event.ResourceType ?? ''}  ${name}${reason ? `  ${reason}` : ''}`
}

/** The event that began the trouble: the first resource that failed by itself, not because others did. */
export function firstFailure(events: readonly PlacedEvent[]): PlacedEvent | undefined {
  const failures = events.filter(isFailure)
  return failures.find((one) => !isStack(one)) ?? failures.find((one) => reasonOf(one) !== undefined) ?? failures[0]
}

/** Every resource that failed by itself, each once. */
export function failedResources(events: readonly PlacedEvent[]): PlacedEvent[] {
  const byName = new Map<string, PlacedEvent>()
  for (const one of events)
    if (isFailure(one) && !isStack(one) && !byName.has(nameOf(one))) byName.set(nameOf(one), one)
  return [...byName.values()]
}

export function nameOf({ path, event }: PlacedEvent): string {
  return [...path, event.LogicalResourceId ?? '?'].join('/')
}

export function reasonOf({ event }: PlacedEvent): string | undefined {
  return event.HookStatusReason ?? event.ResourceStatusReason
}

function isFailure(one: PlacedEvent): boolean {
  const { ResourceStatus, HookStatus, HookFailureMode } = one.event
  if (HookStatus === 'HOOK_COMPLETE_FAILED' || HookStatus === 'HOOK_FAILED') return HookFailureMode !== 'WARN'
  // What is stopped because another resource failed says nothing.
  return (
    /_FAILED$/.test(ResourceStatus ?? '') &&
    !/(?:creation|update|deletion|operation) cancell?ed/i.test(reasonOf(one) ?? '')
  )
}

function isStack({ event }: PlacedEvent): boolean {
  return event.ResourceType === 'AWS::CloudFormation::Stack'
}

function timeOf({ event }: PlacedEvent): number {
  return event.Timestamp?.getTime() ?? 0
}
