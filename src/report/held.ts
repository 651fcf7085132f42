import type { Change, Held } from '../targets/plan.ts'
import { words } from './changes.ts'
import { codeBlock, codeSpan } from './markdown.ts'
import { resourceText } from './value.ts'

/** More objects of one reason than this are counted, not named. */
const MOST_NAMES = 5
/** More reasons, and more rules that settle a fight, than this are not read. */
const MOST_REASONS = 20
const MOST_RULES = 20

/**
 * What healing leaves, and why: one line for all objects of one reason, with the YAML that settles the fights. It is told
 * where nothing is healed, too: who thinks of turning healing on wants to know what it does not do.
 */
export function heldBlocks(changes: readonly Change[], title: string): string[] {
  const lines = [...heldByReason(changes)].map(([reason, names]) => {
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
    return `- ${names.slice(0, MOST_NAMES).join(', ')}${more}: ${words(reason)}.`
  })
  if (lines.length === 0) return []
  const rest = lines.length > MOST_REASONS ? [`- and for ${lines.length - MOST_REASONS} more reasons`] : []
  const blocks = [`**${title}:**\n\n${[...lines.slice(0, MOST_REASONS), ...rest].join('\n')}`]
  const proposal = settlement(changes.flatMap(heldOf))
  if (proposal !== undefined)
    blocks.push(
      'Stop whoever changes it. Or let it differ: add this to the environment in `gitops.yaml` (for the action drift-check: what stands below `ignore`, to the input `ignore-differences`; what stands below `except`, to `heal-except`). Healing goes on by itself then, or when the declared value changes.',
      codeBlock(proposal, 'yaml')
    )
  return blocks
}

function heldOf(change: Change): Held[] {
  return [change.held, ...change.fields.map((field) => field.held)].filter((held) => held !== undefined)
}

/** What healing never touches unless it is told to, and how to tell it. */
const REPORTED: Readonly<Partial<Record<Change['action'], string>>> = {
  'remove-foreign':
    'what others added inside our objects is only reported; take it out, declare it, or set foreign-fields (in gitops.yaml: drift.foreignFields) to revert or ignore',
  unmanaged:
    'what nobody declares is only reported; declare it, delete it, or set unmanaged (in gitops.yaml: drift.unmanaged) to ignore',
  unhealthy: 'it is what was declared and does not work, so there is nothing to put back'
}

function heldByReason(changes: readonly Change[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const add = (reason: string, name: string) => {
    const names = found.get(reason)
    if (names) names.push(name)
    else found.set(reason, [name])
  }
  for (const { action, held, healable, resource, fields } of changes) {
    const object = codeSpan(resourceText(resource))
    const reported = healable === false ? REPORTED[action] : undefined
    if (held) add(held.reason, object)
    else if (reported !== undefined) add(reported, object)
    else for (const field of fields) if (field.held) add(field.held.reason, `${codeSpan(field.path)} of ${object}`)
  }
  return found
}

/** The proposals as one YAML text, the rules of one list below one another: it can be pasted as it stands. */
function settlement(held: readonly Held[]): string | undefined {
  const lists = new Map<string, string[]>()
  const proposals = new Set(held.flatMap((one) => one.proposal ?? []))
  if (proposals.size === 0) return undefined
  for (const proposal of [...proposals].slice(0, MOST_RULES)) {
    const lines = proposal.split('\n')
    const item = lines.findIndex((line) => /^\s*- /.test(line))
    const head = lines.slice(0, Math.max(item, 0)).join('\n')
    lists.set(head, [...(lists.get(head) ?? []), lines.slice(Math.max(item, 0)).join('\n')])
  }
  const text = [...lists].map(([head, items]) => [head, ...items].filter((line) => line !== '').join('\n'))
  const more = proposals.size - MOST_RULES
  if (more > 0) text.push(`# and ${more} more rules like these: the JSON report has them all`)
  return text.join('\n')
}
