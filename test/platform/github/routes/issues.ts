import { asList, asString, at, type Json } from '../../../../src/json.ts'
import { ApiFailure, type Call, invalid, notFound, paged, type Route } from '../call.ts'
import type { Comment, Issue } from '../state.ts'

/** GitHub's limit of an issue's or comment's text, in characters (code points). */
export const BODY_LIMIT = 65_536

const READ = [
  ['issues', 'read'],
  ['pull-requests', 'read']
] as const
const WRITE = [
  ['issues', 'write'],
  ['pull-requests', 'write']
] as const

export const issueRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/issues',
    needs: READ,
    handle: (call) => paged(call, listed(call), (one) => call.present.issue(one))
  },
  {
    method: 'POST',
    path: '/issues',
    needs: [['issues', 'write']],
    handle(call) {
      needIssues(call)
      const issue = newIssue(call, call.body['title'] ?? '', call.body['body'] ?? null)
      setLabels(call, issue, call.body['labels'])
      call.repository.issues.push(issue)
      return { status: 201, body: call.present.issue(issue) }
    }
  },
  {
    method: 'GET',
    path: '/issues/{issue_number}',
    needs: READ,
    handle: (call) => ({ status: 200, body: call.present.issue(issueOf(call)) })
  },
  {
    method: 'PATCH',
    path: '/issues/{issue_number}',
    needs: WRITE,
    handle(call) {
      const issue = issueOf(call)
      needIssues(call)
      const { title, body, state, labels } = call.body
      if (typeof title === 'string' || typeof title === 'number') issue.title = checkTitle(String(title))
      if (typeof body === 'string' || body === null) issue.body = checkBody('Issue', body)
      if (labels !== undefined) setLabels(call, issue, labels)
      if (typeof state === 'string' && state !== issue.state)
        setState(call, issue, state === 'closed' ? 'closed' : 'open', asString(call.body['state_reason']))
      issue.updatedAt = call.now
      return { status: 200, body: call.present.issue(issue) }
    }
  },
  {
    method: 'GET',
    path: '/issues/{issue_number}/comments',
    needs: READ,
    handle(call) {
      const issue = issueOf(call)
      return paged(call, issue.comments, (comment) => call.present.comment(issue, comment))
    }
  },
  {
    method: 'POST',
    path: '/issues/{issue_number}/comments',
    needs: WRITE,
    handle(call) {
      const issue = issueOf(call)
      const body = checkBody('IssueComment', asString(call.body['body']) ?? '') ?? ''
      if (body.trim() === '') throw invalid('IssueComment', 'body', 'missing_field')
      const comment: Comment = { id: call.newId(), body, user: call.user, createdAt: call.now, updatedAt: call.now }
      issue.comments.push(comment)
      issue.updatedAt = call.now
      return { status: 201, body: call.present.comment(issue, comment) }
    }
  },
  {
    method: 'GET',
    path: '/issues/comments/{comment_id}',
    needs: READ,
    handle(call) {
      const { issue, comment } = commentOf(call)
      return { status: 200, body: call.present.comment(issue, comment) }
    }
  },
  {
    method: 'PATCH',
    path: '/issues/comments/{comment_id}',
    needs: WRITE,
    handle(call) {
      const { issue, comment } = commentOf(call)
      comment.body = checkBody('IssueComment', asString(call.body['body']) ?? '') ?? ''
      comment.updatedAt = call.now
      return { status: 200, body: call.present.comment(issue, comment) }
    }
  },
  {
    method: 'DELETE',
    path: '/issues/comments/{comment_id}',
    needs: WRITE,
    handle(call) {
      const { issue, comment } = commentOf(call)
      issue.comments.splice(issue.comments.indexOf(comment), 1)
      return { status: 204 }
    }
  },
  {
    method: 'GET',
    path: '/issues/{issue_number}/labels',
    needs: READ,
    handle: (call) => ({ status: 200, body: call.present.issue(issueOf(call))['labels'] ?? [] })
  },
  {
    method: 'POST',
    path: '/issues/{issue_number}/labels',
    needs: WRITE,
    handle(call) {
      const issue = issueOf(call)
      setLabels(call, issue, [...issue.labels, ...(asList(call.body['labels']) ?? [])])
      return { status: 200, body: call.present.issue(issue)['labels'] ?? [] }
    }
  },
  {
    method: 'GET',
    path: '/labels',
    needs: READ,
    handle: (call) => paged(call, call.repository.labels, (label) => call.present.label(label))
  },
  {
    method: 'POST',
    path: '/labels',
    needs: WRITE,
    handle(call) {
      const name = asString(call.body['name']) ?? ''
      const color = asString(call.body['color']) ?? 'ededed'
      const description = asString(call.body['description']) ?? null
      if (name === '' || name.length > 50) throw invalid('Label', 'name', 'invalid')
      if (!/^[0-9a-fA-F]{6}$/.test(color)) throw invalid('Label', 'color', 'invalid')
      if (description && description.length > 100)
        throw invalid('Label', 'description', 'custom', 'description is too long (maximum is 100 characters)')
      if (findLabel(call, name)) throw invalid('Label', 'name', 'already_exists')
      const label = { id: call.newId(), name, color, description }
      call.repository.labels.push(label)
      return { status: 201, body: call.present.label(label) }
    }
  },
  {
    method: 'GET',
    path: '/labels/{name}',
    needs: READ,
    handle(call) {
      const label = findLabel(call, call.params['name'] ?? '')
      if (!label) throw notFound()
      return { status: 200, body: call.present.label(label) }
    }
  }
]

