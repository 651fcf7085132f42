import { asList, asObject, at, type Json, type JsonObject } from '../../../../json.ts'
import { tidy } from '../events.ts'
import {
  annotationOf,
  asInteger,
  clause,
  conditionOf,
  count,
  degraded,
  type Health,
  healthy,
  integerAt,
  progressing,
  stringAt
} from '../status.ts'

/** One container of a pod as its status tells it. */
export interface ContainerState {
  readonly name: string
  readonly init: boolean
  /** An init container that runs beside the others (`restartPolicy: Always`); `init` is false then. */
  readonly sidecar: boolean
  readonly ready: boolean
  readonly restarts: number
  /** Why it does not run, for example `CrashLoopBackOff` or `ContainerCreating`. */
  readonly waiting?: { readonly reason: string; readonly message: string }
  readonly running: boolean
  /** The end it is at now. */
  readonly ended?: ContainerEnd
  /** The end of its last run before this one. */
  readonly lastEnded?: ContainerEnd
}

export interface ContainerEnd {
  readonly exitCode: number
  readonly signal: number
  readonly reason: string
  /** The termination message the container left. Untrusted text. */
  readonly message: string
}

/** How long a pod may be unschedulable before that counts as a failure: autoscalers need a moment. */
export const SCHEDULING_GRACE_MS = 30_000

/** Waiting reasons that say that the image cannot be had. */
export const IMAGE_PROBLEMS: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable'
])

/** Waiting reasons that say that the container cannot be made: a missing ConfigMap or Secret, a bad command. */
export const CREATE_PROBLEMS: ReadonlySet<string> = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PostStartHookError'
])

/**
 * A pod that is to run is healthy when it is ready; one that is to end (restartPolicy Never or OnFailure) when it has
 * succeeded, unless it says with Argo CD's annotation that it is a service after all.
 */
export function podHealth(object: JsonObject, now: Date): Health {
  const containers = containersOf(object)
  const isService = isLongRunning(object)
  const phase = stringAt(object, 'status', 'phase')
  if (phase === 'Succeeded') return healthy('Completed successfully')
  if (phase === 'Failed') return degraded(failureOf(object, containers))
  const ready = conditionOf(object, 'Ready')
  if (isService && ready?.status === 'True') return healthy('Running and ready')
  const stuck = containers.find((container) => isStuck(container, isService))
  if (stuck) return degraded(describeContainer(stuck))
  const scheduled = conditionOf(object, 'PodScheduled')
  if (scheduled?.status === 'False') {
    const since = Date.parse(scheduled.lastTransitionTime || stringAt(object, 'metadata', 'creationTimestamp'))
    const message = `Not scheduled: ${clause(tidy(scheduled.message || scheduled.reason || 'no node found yet'))}`
    const isLate = scheduled.reason === 'Unschedulable' && !(now.getTime() - since < SCHEDULING_GRACE_MS)
    return isLate ? degraded(message) : progressing(message)
  }
  if (phase === '') return progressing('Not seen by the scheduler or the kubelet yet')
  const waiting = containers.find((container) => container.waiting || (container.init && container.running))
  if (waiting) return progressing(describeContainer(waiting))
  if (phase === 'Running' && !isService) return progressing('Running; it is to run to its end')
  const unready = containers.find((container) => !container.ready && !container.init)
  if (unready) return progressing(describeContainer(unready))
  return progressing(
    ready?.message ? `Not ready: ${clause(ready.message)}` : phase === 'Pending' ? 'Starting' : 'Running, not ready yet'
  )
}

/** Whether a pod is meant to run on, rather than to its end. */
function isLongRunning(object: JsonObject): boolean {
  const policy = stringAt(object, 'spec', 'restartPolicy')
  if (policy !== 'Never' && policy !== 'OnFailure') return true
  return (
    annotationOf(object, 'argocd.argoproj.io/ignore-restart-policy') === 'true' &&
    annotationOf(object, 'argocd.argoproj.io/hook') === undefined &&
    annotationOf(object, 'helm.sh/hook') === undefined
  )
}

/** A state that somebody has to look at, though Kubernetes goes on trying. A single crash is none. */
function isStuck(container: ContainerState, isService: boolean): boolean {
  const reason = container.waiting?.reason ?? ''
  if (IMAGE_PROBLEMS.has(reason) || CREATE_PROBLEMS.has(reason)) return true
  if (!isService) return false
  if (reason === 'CrashLoopBackOff') return true
  return !container.init && container.ended !== undefined && container.ended.exitCode !== 0 && container.restarts > 0
}

