import { appendFile } from 'node:fs/promises'

/** Adds Markdown to the summary of the step. Where the runner keeps none (a local run), nothing happens. */
export async function addSummary(markdown: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const file = env['GITHUB_STEP_SUMMARY']
  if (file) await appendFile(file, `${markdown}\n`)
}
