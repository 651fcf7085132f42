import { asList, asObject, at, type Json, type JsonObject } from '../../../../json.ts'
import {
  annotationOf,
  asInteger,
  conditionOf,
  degraded,
  type Health,
  healthy,
  progressing,
  stringAt,
  unknown
} from '../status.ts'

/** Argo CD's answer for a Pod (source: argoproj/argo-cd, gitops-engine/pkg/health/health_pod.go). */
export function argoPod(object: JsonObject): Health {
  const policy = effectivePolicy(object)
  const containers = asList(at(object, 'status', 'containerStatuses')) ?? []
  if (policy === 'Always') {
    const waiting = containers.map((container) => at(container, 'state', 'waiting')).filter(isErrorWait)
    if (waiting.length > 0) return degraded(waiting.map((wait) => stringAt(wait, 'message')).join(', '))
  }
  const message = stringAt(object, 'status', 'message')
  switch (stringAt(object, 'status', 'phase')) {
    case 'Pending':
      return progressing(message)
    case 'Succeeded':
      return healthy(message)
    case 'Failed':
      return degraded(message || failureOf(object))
    case 'Running':
      if (policy === 'OnFailure' || policy === 'Never') return progressing(message)
      if (policy !== 'Always') return unknown(message)
      if (conditionOf(object, 'Ready')?.status === 'True') return healthy(message)
      return containers.some((container) => asObject(at(container, 'lastState', 'terminated')) !== undefined)
        ? degraded(message)
        : progressing(message)
    default:
      return unknown(message)
  }
}

/** Pods that are meant to end count as long-running ones where they ask for it, unless they are hooks. */
function effectivePolicy(object: JsonObject): string {
  const policy = stringAt(object, 'spec', 'restartPolicy')
  if (annotationOf(object, 'argocd.argoproj.io/ignore-restart-policy') !== 'true' || isHook(object)) return policy
  return 'Always'
}

function isHook(object: JsonObject): boolean {
  const hook = annotationOf(object, 'argocd.argoproj.io/hook')
  if (hook !== undefined) return hook !== 'Skip'
  const helm = annotationOf(object, 'helm.sh/hook')
  return helm !== undefined && helm !== 'crd-install'
}

function isErrorWait(waiting: Json | undefined): boolean {
  const reason = stringAt(waiting, 'reason')
  return reason.startsWith('Err') || reason.endsWith('Error') || reason.endsWith('BackOff')
}

function failureOf(object: JsonObject): string {
  const containers = [
    ...(asList(at(object, 'status', 'initContainerStatuses')) ?? []),
    ...(asList(at(object, 'status', 'containerStatuses')) ?? [])
  ]
  for (const container of containers) {
    const ended = at(container, 'state', 'terminated')
    if (stringAt(ended, 'message') !== '') return stringAt(ended, 'message')
    if (stringAt(ended, 'reason') === 'OOMKilled') return 'OOMKilled'
    const code = asInteger(at(ended, 'exitCode'))
    if (code) return `container "${stringAt(container, 'name')}" failed with exit code ${code}`
  }
  return ''
}
