import type { Change, FieldChange } from '../targets/plan.ts'
import { cut, valueLines } from './value.ts'

/** Unchanged lines kept around a change inside a long text. */
const CONTEXT = 2
/** More lines than this on a side are not compared line by line: the table of the comparison would be too large. */
const COMPARABLE = 500
/** A field's diff is cut after so many lines, and a line after so many characters. */
const SHOWN = 120
const WIDTH = 400

/**
 * The fields of a change as a readable diff, for a block of language `diff`: the path, then what is taken away (`-`)
 * and what comes (`+`). `from` and `to` say which of the two values is which: a plan goes from live to declared; who
 * looks at drift wants to see what somebody did to the declaration.
 */
export function diffLines(change: Change, direction: 'to-declared' | 'to-live'): string[] {
  return change.fields.flatMap((field) => [`@@ ${field.path} @@`, ...shorten(fieldLines(field, direction))])
}

function fieldLines(field: FieldChange, direction: 'to-declared' | 'to-live'): string[] {
  const [from, to] = direction === 'to-declared' ? [field.before, field.after] : [field.after, field.before]
  return lineDiff(valueLines(from), valueLines(to))
}

/** Two texts as one, each line with `- `, `+ ` or two spaces; unchanged stretches are left out as `  …`. */
export function lineDiff(before: readonly string[], after: readonly string[]): string[] {
  if (before.length <= 1 || after.length <= 1 || before.length > COMPARABLE || after.length > COMPARABLE)
    return [...before.map((line) => `- ${line}`), ...after.map((line) => `+ ${line}`)]
  return withoutLongStretches(compare(before, after))
}

/** Longest common subsequence. */
function compare(before: readonly string[], after: readonly string[]): string[] {
  const width = after.length + 1
  const lengths = new Uint16Array((before.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: string[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(`  ${before[i]}`)
      i += 1
      j += 1
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) lines.push(`- ${before[i++]}`)
    else lines.push(`+ ${after[j++]}`)
  }
  return lines
}

function withoutLongStretches(lines: readonly string[]): string[] {
  const changed = lines.flatMap((line, index) => (line.startsWith('  ') ? [] : [index]))
  const result: string[] = []
  let skipping = false
  lines.forEach((line, index) => {
    if (changed.some((other) => Math.abs(other - index) <= CONTEXT)) {
      result.push(line)
      skipping = false
    } else if (!skipping) {
      result.push('  …')
      skipping = true
    }
  })
  return result
}

function shorten(lines: readonly string[]): string[] {
  const shown = lines.slice(0, SHOWN).map((line) => cut(line, WIDTH))
  return lines.length <= SHOWN ? shown : [...shown, `  … ${lines.length - SHOWN} more lines, see the JSON report`]
}
