import type { World } from './world.ts'

/** What a person who follows a `html_url` sees: an issue or pull request as plain text; undefined for other paths. */
export async function issuePage(world: World, pathname: string): Promise<string | undefined> {
  const [, name, number] = /^\/([^/]+\/[^/]+)\/(?:issues|pull)\/(\d+)$/.exec(pathname) ?? []
  const repository = name === undefined ? undefined : await world.repository(name)
  const issue = repository?.issues.find((one) => String(one.number) === number)
  if (!issue) return undefined
  const state = issue.pull?.mergedAt ? 'merged' : issue.state
  return [
    `${issue.title} #${issue.number}  (${issue.pull ? 'pull request' : 'issue'}, ${state})`,
    `${issue.user.login}, ${issue.createdAt}  ${issue.labels.map((label) => `[${label}]`).join(' ')}`,
    ...(issue.pull ? [`${issue.pull.headRef} → ${issue.pull.baseRef}`] : []),
    '',
    issue.body ?? '',
    ...issue.comments.flatMap((comment) => ['', `── ${comment.user.login}, ${comment.createdAt}`, comment.body]),
    ''
  ].join('\n')
}
