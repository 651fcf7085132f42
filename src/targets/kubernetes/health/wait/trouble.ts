import type { KubernetesObject } from '../../../../render/manifest.ts'
import { createdAt, uidOf } from '../related.ts'
import {
  type ContainerState,
  CREATE_PROBLEMS,
  containersOf,
  describeContainer,
  failureOf,
  IMAGE_PROBLEMS
} from '../rules/pods.ts'
import { clause, conditionOf, stringAt } from '../status.ts'
import type { Patience } from './patience.ts'

/** Why a rollout will not become healthy by waiting. */
export interface Trouble {
  readonly kind: 'crash' | 'image' | 'config' | 'unschedulable' | 'failed' | 'refused'
  /** The part of a sentence that follows the pod's name. */
  readonly message: string
  /** It may pass once other objects of the wait are there: a container that crashes until its database answers. */
  readonly mayPass?: boolean
}

/** Pods that were made this long before the wait belong to what was there before. */
const BEFORE_MS = 15_000

interface Seen {
  /** Restarts before the rollout, which do not count. */
  readonly restartsBefore: number
  readonly existedBefore: boolean
  /** Since when the present trouble has lasted, by its kind. */
  trouble: { readonly key: string; readonly since: number } | undefined
  /** The kubelet has tried to pull at least once more after it had backed off. */
  imageBackedOff: boolean
  imageTriedAgain: boolean
}

/**
 * Judges pods over time: one crash that is recovered from, an image that comes at the second try or a node that is
 * being added must not fail a rollout. Remembers what it has seen of each container.
 */
export class PodJudge {
  readonly #started: number
  readonly #patience: Patience
  readonly #seen = new Map<string, Seen>()

  constructor(started: number, patience: Patience) {
    this.#started = started
    this.#patience = patience
  }

  /**
   * @param retries whether a container that fails is retried by declaration (pods of a Job): then the Job's own limit
   *   decides
   */
  judge(pod: KubernetesObject, now: number, retries: boolean): Trouble | undefined {
    const containers = containersOf(pod)
    if (stringAt(pod, 'status', 'phase') === 'Failed')
      return retries ? undefined : { kind: 'failed', message: failureOf(pod, containers) }
    const unscheduled = this.#unscheduled(pod, now)
    if (unscheduled) return unscheduled
    for (const container of containers) {
      const trouble = this.#container(pod, container, now, retries)
      if (trouble) return trouble
    }
    return undefined
  }

  #unscheduled(pod: KubernetesObject, now: number): Trouble | undefined {
    const scheduled = conditionOf(pod, 'PodScheduled')
    const isStuck = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable'
    const since = this.#lasting(this.#memoryOf(pod, undefined), isStuck ? 'unschedulable' : undefined, now)
    if (!isStuck || since === undefined || now - since < this.#patience.schedulingMs) return undefined
    return { kind: 'unschedulable', message: `no node takes it: ${clause(scheduled.message) || 'Unschedulable'}` }
  }

  #container(pod: KubernetesObject, container: ContainerState, now: number, retries: boolean): Trouble | undefined {
    const seen = this.#memoryOf(pod, container)
    const reason = container.waiting?.reason ?? ''
    const kind = IMAGE_PROBLEMS.has(reason) ? 'image' : CREATE_PROBLEMS.has(reason) ? 'config' : undefined
    const since = this.#lasting(seen, kind, now)
    const message = describeContainer(container)
    if (kind === 'image') {
      if (reason === 'ImagePullBackOff') seen.imageBackedOff = true
      else if (reason === 'ErrImagePull' && seen.imageBackedOff) seen.imageTriedAgain = true
      const isHopeless = reason === 'InvalidImageName' || reason === 'ErrImageNeverPull' || seen.imageTriedAgain
      return isHopeless || now - (since ?? now) >= this.#patience.imageMs ? { kind, message } : undefined
    }
    if (kind === 'config') return now - (since ?? now) >= this.#patience.configMs ? { kind, message } : undefined
    if (retries || !this.#isCrashLoop(container, seen)) return undefined
    const ends = container.restarts - seen.restartsBefore + (seen.existedBefore ? 0 : 1)
    const mayPass = ends < this.#patience.crashesBesideOthers && this.#patience.secondChance
    return { kind: 'crash', message, ...(mayPass ? { mayPass } : {}) }
  }

  /**
   * Ends with an error within the rollout. A pod that was there before may have been crashing for a reason that the
   * deploy has just removed (a Secret, a database): it gets one more chance.
   */
  #isCrashLoop(container: ContainerState, seen: Seen): boolean {
    const isDown = container.waiting?.reason === 'CrashLoopBackOff' || (container.ended?.exitCode ?? 0) !== 0
    if (!isDown || container.ready) return false
    const last = container.ended ?? container.lastEnded
    if (last === undefined || (last.exitCode === 0 && container.waiting?.reason !== 'CrashLoopBackOff')) return false
    const restarts = container.restarts - seen.restartsBefore
    if (seen.existedBefore && !this.#patience.secondChance) return container.restarts + 1 >= this.#patience.crashes
    return seen.existedBefore
      ? restarts >= 1 && container.restarts + 1 >= this.#patience.crashes
      : restarts + 1 >= this.#patience.crashes
  }

  #memoryOf(pod: KubernetesObject, container: ContainerState | undefined): Seen {
    const key = `${uidOf(pod) || pod.metadata.name}/${container ? `${container.init}/${container.name}` : ''}`
    const known = this.#seen.get(key)
    if (known) return known
    const existedBefore = createdAt(pod) < this.#started - BEFORE_MS
    const seen: Seen = {
      existedBefore,
      restartsBefore: existedBefore && container ? container.restarts : 0,
      trouble: undefined,
      imageBackedOff: false,
      imageTriedAgain: false
    }
    this.#seen.set(key, seen)
    return seen
  }

  /** Since when a kind of trouble has lasted without a break. */
  #lasting(seen: Seen, key: string | undefined, now: number): number | undefined {
    if (key === undefined) seen.trouble = undefined
    else if (seen.trouble?.key !== key) seen.trouble = { key, since: now }
    return seen.trouble?.since
  }
}
