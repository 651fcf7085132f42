import { asList, asObject, asString, at, isObject, type Json, type JsonObject } from '../../json.ts'
import type { Change, ChangeAction, Purpose, Resource } from '../plan.ts'
import { changedFields, type Secrecy, sensitiveTexts, type ValueChange } from './fields.ts'
import { maskable } from './masking.ts'
import { type Drift, driftOf, driftReason } from './resource-drift.ts'

/** What a plan of Terraform or OpenTofu says, read from `show -json` (format 1.x). */
export interface ReadPlan {
  readonly changes: readonly Change[]
  readonly unchanged: number
  readonly notes: readonly string[]
  /** Addresses whose objects the plan destroys, also to replace them. */
  readonly destroys: readonly string[]
  /** What was declared, for `Plan.declaredDigest`. */
  readonly declared: Json
  /** Whether sensitive variables are part of what was declared. */
  readonly declaresSecrets: boolean
  /** Sensitive values of the changes, which a digest must bind though no reader may see them. */
  readonly secretValues: Json
  /** Texts that no log may show. */
  readonly secrets: readonly string[]
}

interface Reading {
  readonly purpose: Purpose
  readonly secretKey: Buffer
  readonly title: string
}

/**
 * The changes of a plan. The verdict comes from `resource_changes` alone: what a refresh saw is an explanation of them,
 * or noise. Outputs that change by themselves are something to apply, but nobody's drift.
 */
export function readPlan(plan: Json, reading: Reading): ReadPlan {
  const all = listAt(plan, 'resource_changes').filter((one) => asString(one['mode']) !== 'data')
  const secrets = secretsOf(plan, all)
  const secrecy = { key: reading.secretKey, texts: secrets.flatMap(maskable) }
  const drift = driftOf(listAt(plan, 'resource_drift'), secrecy)
  const read = all.map((one) => readChange(one, drift, reading, secrecy))
  const changes = read.flatMap((one) => one ?? [])
  const outputs = outputChanges(asObject(at(plan, 'output_changes')) ?? {}, secrecy)
  const asDrift = reading.purpose === 'drift'
  return {
    changes: asDrift ? changes : [...changes, ...outputs],
    unchanged: all.length - changes.length,
    notes: [
      ...(asDrift && outputs.length > 0
        ? [`Outputs would change too: ${outputs.map(({ resource }) => resource.name).join(', ')}.`]
        : []),
      ...(asDrift ? harmlessDrift(drift, changes) : []),
      ...failedChecks(plan),
      ...postponed(plan)
    ],
    destroys: all.filter(isDestroyed).map(addressOf),
    declaresSecrets: Object.values(declaredVariables(plan)).some((one) => at(one, 'sensitive') === true),
    declared: { configuration: at(plan, 'configuration') ?? null, variables: at(plan, 'variables') ?? null },
    secretValues: [...all, ...outputEntries(plan)].flatMap(secretsOfChange),
    secrets
  }
}

/** @returns undefined where there is nothing to do */
function readChange(
  one: JsonObject,
  drift: ReadonlyMap<string, Drift>,
  reading: Reading,
  secrecy: Secrecy
): Change | undefined {
  const address = addressOf(one)
  const action = actionOf(one)
  const notices = noticesOf(one, action, reading.title)
  if (action === undefined && notices.length === 0) return undefined
  const found = drift.get(asString(one['address']) ?? '')
  const outside = driftReason(found, reading)
  const reason = [...notices, ...(outside === undefined ? [] : [outside])].join(' ')
  const byNobodyKnown = reading.purpose === 'drift' && found !== undefined
  return {
    action: action ?? 'update',
    resource: resourceOf(one, address),
    fields: action === 'delete' || action === undefined ? [] : changedFields(valuesOf(one), secrecy),
    ...(byNobodyKnown ? { attribution: { known: false, candidates: [] } as const } : {}),
    ...(reason === '' ? {} : { reason })
  }
}

