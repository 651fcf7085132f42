import { GitOpsError } from '../../errors.ts'

/** A row of the table that `kops rolling-update cluster` prints. */
export interface GroupStatus {
  readonly name: string
  /** Instances that run with an older launch template. */
  readonly needUpdate: number
  readonly ready: number
}

/**
 * Reads the table: columns by their header, which has changed over the years, cells between tabs.
 * @throws GitOpsError when there is none
 */
export function parseRollingUpdate(text: string): GroupStatus[] {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const start = lines.findIndex((line) => /^NAME\t+STATUS\t/.test(line))
  if (start < 0) {
    // A cluster without instances has no table.
    if (/No rolling-update required/.test(text)) return []
    throw new GitOpsError('The list of instances that kops rolling-update prints cannot be read.', {
      hint: 'Please report it with the version of kops.'
    })
  }
  const cells = (line: string) => line.split(/\t+/)
  const columns = cells(lines[start] ?? '')
  const column = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? ''
  const groups: GroupStatus[] = []
  for (const line of lines.slice(start + 1)) {
    if (line === '') break
    const row = cells(line)
    groups.push({
      name: column(row, 'NAME'),
      needUpdate: Number(column(row, 'NEEDUPDATE')) || 0,
      ready: Number(column(row, 'READY')) || 0
    })
  }
  return groups
}
