import { glob, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { EnvironmentDeclaration } from '../declaration/index.ts'
import { GitOpsError, messageOf } from '../errors.ts'
import type { GitHubContext } from '../github/index.ts'
import { mergeReports } from '../report/merge.ts'
import { readReport } from '../report/read.ts'
import type { RunReport } from '../report/report.ts'
import type { Inputs } from './inputs.ts'

/** One of several jobs that share the targets of an environment. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly of: number
}

/**
 * `2/3`; undefined where the input is empty.
 * @throws GitOpsError for anything else
 */
export function readShard(inputs: Inputs<'shard'>): Shard | undefined {
  const text = inputs.optional('shard')
  if (text === undefined) return undefined
  const [, index = 0, of = 0] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number)
  if (index >= 1 && index <= of) return { index, of }
  throw new GitOpsError(`Input "shard" is "${text}", which is no part of a whole.`, {
    hint: 'Write which of how many, such as 1/3, 2/3 and 3/3.'
  })
}

/** An environment with the targets of one shard: they are dealt in the declared order, so each run deals alike. */
export function shardOf(environment: EnvironmentDeclaration, { index, of }: Shard): EnvironmentDeclaration {
  const dealt = [...environment.targets].filter((_target, place) => place % of === index - 1)
  return { ...environment, targets: new Map(dealt) }
}

/**
 * The reports of several jobs, as one for each environment. A file that is no report (cut off by a job that died) hides
 * none of the others: it is told where targets were not reported on.
 * @throws GitOpsError for a report about another command
 */
export async function collectReports(
  inputs: Inputs<'reports'>,
  environments: readonly (readonly [string, EnvironmentDeclaration])[],
  github: GitHubContext,
  revision: string | undefined,
  now: Date = new Date()
): Promise<RunReport[]> {
  const unreadable: string[] = []
  const reports: { file: string; report: RunReport }[] = []
  for (const file of await filesOf(inputs, github.workspace))
    try {
      reports.push(await read(file))
    } catch (error) {
      if (!(error instanceof GitOpsError)) throw error
      unreadable.push(error.message)
    }
  const strange = reports.find(({ report }) => report.command !== 'drift')
  if (strange)
    throw new GitOpsError(`${strange.file} is the report of a ${strange.report.command}; only drift is collected.`)
  const about = {
    ...(github.repository === undefined ? {} : { repository: github.repository }),
    ...(github.run === undefined ? {} : { run: github.run.url }),
    ...(revision === undefined ? {} : { revision })
  }
  return environments.map(([environment, declared]) => {
    const own = reports.map(({ report }) => report).filter((report) => report.environment === environment)
    return mergeReports(own, declared.targets, { ...about, environment, unreadable }, now)
  })
}

async function filesOf(inputs: Inputs<'reports'>, workspace: string): Promise<string[]> {
  const lines = inputs.lines('reports')
  if (lines.length === 0)
    throw new GitOpsError('Input "reports" is required with command: report.', {
      hint: 'Name the JSON reports of the other jobs, as files or folders, one a line.'
    })
  const files: string[] = []
  for (const line of lines) {
    const isFolder = await stat(path.resolve(workspace, line)).then(
      (found) => found.isDirectory(),
      () => false
    )
    const pattern = isFolder ? `${line.replace(/\/+$/, '')}/**/*.json` : line
    // Nothing there is no error: jobs that all failed have left nothing, and that is what is to be told.
    for await (const file of glob(pattern, { cwd: workspace })) files.push(file)
  }
  return [...new Set(files.map((file) => path.resolve(workspace, file)))].sort()
}

async function read(file: string): Promise<{ file: string; report: RunReport }> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new GitOpsError(`The report ${file} cannot be read: ${messageOf(error)}`)
  }
  return { file, report: readReport(text, file) }
}