function actionOf(one: JsonObject): ChangeAction | undefined {
  const actions = actionsOf(one)
  const has = (word: string) => actions.includes(word)
  // A replacement may leave the old object where it is (`create`, `forget`).
  if (has('create')) return has('delete') || has('forget') ? 'replace' : 'create'
  if (has('delete')) return 'delete'
  return has('update') ? 'update' : undefined
}

/** What is special about a change, one sentence each. A change of the state alone has nothing else. */
function noticesOf(one: JsonObject, action: ChangeAction | undefined, title: string): string[] {
  const notices: string[] = []
  const previous = asString(one['previous_address'])
  if (previous !== undefined && previous !== asString(one['address'])) notices.push(`Moved from ${previous}.`)
  const imported = at(one, 'change', 'importing')
  if (isObject(imported)) notices.push(`Imported (${asString(imported['id']) ?? 'by its identity'}).`)
  if (actionsOf(one).includes('forget'))
    notices.push(
      action === 'replace'
        ? `The old object is left where it is; ${title} forgets it.`
        : `Forgotten: ${title} no longer manages it, and the object stays.`
    )
  if (asString(one['deposed']) !== undefined) notices.push('Left over from a replacement that did not end.')
  const because = BECAUSE[asString(one['action_reason']) ?? '']
  const paths = replacePaths(one)
  if (because !== undefined) notices.push(paths === '' ? `${because}.` : `${because} (${paths}).`)
  else if (action === 'replace' && paths !== '')
    notices.push(`Replaced, because it cannot be changed in place (${paths}).`)
  return notices
}

const BECAUSE: Readonly<Record<string, string>> = {
  replace_because_tainted: 'Replaced, because it is marked as damaged (tainted)',
  replace_because_cannot_update: 'Replaced, because it cannot be changed in place',
  replace_by_request: 'Replaced on request',
  replace_by_triggers: 'Replaced by its replace_triggered_by',
  delete_because_no_resource_config: 'Its resource block is gone',
  delete_because_wrong_repetition: 'Its count or for_each came or went',
  delete_because_count_index: 'Its index is beyond count',
  delete_because_each_key: 'Its key is no longer in for_each',
  delete_because_no_module: 'Its module is gone',
  delete_because_no_move_target: 'The address it moves to has no configuration'
}

function replacePaths(one: JsonObject): string {
  const paths = (asList(at(one, 'change', 'replace_paths')) ?? []).map((path) =>
    (asList(path) ?? [])
      .map((step, index) => (typeof step === 'string' ? `${index > 0 ? '.' : ''}${step}` : `[${String(step)}]`))
      .join('')
  )
  return paths.join(', ')
}

function resourceOf(one: JsonObject, address: string): Resource {
  const module = asString(one['module_address'])
  const whole = asString(one['address']) ?? ''
  const type = asString(one['type']) ?? ''
  const local = module === undefined ? whole : whole.slice(module.length + 1)
  return {
    id: address,
    kind: type,
    name: local.startsWith(`${type}.`) ? local.slice(type.length + 1) : local,
    ...(module === undefined ? {} : { namespace: module })
  }
}

function outputChanges(outputs: JsonObject, secrecy: Secrecy): Change[] {
  return Object.keys(outputs)
    .sort()
    .flatMap((name): Change[] => {
      const [action] = (asList(at(outputs[name], 'actions')) ?? []).map(asString)
      if (action !== 'create' && action !== 'update' && action !== 'delete') return []
      const fields = changedFields(valuesOf({ change: outputs[name] ?? null }), secrecy).map((field) => ({
        ...field,
        path: field.path === '' ? 'value' : field.path.startsWith('[') ? `value${field.path}` : `value.${field.path}`
      }))
      return [{ action, resource: { id: `output.${name}`, kind: 'output', name }, fields }]
    })
}

/** What a refresh saw and no change comes of: providers that fill in defaults, attributes that nobody declared. */
function harmlessDrift(drift: ReadonlyMap<string, Drift>, changes: readonly Change[]): string[] {
  const changed = new Set(changes.map((change) => change.resource.id))
  const others = [...drift].filter(([address, { fields }]) => !changed.has(address) && fields.length > 0)
  if (others.length === 0) return []
  const words = others.map(([address, { fields }]) => `${address} (${fields.map((field) => field.path).join(', ')})`)
  return [`Different from the state, but not from what is declared, so no drift: ${words.join('; ')}.`]
}

