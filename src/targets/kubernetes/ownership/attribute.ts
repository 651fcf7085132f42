import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Actor, Attribution } from '../../plan.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import { UNRECORDED } from './adopt.ts'
import { isApplyOf, type ManagedEntry, managedEntries, ownEntry } from './entries.ts'
import { coverage } from './fields.ts'
import { managerKind } from './managers.ts'
import type { Path } from './path.ts'

/**
 * Who wrote what stands at a path, as far as `managedFields` records it: the newest owner beside ourselves. A field
 * that was removed leaves no owner; then the candidates are those who worked on the object since our last apply.
 */
export function attribute(live: KubernetesObject, path: Path): Attribution {
  return attributeIn(managedEntries(live), path)
}

/** The same for entries that were read before. */
export function attributeIn(
  entries: readonly ManagedEntry[],
  path: Path,
  isPiece?: (path: Path) => boolean
): Attribution {
  const [owner] = ownersOf(entries, path, isPiece)
  return owner ? { known: true, ...actorOf(owner) } : { known: false, candidates: candidates(entries) }
}

/** Entries of others that own a path or something inside it, newest first. `isPiece` as in `coverage`. */
export function ownersOf(
  entries: readonly ManagedEntry[],
  path: Path,
  isPiece?: (path: Path) => boolean
): ManagedEntry[] {
  return entries
    .filter((entry) => !isApplyOf(entry, FIELD_MANAGER) && coverage(entry.fields, path, isPiece) !== undefined)
    .sort(newestFirst)
}

/**
 * Who may have changed something that records no owner: managers that wrote to the object since our last apply,
 * newest first. The system is never among them.
 */
export function candidates(entries: readonly ManagedEntry[]): Actor[] {
  const since = ownEntry(entries)?.time ?? ''
  const seen = new Set<string>()
  const actors: Actor[] = []
  for (const entry of [...entries].sort(newestFirst)) {
    if ((entry.time ?? '') < since || entry.subresource === 'status' || entry.manager === UNRECORDED) continue
    // Ours are also what we wrote otherwise than by applying, and what belongs to no declaration, under longer names.
    if (entry.manager === FIELD_MANAGER || entry.manager.startsWith(`${FIELD_MANAGER}-`)) continue
    if (managerKind(entry.manager, entry.operation) === 'system' || seen.has(entry.manager)) continue
    seen.add(entry.manager)
    actors.push(actorOf(entry))
  }
  return actors
}

export function actorOf(entry: ManagedEntry): Actor {
  return {
    manager: entry.manager,
    operation: entry.operation,
    ...(entry.subresource === undefined ? {} : { subresource: entry.subresource }),
    ...(entry.time === undefined ? {} : { time: entry.time })
  }
}

function newestFirst(a: ManagedEntry, b: ManagedEntry): number {
  const [x, y] = [a.time ?? '', b.time ?? '']
  return x < y ? 1 : x > y ? -1 : 0
}