/** Why a pod failed: its own reason (`Evicted`, `DeadlineExceeded`), else the container that did. */
export function failureOf(object: JsonObject, containers: readonly ContainerState[]): string {
  const reason = stringAt(object, 'status', 'reason')
  const message = stringAt(object, 'status', 'message')
  if (reason !== '' || message !== '') return `Failed: ${[reason, clause(message)].filter(Boolean).join(': ')}`
  const container = containers.find((one) => one.ended !== undefined && one.ended.exitCode !== 0)
  return container ? describeContainer(container) : 'Failed'
}

/** `container web exited with code 1 (CrashLoopBackOff, 3 restarts): panic: no configuration`. */
export function describeContainer(container: ContainerState): string {
  const what = container.init ? 'init container' : container.sidecar ? 'sidecar container' : 'container'
  const name = `${what} ${container.name}`
  const { waiting, ended, lastEnded, restarts } = container
  const end = ended ?? lastEnded
  const wait = waiting?.reason ?? ''
  const isBack = container.running && !container.ready && lastEnded !== undefined && lastEnded.exitCode !== 0
  if (end && (wait === 'CrashLoopBackOff' || isBack || (ended && (ended.exitCode !== 0 || restarts > 0)))) {
    const notes = [
      wait,
      end.reason === 'Error' || end.reason === 'Completed' || end.reason === '' ? '' : end.reason,
      restarts > 0 ? count(restarts, 'restart') : ''
    ].filter(Boolean)
    const how = end.signal > 0 ? `was ended by signal ${end.signal}` : `exited with code ${end.exitCode}`
    const said = clause(end.message)
    const now = isBack ? ', runs again and is not ready' : ''
    return `${name} ${how}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}${now}${said ? `: ${said}` : ''}`
  }
  if (waiting) {
    const message = clause(waiting.message)
    if (IMAGE_PROBLEMS.has(wait)) return `${name} cannot get its image (${wait})${message ? `: ${message}` : ''}`
    if (CREATE_PROBLEMS.has(wait)) return `${name} cannot be started (${wait})${message ? `: ${message}` : ''}`
    if (wait === '' || wait === 'ContainerCreating' || wait === 'PodInitializing') return `${name} is being started`
    return `${name} is waiting (${wait})${message ? `: ${message}` : ''}`
  }
  const after = restarts > 0 ? ` after ${count(restarts, 'restart')}` : ''
  if (container.init && container.running) return `${name} is running${after}`
  return `${name} is running${after} but not ready`
}

/** The containers of a pod as they are, init containers and sidecars first. */
export function containersOf(object: JsonObject): ContainerState[] {
  const sidecars = new Set(
    (asList(at(object, 'spec', 'initContainers')) ?? [])
      .filter((container) => at(container, 'restartPolicy') === 'Always')
      .map((container) => stringAt(container, 'name'))
  )
  const read = (list: Json | undefined, init: boolean) =>
    (asList(list) ?? []).map((container) => {
      const sidecar = init && sidecars.has(stringAt(container, 'name'))
      return stateOf(container, init && !sidecar, sidecar)
    })
  return [
    ...read(at(object, 'status', 'initContainerStatuses'), true),
    ...read(at(object, 'status', 'containerStatuses'), false)
  ]
}

function stateOf(container: Json, init: boolean, sidecar: boolean): ContainerState {
  const waiting = asObject(at(container, 'state', 'waiting'))
  const ended = endOf(at(container, 'state', 'terminated'))
  const lastEnded = endOf(at(container, 'lastState', 'terminated'))
  return {
    name: stringAt(container, 'name'),
    init,
    sidecar,
    ready: at(container, 'ready') === true,
    restarts: integerAt(container, 0, 'restartCount'),
    running: asObject(at(container, 'state', 'running')) !== undefined,
    ...(waiting ? { waiting: { reason: stringAt(waiting, 'reason'), message: stringAt(waiting, 'message') } } : {}),
    ...(ended ? { ended } : {}),
    ...(lastEnded ? { lastEnded } : {})
  }
}

function endOf(value: Json | undefined): ContainerEnd | undefined {
  const ended = asObject(value)
  if (ended === undefined) return undefined
  return {
    exitCode: asInteger(ended['exitCode']) ?? 0,
    signal: integerAt(ended, 0, 'signal'),
    reason: stringAt(ended, 'reason'),
    message: stringAt(ended, 'message')
  }
}
