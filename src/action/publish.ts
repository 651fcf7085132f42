import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { messageOf } from '../errors.ts'
import type { Logger } from '../log.ts'
import { writeReports } from '../report/json.ts'
import type { RunReport } from '../report/report.ts'
import { renderSummary } from '../report/summary.ts'
import { reportLines } from '../report/text.ts'
import { addSummary } from './summary.ts'

/**
 * Shows what was done everywhere a reader may look: a tree in the log, the step summary, JSON files.
 * @returns paths of the JSON files, in the order of the reports
 */
export async function publish(
  reports: readonly RunReport[],
  log: Logger,
  env: NodeJS.ProcessEnv = process.env
): Promise<string[]> {
  for (const report of reports) for (const line of reportLines(report)) log.info(line)
  const directory = env['RUNNER_TEMP'] || tmpdir()
  await mkdir(directory, { recursive: true })
  const files = await writeReports(reports, directory)
  try {
    await addSummary(renderSummary(reports), env)
  } catch (error) {
    // What was done is done: a summary that cannot be written must not turn it into a failure.
    log.warning(`The step summary could not be written: ${messageOf(error)}`)
  }
  return files
}
