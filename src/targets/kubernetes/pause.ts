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

/** How long a date that cannot be read holds. */
const UNREADABLE_HOLDS_MS = 86_400_000

/**
 * The objects that somebody asked healing to leave alone, by object id, and what a reader must know of them. A date
 * that cannot be read holds for a day from when it was written, because whoever wrote it meant to: nothing is
 * overwritten over a slip of the pen, and nothing is left alone for ever.
 */
export function pausesOf(
  objects: Iterable<KubernetesObject>,
  { log, now = () => new Date() }: Pick<KubernetesTargetOptions, 'log' | 'now'>
): { held: ReadonlyMap<string, Held>; notes: string[] } {
  const held = new Map<string, Held>()
  const notes: string[] = []
  const seen = new Set<string>()
  for (const object of objects) {
    const text = asString(at(object, 'metadata', 'annotations', PAUSE_ANNOTATION))
    const id = objectId(object)
    if (text === undefined || seen.has(id)) continue
    seen.add(id)
    const written = parseMoment(text.trim())
    const author = attribute(object, ['metadata', 'annotations', PAUSE_ANNOTATION])
    const since = author.known ? Date.parse(author.time ?? '') : Number.NaN
    const until = written ?? (Number.isNaN(since) ? undefined : new Date(since + UNREADABLE_HOLDS_MS))
    const mistake = `the annotation ${PAUSE_ANNOTATION} is ${JSON.stringify(text.slice(0, 60))}, but must be ${MOMENT_MUST}`
    const isHeld = until !== undefined && until > now()
    const by = author.known
      ? ` by ${author.manager}${author.time === undefined ? '' : ` (${timeText(author.time)})`}`
      : ''
    if (isHeld) {
      const reason = `healing is paused until ${momentText(until)}${by}${because(object)}${written ? '' : `, for a day only: ${mistake}`}`
      held.set(id, { by: 'pause', reason, until: until.toISOString() })
      notes.push(`${describe(object)}: ${reason}.`)
    } else if (!written)
      notes.push(`${describe(object)}: ${mistake}; it pauses nothing${by === '' ? '' : ` any more (set${by})`}.`)
    if (!written) log.warning(notes.at(-1) ?? mistake)
  }
  return { held, notes }
}

function because(object: KubernetesObject): string {
  const reason = asString(at(object, 'metadata', 'annotations', PAUSE_REASON_ANNOTATION))?.trim()
  return reason ? `, because: ${reason}` : ''
}
