import type { Pull, PullOperations } from '../forge.ts'
import type { Client } from './client.ts'

interface Answer {
  number: number
  html_url: string
  title: string
  body?: string | null
  state: string
  merged_at?: string | null
}

export function pullOperations(client: Client, serverUrl: string): PullOperations {
  const list = (filter: { head: string; base: string }): Promise<Pull[]> =>
    client.call(
      'pull-requests: read',
      (rest) =>
        rest.pulls.list({
          ...client.place,
          head: `${client.owner}:${filter.head}`,
          base: filter.base,
          state: 'all',
          sort: 'created',
          direction: 'desc',
          per_page: 100
        }),
      (data) => data.map(readPull)
    )

  return {
    list,
    create: (pull) =>
      client.call('pull-requests: write', (rest) => rest.pulls.create({ ...client.place, ...pull }), readPull, {
        confirm: async () => (await list(pull)).find((one) => one.state === 'open'),
        // The branch was made a moment ago.
        settling: (failure) => failure.status === 422 && /PullRequest\.head invalid/.test(failure.message)
      }),
    update: (number, change) =>
      client.call(
        'pull-requests: write',
        (rest) => rest.pulls.update({ ...client.place, pull_number: number, ...change }),
        () => undefined
      ),
    ofCommit: (sha) =>
      client.call(
        'pull-requests: read',
        (rest) => rest.repos.listPullRequestsAssociatedWithCommit({ ...client.place, commit_sha: sha }),
        (data) => data.map((pull) => pull.number)
      ),
    compareUrl: (base, head) =>
      `${serverUrl}/${client.repository}/compare/${encodeURI(base)}...${encodeURI(head)}?expand=1`
  }
}

function readPull(answer: Answer): Pull {
  const state = answer.merged_at ? 'merged' : answer.state === 'closed' ? 'closed' : 'open'
  return { number: answer.number, url: answer.html_url, title: answer.title, body: answer.body ?? '', state }
}
