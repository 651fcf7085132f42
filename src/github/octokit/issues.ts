import type { Issue, IssueOperations } from '../forge.ts'
import type { Client } from './client.ts'

const PAGE = 100

/** What GitHub answers, as far as we read it. */
interface Answer {
  number: number
  html_url: string
  title: string
  body?: string | null
  state: string
  author_association?: string
  user: { type: string } | null
  pull_request?: unknown
}

export function issueOperations(client: Client): IssueOperations {
  const list = async (label: string): Promise<Issue[]> => {
    const found: Answer[] = []
    for (let page = 1, full = true; full; page++) {
      const query = { labels: label, state: 'all', sort: 'created', direction: 'asc', per_page: PAGE, page } as const
      const answers: Answer[] = await client.call(
        'issues: read',
        (rest) => rest.issues.listForRepo({ ...client.place, ...query }),
        (data) => data
      )
      found.push(...answers)
      full = answers.length === PAGE
    }
    return found.filter((issue) => issue.pull_request === undefined).map(readIssue)
  }

  return {
    list,
    create: ({ title, body, label }) =>
      client.call(
        'issues: write',
        (rest) => rest.issues.create({ ...client.place, title, body, labels: [label] }),
        readIssue,
        {
          // The newest that says the same: one whose answer got lost.
          confirm: async () => (await list(label)).findLast((issue) => issue.title === title && issue.body === body)
        }
      ),
    update: (number, { reason, ...change }) =>
      client.call(
        'issues: write',
        (rest) =>
          rest.issues.update({
            ...client.place,
            issue_number: number,
            ...change,
            ...(change.state === 'closed' && reason ? { state_reason: reason } : {})
          }),
        () => undefined
      ),
    async comment(number, body) {
      await client.call(
        'issues: write',
        (rest) => rest.issues.createComment({ ...client.place, issue_number: number, body }),
        () => true,
        { confirm: async () => ((await hasComment(client, number, body)) ? true : undefined) }
      )
    },
    ensureLabel: (label) =>
      client.call(
        'issues: write',
        (rest) => rest.issues.createLabel({ ...client.place, ...label }),
        () => undefined,
        {
          accept: (failure) =>
            failure.status === 422 && /already_exists/.test(failure.message) ? { value: undefined } : undefined
        }
      )
  }
}

/** Whether a comment that says exactly this was made within the last minutes. */
async function hasComment(client: Client, number: number, body: string): Promise<boolean> {
  const since = new Date(client.now().getTime() - 600_000).toISOString()
  const query = { ...client.place, issue_number: number, since, per_page: PAGE }
  return client.call(
    'issues: read',
    (rest) => rest.issues.listComments(query),
    (comments) => comments.some((comment) => comment.body === body)
  )
}

function readIssue(issue: Answer): Issue {
  return {
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state === 'closed' ? 'closed' : 'open',
    trusted: issue.user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(issue.author_association ?? '')
  }
}