/** A new issue with the repository's next number, not yet in its list. */
export function newIssue(call: Call, title: Json, body: Json): Issue {
  const { repository } = call
  const checked = { title: checkTitle(String(title)), body: checkBody('Issue', asString(body) ?? null) }
  return {
    id: call.newId(),
    number: repository.nextNumber++,
    ...checked,
    state: 'open',
    stateReason: null,
    labels: [],
    user: call.user,
    createdAt: call.now,
    updatedAt: call.now,
    closedAt: null,
    closedBy: null,
    comments: []
  }
}

export function setState(call: Call, issue: Issue, state: Issue['state'], reason: string | undefined): void {
  issue.state = state
  issue.closedAt = state === 'closed' ? call.now : null
  issue.closedBy = state === 'closed' ? call.user : null
  if (!issue.pull) issue.stateReason = state === 'closed' ? (reason ?? 'completed') : 'reopened'
  issue.updatedAt = call.now
}

export function checkTitle(title: string): string {
  if (title.trim() === '') throw invalid('Issue', 'title', 'missing_field')
  if ([...title].length > 256)
    throw invalid('Issue', 'title', 'custom', 'title is too long (maximum is 256 characters)')
  return title
}

export function checkBody(resource: string, body: string | null): string | null {
  if (body !== null && [...body].length > BODY_LIMIT)
    throw invalid(resource, 'body', 'custom', `body is too long (maximum is ${BODY_LIMIT} characters)`)
  return body
}

function listed(call: Call): Issue[] {
  const { state = 'open', labels, creator, sort = 'created', direction = 'desc', since } = call.query
  const wanted = (labels ?? '')
    .split(',')
    .filter(Boolean)
    .map((name) => name.toLowerCase())
  const key = (issue: Issue) =>
    sort === 'comments' ? issue.comments.length : sort === 'updated' ? Date.parse(issue.updatedAt) : issue.number
  return call.repository.issues
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => wanted.every((name) => issue.labels.some((own) => own.toLowerCase() === name)))
    .filter((issue) => creator === undefined || issue.user.login === creator)
    .filter((issue) => since === undefined || Date.parse(issue.updatedAt) >= Date.parse(since))
    .sort((one, other) => (key(one) - key(other) || one.number - other.number) * (direction === 'asc' ? 1 : -1))
}

/** Puts labels on an issue; GitHub makes those that do not exist yet. */
function setLabels(call: Call, issue: Issue, labels: Json | undefined): void {
  const names: string[] = []
  for (const item of asList(labels) ?? []) {
    const name = asString(item) ?? asString(at(item, 'name'))
    if (name === undefined || names.some((known) => known.toLowerCase() === name.toLowerCase())) continue
    if (!findLabel(call, name))
      call.repository.labels.push({ id: call.newId(), name, color: 'ededed', description: null })
    names.push(name)
  }
  issue.labels = names
}

function findLabel(call: Call, name: string) {
  return call.repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase())
}

function issueOf(call: Call): Issue {
  const issue = call.repository.issues.find((one) => String(one.number) === call.params['issue_number'])
  if (!issue) throw notFound()
  return issue
}

function commentOf(call: Call): { issue: Issue; comment: Comment } {
  for (const issue of call.repository.issues)
    for (const comment of issue.comments)
      if (String(comment.id) === call.params['comment_id']) return { issue, comment }
  throw notFound()
}

function needIssues(call: Call): void {
  if (!call.repository.hasIssues) throw new ApiFailure(410, 'Issues has been disabled in this repository.')
}
