import { asString, at } from '../../json.ts'
import { MOMENT_MUST, momentText, parseMoment, timeText } from '../../moment.ts'
import { type KubernetesObject, objectId } from '../../render/manifest.ts'
import type { Held } from '../plan.ts'
import type { IgnoreRule } from './compare/index.ts'
import { describe } from './describe.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { attribute } from './ownership/index.ts'

/** Set on a live object by whoever needs it left alone: until when healing leaves it. */
export const PAUSE_ANNOTATION = 'gitops-actions.dev/pause-healing-until'
/** Why; shown beside it. */
export const PAUSE_REASON_ANNOTATION = 'gitops-actions.dev/pause-healing-reason'

/** Breaking the glass is no drift itself. */
export const PAUSE_FIELDS: IgnoreRule = {
  kind: '*',
  pointers: [PAUSE_ANNOTATION, PAUSE_REASON_ANNOTATION].map(
    (name) => `/metadata/annotations/${name.replaceAll('/', '~1')}`
  )
}

/**
 * The objects that somebody asked healing to leave alone, by object id, and what a reader must know of them. A date
 * that cannot be read holds, because whoever wrote it meant to: nothing is overwritten over a slip of the pen.
 */
export function pausesOf(
  objects: Iterable<KubernetesObject>,
  { log, now = () => new Date() }: Pick<KubernetesTargetOptions, 'log' | 'now'>
): { held: ReadonlyMap<string, Held>; notes: string[] } {
  const held = new Map<string, Held>()
  const notes: string[] = []
  for (const object of objects) {
    const text = asString(at(object, 'metadata', 'annotations', PAUSE_ANNOTATION))
    if (text === undefined || held.has(objectId(object))) continue
    const until = parseMoment(text.trim())
    if (until && until <= now()) continue
    const facts = `${by(object)}${because(object)}`
    if (until) {
      const reason = `healing is paused until ${momentText(until)}${facts}`
      held.set(objectId(object), { by: 'pause', reason, until: until.toISOString() })
      notes.push(`${describe(object)}: ${reason}.`)
      continue
    }
    const reason = `healing is paused${facts}: the annotation ${PAUSE_ANNOTATION} is "${text}", which must be ${MOMENT_MUST}`
    held.set(objectId(object), { by: 'pause', reason })
    notes.push(`${describe(object)}: ${reason}. It is left alone until the annotation is corrected or removed.`)
    log.warning(`${describe(object)}: ${reason}.`)
  }
  return { held, notes }
}

function by(object: KubernetesObject): string {
  const author = attribute(object, ['metadata', 'annotations', PAUSE_ANNOTATION])
  if (!author.known) return ''
  return ` by ${author.manager}${author.time === undefined ? '' : ` (${timeText(author.time)})`}`
}

function because(object: KubernetesObject): string {
  const reason = asString(at(object, 'metadata', 'annotations', PAUSE_REASON_ANNOTATION))?.trim()
  return reason ? `, because: ${reason}` : ''
}
