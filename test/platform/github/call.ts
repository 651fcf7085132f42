import type { Json, JsonObject } from '../../../src/json.ts'
import type { Presenter } from './present.ts'
import type { Access, Repository, Scope, User } from './state.ts'

/** A request that passed authentication and GitHub's description of it, and what a handler needs to answer it. */
export interface Call {
  readonly repository: Repository
  readonly user: User
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: JsonObject
  readonly present: Presenter
  /** The time as GitHub writes it: RFC 3339, whole seconds. */
  readonly now: string
  newId(): number
}

export interface Answer {
  readonly status: number
  readonly body?: Json
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Path template below `/repos/{owner}/{repo}`, as GitHub's description spells it. */
  readonly path: string
  /** Any one of these permissions suffices. */
  readonly needs: readonly (readonly [Scope, Access])[]
  handle(call: Call): Answer | Promise<Answer>
}

/** An error that GitHub would answer. */
export class ApiFailure extends Error {
  readonly status: number
  readonly errors: readonly JsonObject[]

  constructor(status: number, message: string, errors: readonly JsonObject[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }
}

export function notFound(): ApiFailure {
  return new ApiFailure(404, 'Not Found')
}

/** GitHub's 422 for one bad field. */
export function invalid(resource: string, field: string, code: string, message?: string): ApiFailure {
  return new ApiFailure(422, 'Validation Failed', [{ resource, field, code, ...(message ? { message } : {}) }])
}

/** The page of a list that the query asks for, with GitHub's Link header. */
export function paged<T>(call: Call, all: readonly T[], show: (item: T) => Json): Answer {
  const size = Math.min(Math.max(Number(call.query['per_page'] ?? 30) || 30, 1), 100)
  const page = Math.max(Number(call.query['page'] ?? 1) || 1, 1)
  const last = Math.max(Math.ceil(all.length / size), 1)
  const links: string[] = []
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams({ ...call.query, page: String(to) })
    links.push(`<${call.present.selfUrl}?${query}>; rel="${rel}"`)
  }
  if (page > 1) link(page - 1, 'prev')
  if (page < last) link(page + 1, 'next')
  if (page < last) link(last, 'last')
  if (page > 1) link(1, 'first')
  const body = all.slice((page - 1) * size, page * size).map(show)
  return { status: 200, body, headers: links.length > 0 ? { link: links.join(', ') } : {} }
}
