import { GitOpsError } from '../errors.ts'
import { asList, asNumber, asObject, asString, type Json, type JsonObject, parseJson } from '../json.ts'
import type { Actor, Attribution, Change, FieldChange, FieldValue, Held, Plan, Resource } from '../targets/plan.ts'
import type { ChangeResult, DeploymentRecord, Failure, Outcome, UnhealthyResource } from '../targets/target.ts'
import type { RunReport, TargetReport } from './report.ts'

/**
 * A JSON report that another job has written (schema/report.schema.json).
 * @throws GitOpsError naming the file and the place that is not of that form
 */
export function readReport(text: string, file: string): RunReport {
  try {
    return reportOf(new Node(parseJson(text), ''))
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof WrongShape)) throw error
    throw new GitOpsError(`${file} is no report of a run: ${error.message}`, {
      hint: 'Give the files that the output "report" names. A file that was cut off must be made again: run its job anew.'
    })
  }
}

class WrongShape extends Error {}

/** A place in the report, for reading it piece by piece. */
class Node {
  readonly value: Json | undefined
  readonly #place: string

  constructor(value: Json | undefined, place: string) {
    this.value = value
    this.#place = place
  }

  key(name: string): Node {
    return new Node(this.object()[name], `${this.#place}/${name}`)
  }
  /** The key read by `read`, as part of an object; nothing where it is not there. */
  part<K extends string, T>(name: K, read: (node: Node) => T): { [key in K]?: T } {
    const node = this.key(name)
    return node.value === undefined ? {} : ({ [name]: read(node) } as { [key in K]?: T })
  }
  object(): JsonObject {
    return asObject(this.value) ?? this.#wrong('an object')
  }
  list<T>(read: (node: Node) => T): T[] {
    const list = asList(this.value) ?? this.#wrong('a list')
    return list.map((item, index) => read(new Node(item, `${this.#place}/${index}`)))
  }
  text(): string {
    return asString(this.value) ?? this.#wrong('a text')
  }
  number(): number {
    return asNumber(this.value) ?? this.#wrong('a number')
  }
  flag(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.#wrong('true or false')
  }
  oneOf<const T extends string>(...words: readonly T[]): T {
    return words.find((word) => word === this.value) ?? this.#wrong(`one of ${words.join(', ')}`)
  }
  texts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.object()).map((name) => [name, this.key(name).text()]))
  }
  #wrong(what: string): never {
    throw new WrongShape(`${this.#place || 'its top'} must be ${what}.`)
  }
}

const text = (node: Node) => node.text()
const texts = (node: Node) => node.list(text)

function reportOf(node: Node): RunReport {
  if (node.key('version').number() !== 1) throw new WrongShape('/version must be 1: it is of another release.')
  return {
    version: 1,
    command: node.key('command').oneOf('preview', 'deploy', 'drift'),
    environment: node.key('environment').text(),
    ...node.part('repository', text),
    ...node.part('revision', text),
    ...node.part('run', text),
    startedAt: node.key('startedAt').text(),
    seconds: node.key('seconds').number(),
    status: node.key('status').oneOf(...STATUSES),
    targets: node.key('targets').list(targetOf)
  }
}

const STATUSES = [
  ...(['succeeded', 'failed', 'cancelled', 'planned'] as const),
  ...(['in-sync', 'drifted', 'healed', 'error', 'unsupported'] as const)
] as const
const KINDS = ['kubernetes', 'kops', 'terraform', 'cloudformation'] as const

function targetOf(node: Node): TargetReport {
  return {
    id: node.key('id').text(),
    kind: node.key('kind').oneOf(...KINDS),
    status: node.key('status').oneOf(...STATUSES, 'skipped'),
    seconds: node.key('seconds').number(),
    ...node.part('plan', planOf),
    ...node.part('pending', text),
    outcomes: node.key('outcomes').list(outcomeOf),
    ...node.part('deployed', (one) => ({ ...recordOf(one), history: one.key('history').list(recordOf) })),
    ...node.part('error', (one) => ({
      message: one.key('message').text(),
      ...one.part('hint', text),
      ...one.part('details', texts)
    }))
  }
}

