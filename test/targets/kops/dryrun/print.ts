import {
  DIFF_MARKS,
  type DiffLine,
  type DryRun,
  HEADERS,
  INCONSISTENT,
  SKIPPED,
  type Task,
  VERDICTS
} from '../../../../src/targets/kops/dryrun/grammar.ts'

/** The report as kops prints it (upup/pkg/fi/dryrun_target.go): the other direction of the parser. */
export function printDryRun(run: DryRun): string {
  let text = run.preamble.map((line) => `${line}\n`).join('')
  for (const section of ['created', 'modified'] as const)
    if (run[section].length > 0) text += `${HEADERS[section]}\n${run[section].map(printTask).join('')}`
  for (const section of ['deferred', 'deleted'] as const)
    if (run[section].length > 0)
      text += `${HEADERS[section]}\n${run[section].map(({ type, item }) => `  ${type.padEnd(20)} ${item}\n`).join('')}\n`
  return `${text}${VERDICTS[run.verdict]}\n`
}

function printTask(task: Task): string {
  const title = `  ${task.type}/${task.name}\n`
  if (task.inconsistency)
    return `${title}${INCONSISTENT}\n${task.inconsistency.map((line) => `    ${line}\n`).join('')}`
  return `${title}${task.fields.map(printField).join('')}\n`
}

function printField(field: Task['fields'][number]): string {
  const name = `  \t${field.name.padEnd(20)}`
  if (field.kind === 'value') return `${name}\t${field.value}\n`
  if (field.kind === 'change') {
    const lines = ` ${field.before} -> ${field.after}`.split('\n')
    return lines.length === 1 ? `${name}\t${lines[0]}\n` : `${name}\n${lines.map(detail).join('')}`
  }
  // A diff ends with a line end, which leaves an empty line.
  return `${name}\n${[...field.lines.map(printLine), ''].map(detail).join('')}`
}

function detail(line: string): string {
  return `  \t${' '.repeat(20)}\t${line}\n`
}

function printLine(line: DiffLine): string {
  return line.type === 'skipped' ? SKIPPED : DIFF_MARKS[line.type] + line.text
}
