import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringifyJson } from '../json.ts'
import type { RunReport } from './report.ts'

/**
 * Writes reports as JSON, one file per environment, into a new folder below `directory`.
 * @returns the absolute paths, in the order of the reports
 */
export async function writeReports(reports: readonly RunReport[], directory: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(directory, 'gitops-report-'))
  return Promise.all(
    reports.map(async (report) => {
      const file = path.join(folder, `${report.command}-${report.environment}.json`)
      await writeFile(file, `${stringifyJson(report, 2)}\n`, { mode: 0o600 })
      return file
    })
  )
}