function planOf(node: Node): Plan {
  return {
    target: node.key('target').text(),
    kind: node.key('kind').oneOf(...KINDS),
    purpose: node.key('purpose').oneOf('deploy', 'drift'),
    changes: node.key('changes').list(changeOf),
    unchanged: node.key('unchanged').number(),
    ...node.part('unchecked', (one) => one.number()),
    ...node.part('unsupported', text),
    notes: texts(node.key('notes')),
    digest: node.key('digest').text(),
    declaredDigest: node.key('declaredDigest').text()
  }
}

const ACTIONS = [
  ...(['create', 'update', 'replace', 'delete', 'remove-foreign'] as const),
  ...(['reclaim', 'restart', 'unmanaged', 'unhealthy'] as const)
] as const

function changeOf(node: Node): Change {
  return {
    action: node.key('action').oneOf(...ACTIONS),
    resource: resourceOf(node.key('resource')),
    fields: node.key('fields').list(fieldOf),
    ...node.part('attribution', attributionOf),
    ...node.part('reason', text),
    ...node.part('evidence', (one) => ({ events: texts(one.key('events')), logs: texts(one.key('logs')) })),
    ...node.part('source', (one) => ({ file: one.key('file').text(), ...one.part('line', (line) => line.number()) })),
    ...node.part('healable', (one) => one.flag()),
    ...node.part('follows', (one) =>
      one.list((each) => ({ resource: each.key('resource').text(), paths: texts(each.key('paths')) }))
    ),
    ...node.part('held', heldOf)
  }
}

function resourceOf(node: Node): Resource {
  return {
    id: node.key('id').text(),
    kind: node.key('kind').text(),
    name: node.key('name').text(),
    ...node.part('namespace', text)
  }
}

function fieldOf(node: Node): FieldChange {
  return {
    path: node.key('path').text(),
    before: fieldValue(node.key('before')),
    after: fieldValue(node.key('after')),
    ...node.part('attribution', attributionOf),
    ...node.part('held', heldOf)
  }
}

function fieldValue(node: Node): FieldValue {
  const type = node.key('type').oneOf('absent', 'value', 'secret')
  if (type === 'absent') return { type }
  if (type === 'secret') return { type, fingerprint: node.key('fingerprint').text() }
  return { type, value: node.key('value').value ?? null }
}

function heldOf(node: Node): Held {
  return {
    by: node.key('by').oneOf('pause', 'fight', 'policy'),
    reason: node.key('reason').text(),
    ...node.part('until', text),
    ...node.part('proposal', text)
  }
}

function attributionOf(node: Node): Attribution {
  if (node.key('known').flag()) return { known: true, ...actorOf(node) }
  return { known: false, candidates: node.key('candidates').list(actorOf) }
}

function actorOf(node: Node): Actor {
  return {
    manager: node.key('manager').text(),
    ...node.part('operation', (one) => one.oneOf('Apply', 'Update')),
    ...node.part('subresource', text),
    ...node.part('time', text)
  }
}

function outcomeOf(node: Node): Outcome {
  return {
    target: node.key('target').text(),
    status: node.key('status').oneOf('succeeded', 'failed', 'cancelled'),
    results: node.key('results').list(resultOf),
    ...node.part('failure', failureOf),
    seconds: node.key('seconds').number()
  }
}

const DONE = [
  ...(['created', 'updated', 'replaced', 'unchanged'] as const),
  ...(['pruned', 'restarted', 'failed', 'skipped'] as const)
] as const

function resultOf(node: Node): ChangeResult {
  return {
    resource: resourceOf(node.key('resource')),
    action: node.key('action').oneOf(...DONE),
    ...node.part('message', text)
  }
}

function failureOf(node: Node): Failure {
  return {
    message: node.key('message').text(),
    ...node.part('hint', text),
    resources: node.key('resources').list(unhealthyOf)
  }
}

function unhealthyOf(node: Node): UnhealthyResource {
  return {
    resource: resourceOf(node.key('resource')),
    status: node.key('status').oneOf('Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'),
    message: node.key('message').text(),
    events: texts(node.key('events')),
    logs: texts(node.key('logs'))
  }
}

function recordOf(node: Node): Omit<DeploymentRecord, 'history'> {
  return {
    target: node.key('target').text(),
    environment: node.key('environment').text(),
    ...node.part('declaration', text),
    ...node.part('repository', text),
    ...node.part('revision', text),
    ...node.part('run', text),
    digest: node.key('digest').text(),
    images: node.key('images').texts(),
    time: node.key('time').text(),
    status: node.key('status').oneOf('succeeded', 'failed', 'in-progress')
  }
}
