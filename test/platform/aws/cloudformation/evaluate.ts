import { asList, asObject, asString, at, isObject, type Json, type JsonObject } from '../../../../src/json.ts'

export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}'

/** What references of a template mean. */
export interface Scope {
  readonly template: JsonObject
  readonly parameters: ReadonlyMap<string, string>
  readonly pseudo: Readonly<Record<string, string>>
  /** Physical id by logical id, of resources that are there. */
  readonly ids: ReadonlyMap<string, string>
  readonly attribute: (logicalId: string, name: string) => string | undefined
  readonly imports: (name: string) => string | undefined
}

/** A value of a template with its functions worked out; what is not known yet is `KNOWN_AFTER_APPLY`. */
export function evaluate(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) return value.map((one) => evaluate(one, scope)).filter((one) => one !== NO_VALUE)
  if (!isObject(value)) return value
  const [name, ...others] = Object.keys(value)
  const argument = name === undefined ? undefined : value[name]
  if (name !== undefined && others.length === 0 && argument !== undefined) {
    const known = FUNCTIONS[name]
    if (known) return known(argument, scope)
  }
  const entries = Object.entries(value).map(([key, one]) => [key, evaluate(one, scope)] as const)
  return Object.fromEntries(entries.filter(([, one]) => one !== NO_VALUE))
}

const NO_VALUE = ' no value'

const FUNCTIONS: Readonly<Record<string, (argument: Json, scope: Scope) => Json>> = {
  Ref: (name, scope) => reference(String(name), scope),
  'Fn::GetAtt': (path, scope) => {
    const [logicalId = '', ...names] = Array.isArray(path) ? path.map(String) : String(path).split('.')
    return scope.attribute(logicalId, names.join('.')) ?? KNOWN_AFTER_APPLY
  },
  'Fn::Sub': (argument, scope) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}]
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return whole.replace('!', '')
      const given = asObject(variables)?.[name]
      if (given !== undefined) return String(evaluate(given, scope))
      const value = name.includes('.') ? evaluate({ 'Fn::GetAtt': name }, scope) : reference(name, scope)
      return String(value)
    })
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = asList(argument) ?? []
    const list = evaluate(items ?? [], scope)
    return (asList(list) ?? String(list).split(',')).map(String).join(String(separator ?? ''))
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = asList(argument) ?? []
    const list = evaluate(items ?? [], scope)
    return (asList(list) ?? [])[Number(evaluate(index ?? 0, scope))] ?? ''
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = asList(argument) ?? []
    return String(evaluate(text ?? '', scope)).split(String(separator))
  },
  'Fn::Base64': (argument, scope) => Buffer.from(String(evaluate(argument, scope))).toString('base64'),
  'Fn::FindInMap': (argument, scope) => {
    const [map, top, second] = (asList(argument) ?? []).map((one) => String(evaluate(one, scope)))
    return at(scope.template, 'Mappings', map ?? '', top ?? '', second ?? '') ?? ''
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = asList(argument) ?? []
    return evaluate((holds(String(name), scope) ? yes : no) ?? NO_VALUE, scope)
  },
  'Fn::ImportValue': (argument, scope) => scope.imports(String(evaluate(argument, scope))) ?? KNOWN_AFTER_APPLY,
  'Fn::GetAZs': (_argument, scope) => ['a', 'b', 'c'].map((zone) => `${scope.pseudo['AWS::Region']}${zone}`)
}

function reference(name: string, scope: Scope): Json {
  if (name === 'AWS::NoValue') return NO_VALUE
  const pseudo = scope.pseudo[name]
  if (pseudo !== undefined) return pseudo
  const given = scope.parameters.get(name)
  if (given !== undefined) {
    const type = asString(at(scope.template, 'Parameters', name, 'Type')) ?? 'String'
    return type === 'CommaDelimitedList' || type.startsWith('List<') ? given.split(',') : given
  }
  return scope.ids.get(name) ?? KNOWN_AFTER_APPLY
}

/** Whether a condition of the template holds. */
export function holds(name: string, scope: Scope): boolean {
  return truth(at(scope.template, 'Conditions', name) ?? false, scope)
}

function truth(value: Json, scope: Scope): boolean {
  if (!isObject(value)) return value === true || value === 'true'
  const [name = ''] = Object.keys(value)
  const items = asList(value[name]) ?? []
  switch (name) {
    case 'Condition':
      return holds(String(value[name]), scope)
    case 'Fn::Equals':
      return String(evaluate(items[0] ?? '', scope)) === String(evaluate(items[1] ?? '', scope))
    case 'Fn::Not':
      return !truth(items[0] ?? false, scope)
    case 'Fn::And':
      return items.every((one) => truth(one, scope))
    case 'Fn::Or':
      return items.some((one) => truth(one, scope))
    default:
      return false
  }
}

/** Names that a value refers to, with the attribute where it is one. */
export function references(value: Json): { readonly name: string; readonly attribute?: string }[] {
  if (Array.isArray(value)) return value.flatMap(references)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, one]) => {
    if (key === 'Ref') return [{ name: String(one) }]
    if (key === 'Fn::GetAtt') {
      const [name = '', ...attribute] = Array.isArray(one) ? one.map(String) : String(one).split('.')
      return [{ name, attribute: attribute.join('.') }]
    }
    if (key === 'Fn::Sub') {
      const [text, variables] = Array.isArray(one) ? one : [one, {}]
      const own = new Set(Object.keys(asObject(variables) ?? {}))
      const inText = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].flatMap(([, found = '']) => {
        const [name = '', ...attribute] = found.split('.')
        if (own.has(found)) return []
        return [attribute.length > 0 ? { name, attribute: attribute.join('.') } : { name }]
      })
      return [...inText, ...references(variables ?? {})]
    }
    return references(one)
  })
}
