import { messageOf } from '../../../src/errors.ts'
import { asObject, asString, at, type Json, type JsonObject } from '../../../src/json.ts'
import type { Answer } from './call.ts'
import { type Access, type Permissions, type Scope, snapshot } from './state.ts'
import { JOB_PERMISSIONS, type World } from './world.ts'

/** The double's own routes, `/_double/…`: how a test (of whatever process) looks at it and breaks it. No token needed. */
export async function control(world: World, method: string, url: URL, text: string): Promise<Answer> {
  const handler = HANDLERS[`${method} ${url.pathname.slice('/_double/'.length)}`]
  if (!handler)
    return {
      status: 404,
      body: { message: `The double's own routes are: ${Object.keys(HANDLERS).join(', ')} (below /_double/).` }
    }
  try {
    const parsed: unknown = text === '' ? {} : JSON.parse(text)
    return {
      status: 200,
      body: await handler(world, asObject(parsed) ?? {}, url.searchParams.get('repository') ?? undefined)
    }
  } catch (error) {
    return { status: 400, body: { message: messageOf(error) } }
  }
}

type Handler = (world: World, body: JsonObject, repository: string | undefined) => Promise<Json> | Json

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET problems': (world, _body, repository) => ({
    problems: world.problems.filter((one) => !repository || one.repository === repository).map((one) => ({ ...one }))
  }),
  'GET requests': (world, _body, repository) => ({
    requests: world.requests.filter((one) => !repository || one.repository === repository).map((one) => ({ ...one }))
  }),
  async 'GET state'(world, _body, repository) {
    const found = await world.repository(repository ?? world.main)
    if (!found) throw new Error(`There is no repository ${repository}`)
    return snapshot(found)
  },
  async 'POST reset'(world, _body, repository) {
    await world.reset(repository)
    return {}
  },
  'POST faults'(world, body) {
    world.faults.arm(body)
    return {}
  },
  async 'POST repositories'(world, body) {
    const name = asString(body['repository'])
    if (!name || !/^[^/]+\/[^/]+$/.test(name)) throw new Error('"repository" must be owner/name')
    const known = body['git'] === undefined ? await world.repository(name) : undefined
    const repository = known ?? (await world.addRepository(name, asString(body['git'])))
    if (typeof body['actionsMayOpenPulls'] === 'boolean') repository.actionsMayOpenPulls = body['actionsMayOpenPulls']
    if (typeof body['hasIssues'] === 'boolean') repository.hasIssues = body['hasIssues']
    return { repository: repository.name, git: repository.git.path }
  },
  'POST tokens'(world, body) {
    const login = asString(body['login']) ?? 'octocat'
    const permissions = body['permissions'] === undefined ? JOB_PERMISSIONS : readPermissions(body['permissions'])
    const type = login.endsWith('[bot]') ? 'Bot' : 'User'
    const association = type === 'Bot' || body['stranger'] === true ? 'NONE' : 'MEMBER'
    return { token: world.addToken({ login, id: world.newId(), type, association }, permissions) }
  }
}

function readPermissions(value: Json): Permissions {
  const result: Permissions = {}
  const access = (scope: Scope): Access | undefined => {
    const word = at(value, scope)
    return word === 'read' || word === 'write' ? word : undefined
  }
  for (const scope of SCOPES) {
    const word = access(scope)
    if (word) result[scope] = word
  }
  return result
}

const SCOPES: readonly Scope[] = ['contents', 'issues', 'pull-requests', 'deployments', 'statuses', 'metadata']
