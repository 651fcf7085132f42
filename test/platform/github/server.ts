import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { messageOf } from '../../../src/errors.ts'
import { asObject, type Json } from '../../../src/json.ts'
import { type Answer, ApiFailure, type Call, type Route } from './call.ts'
import { control } from './control.ts'
import { GitFailure } from './git.ts'
import { type Description, templatePattern } from './openapi.ts'
import { issuePage } from './page.ts'
import { Presenter } from './present.ts'
import { deploymentRoutes } from './routes/deployments.ts'
import { gitRoutes } from './routes/git.ts'
import { issueRoutes } from './routes/issues.ts'
import { pullRoutes } from './routes/pulls.ts'
import { repositoryRoutes } from './routes/repository.ts'
import type { Permissions, Token } from './state.ts'
import type { World } from './world.ts'

const PREFIX = '/repos/{owner}/{repo}'

/** Routes with their patterns; a longer template first, so that `/commits/{ref}` does not take `/commits/{ref}/status`. */
const ROUTES = [...issueRoutes, ...deploymentRoutes, ...pullRoutes, ...gitRoutes, ...repositoryRoutes]
  .map((route) => ({ route, pattern: templatePattern(PREFIX + route.path) }))
  .sort((one, other) => segments(other.route) - segments(one.route))

/** Answers one HTTP request as GitHub would, and writes down everything about it that GitHub's description forbids. */
export async function serve(
  world: World,
  description: Description,
  base: string,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const url = new URL(request.url ?? '/', base)
  const text = await read(request)
  if (url.pathname.startsWith('/_double/'))
    return send(response, await control(world, request.method ?? 'GET', url, text))
  const page = request.method === 'GET' ? await issuePage(world, url.pathname) : undefined
  if (page !== undefined) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(page)
    return
  }
  const method = request.method ?? 'GET'
  const found = match(method, url.pathname)
  const repository = /^\/repos\/([^/]+\/[^/]+)/.exec(url.pathname)?.[1] ?? ''
  const record = {
    method,
    path: url.pathname + url.search,
    route: found?.route.path ?? '',
    repository,
    ...(text ? { body: text } : {}),
    status: 0
  }
  world.record(record)
  const complain = (problem: string) => {
    world.problems.push({ repository, request: `${method} ${url.pathname}${url.search}`, problem })
  }

  const fault = found ? world.faults.take(method, found.route.path, repository) : undefined
  if (fault && (await fault.before(request, response))) {
    record.status = response.statusCode
    return
  }
  const answer = await answerOf(world, description, base, request, { url, text, found, repository, complain })
  record.status = answer.status
  if (fault && (await fault.after(request, response))) return
  send(response, answer)
}

interface Incoming {
  url: URL
  text: string
  found: Match | undefined
  repository: string
  complain: (problem: string) => void
}

async function answerOf(
  world: World,
  description: Description,
  base: string,
  request: IncomingMessage,
  incoming: Incoming
): Promise<Answer> {
  const { url, found, complain } = incoming
  try {
    if (!request.headers['user-agent'])
      throw new ApiFailure(
        403,
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.'
      )
    const token = authenticate(world, request.headers.authorization)
    if (!found) {
      const known = description.templatesFor(url.pathname)
      const why = known.length > 0 ? `GitHub has ${known.join(', ')}, this double has not` : 'GitHub has no such route'
      complain(`unknown route: ${why}`)
      return failure(
        new ApiFailure(501, `The GitHub double does not answer ${request.method} ${url.pathname}: ${why}.`)
      )
    }
    const repository = await world.repository(incoming.repository)
    if (!repository) throw new ApiFailure(404, 'Not Found')
    checkPermission(token, found.route)
    const operation = description.operation(found.route.method, PREFIX + found.route.path)
    if (!operation) throw new Error(`GitHub's description has no ${found.route.method} ${found.route.path}`)
    const query = Object.fromEntries(url.searchParams)
    const body = parseBody(incoming.text, complain)
    const wrong = operation.checkRequest({ path: found.params, query, body })
    for (const problem of wrong) complain(problem)
    if (wrong.length > 0) return failure(new ApiFailure(422, `Invalid request.\n\n${wrong.join('\n')}`))
    const call: Call = {
      repository,
      user: token.user,
      params: found.params,
      query,
      body: asObject(body) ?? {},
      present: new Presenter(base, url.pathname, repository, description),
      now: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      newId: () => world.newId()
    }
    const answer = await carryOut(found.route, call)
    for (const problem of operation.checkResponse(answer.status, answer.body))
      complain(`the double's own answer breaks GitHub's description: ${problem}`)
    return answer
  } catch (error) {
    if (error instanceof ApiFailure) return failure(error, found?.route)
    complain(`the double failed: ${messageOf(error)}`)
    return failure(new ApiFailure(500, messageOf(error)))
  }
}

async function carryOut(route: Route, call: Call): Promise<Answer> {
  try {
    return await route.handle(call)
  } catch (error) {
    // Whatever git refuses, for example a ref that moved in between, is a conflict to the caller.
    if (error instanceof GitFailure) return failure(new ApiFailure(409, error.message))
    if (error instanceof ApiFailure) return failure(error)
    throw error
  }
}

function authenticate(world: World, header: string | undefined): Token {
  const value = /^(?:token|bearer) (.+)$/i.exec(header ?? '')?.[1]
  const token = value === undefined ? undefined : world.token(value)
  if (!token) throw new ApiFailure(401, value === undefined ? 'Requires authentication' : 'Bad credentials')
  return token
}

function checkPermission(token: Token, route: Route): void {
  const may = (permissions: Permissions) =>
    route.needs.some(
      ([scope, access]) =>
        permissions[scope] === 'write' || (permissions[scope] !== undefined && permissions[scope] === access)
    )
  if (!may(token.permissions)) throw new ApiFailure(403, 'Resource not accessible by integration')
}

interface Match {
  route: Route
  params: Record<string, string>
}

function match(method: string, pathname: string): Match | undefined {
  for (const { route, pattern } of ROUTES) {
    const groups = route.method === method ? pattern.exec(pathname)?.groups : undefined
    if (groups)
      return {
        route,
        params: Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
      }
  }
  return undefined
}

function segments(route: Route): number {
  // A literal counts more than a parameter, so that `/issues/comments/{id}` comes before `/issues/{n}/comments`.
  return route.path.split('/').reduce((sum, part) => sum + (part.startsWith('{') ? 10 : 11), 0)
}

function parseBody(text: string, complain: (problem: string) => void): Json | undefined {
  if (text === '') return undefined
  try {
    const parsed: Json = JSON.parse(text)
    return parsed
  } catch {
    complain('body: is no JSON')
    throw new ApiFailure(400, 'Problems parsing JSON')
  }
}

function failure(error: ApiFailure, route?: Route): Answer {
  const body: Json = {
    message: error.message,
    documentation_url: 'https://docs.github.com/rest',
    status: String(error.status)
  }
  if (error.errors.length > 0) body['errors'] = [...error.errors]
  if (error.status === 422) delete body['status']
  const needs = (route?.needs ?? []).map(([scope, access]) => `${scope.replace('-', '_')}=${access}`)
  return {
    status: error.status,
    body,
    headers: error.status === 403 && needs.length > 0 ? { 'x-accepted-github-permissions': needs.join('; ') } : {}
  }
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return
  const text = answer.body === undefined ? undefined : JSON.stringify(answer.body)
  response.writeHead(answer.status, {
    ...(text === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
    ...answer.headers
  })
  response.end(text)
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