function failedChecks(plan: Json): string[] {
  return listAt(plan, 'checks').flatMap((check) => {
    const status = asString(check['status'])
    if (status !== 'fail' && status !== 'error') return []
    const name = asString(at(check, 'address', 'to_display')) ?? 'a check'
    const problems = listAt(check, 'instances').flatMap((instance) =>
      listAt(instance, 'problems').flatMap((problem) => asString(problem['message']) ?? [])
    )
    const said = problems.length > 0 ? `: ${problems.join(' ')}` : ''
    return [`${name} ${status === 'fail' ? 'fails' : 'could not be evaluated'}${said.replace(/\.?$/, '.')}`]
  })
}

function postponed(plan: Json): string[] {
  const deferred = listAt(plan, 'deferred_changes').length
  const actions = listAt(plan, 'action_invocations').flatMap((one) => asString(one['address']) ?? [])
  return [
    ...(deferred > 0 ? [`${deferred} changes are postponed to the plan after this one: too much is unknown yet.`] : []),
    ...(actions.length > 0 ? [`Actions that it would run: ${actions.join(', ')}.`] : [])
  ]
}

function isDestroyed(one: JsonObject): boolean {
  return actionsOf(one).includes('delete')
}

function secretsOfChange(one: JsonObject): Json[] {
  const { after, afterSensitive } = valuesOf(one)
  if (actionOf(one) === undefined) return []
  const values = sensitiveTexts(after, afterSensitive)
  return values.length === 0 ? [] : [[addressOf(one), ...values]]
}

function secretTexts(one: JsonObject): string[] {
  const { before, after, beforeSensitive, afterSensitive } = valuesOf(one)
  return [...sensitiveTexts(before, beforeSensitive), ...sensitiveTexts(after, afterSensitive)]
}

/** Everything that is marked as sensitive anywhere in the plan. */
function secretsOf(plan: Json, resources: readonly JsonObject[]): string[] {
  const drifted = listAt(plan, 'resource_drift')
  const outputs = outputEntries(plan)
  const declared = declaredVariables(plan)
  const variables = Object.keys(declared).flatMap((name) =>
    sensitiveTexts(at(plan, 'variables', name, 'value'), at(declared[name], 'sensitive'))
  )
  return [...new Set([...[...resources, ...drifted, ...outputs].flatMap(secretTexts), ...variables])]
}

function declaredVariables(plan: Json): JsonObject {
  return asObject(at(plan, 'configuration', 'root_module', 'variables')) ?? {}
}

/** Changes of outputs in the form of those of resources. */
function outputEntries(plan: Json): JsonObject[] {
  const outputs = asObject(at(plan, 'output_changes')) ?? {}
  return Object.keys(outputs)
    .sort()
    .map((name) => ({ address: `output.${name}`, change: outputs[name] ?? null }))
}

function valuesOf(one: JsonObject): ValueChange {
  const change = asObject(one['change'])
  return {
    before: change?.['before'],
    after: change?.['after'],
    unknown: change?.['after_unknown'],
    beforeSensitive: change?.['before_sensitive'],
    afterSensitive: change?.['after_sensitive']
  }
}

function actionsOf(one: JsonObject): string[] {
  return (asList(at(one, 'change', 'actions')) ?? []).flatMap((action) => asString(action) ?? [])
}

/** With the key of an object that a replacement left behind, of which there may be several at one address. */
function addressOf(one: JsonObject): string {
  const address = asString(one['address']) ?? ''
  const deposed = asString(one['deposed'])
  return deposed === undefined ? address : `${address} (deposed ${deposed})`
}

function listAt(value: Json | undefined, key: string): JsonObject[] {
  return (asList(at(value, key)) ?? []).filter(isObject)
}
