import { createHash } from 'node:crypto'

/** A right that somebody lacks. */
export interface Need {
  readonly user: string
  readonly verb: string
  readonly group: string
  /** Plural, with a subresource: `deployments`, `pods/log`. */
  readonly resource: string
  /** Undefined: in the whole cluster. */
  readonly namespace: string | undefined
}

/** What is asked together: who may list and not watch, or patch and not read, is refused a moment later. */
const READING = ['get', 'list', 'watch']
const TOGETHER: readonly (readonly string[])[] = [
  READING,
  [...READING, 'create', 'patch'],
  [...READING, 'create', 'patch', 'update']
]

/**
 * Roles and ClusterRoles with their bindings that give these rights, as YAML: one pair for each user and namespace.
 * The name of each is made of what it says: applied beside earlier ones it takes nothing back.
 */
export function rolesFor(needs: readonly Need[]): string {
  const roles = new Map<string, { scope: Need; rules: Map<string, { need: Need; verbs: Set<string> }> }>()
  for (const need of needs) {
    const role = entry(roles, `${need.user}\n${need.namespace ?? ''}`, () => ({ scope: need, rules: new Map() }))
    const rule = entry(role.rules, `${need.group}/${need.resource}`, () => ({ need, verbs: new Set<string>() }))
    for (const verb of verbsWith(need)) rule.verbs.add(verb)
  }
  return [...roles.values()]
    .map(({ scope, rules }) => {
      const lines = [...rules.values()].map(({ need, verbs }) => ruleOf(need, [...verbs]))
      return roleOf({ namespace: scope.namespace, subject: subjectOf(scope.user), lines })
    })
    .join(SEPARATOR)
}

const SEPARATOR = '\n---\n'

/** Texts that `rolesFor` gave as one: what concerns one user and namespace becomes one Role, each rule once. */
export function joinedRoles(texts: readonly string[]): string {
  const roles = new Map<string, { namespace: string | undefined; subject: string; lines: string[] }>()
  for (const text of texts)
    for (const [, , namespace, rules = '', subject = ''] of text.matchAll(WRITTEN)) {
      const role = entry(roles, `${namespace ?? ''}\n${subject}`, () => ({ namespace, subject, lines: [] }))
      for (const line of rules.split('\n')) if (line !== '' && !role.lines.includes(line)) role.lines.push(line)
    }
  return [...roles.values()].map(roleOf).join(SEPARATOR)
}

/** What `roleOf` writes. */
const WRITTEN =
  /^metadata: \{name: ([^,}]+)(?:, namespace: ([^}]+))?\}\nrules:\n((?:- .*\n)*)[\s\S]*?^subjects: \[(.*)\]$/gm

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function verbsWith({ verb, resource }: Need): readonly string[] {
  // A subresource (pods/log, pods/eviction) has one use.
  if (resource.includes('/')) return [verb]
  return TOGETHER.find((verbs) => verbs.includes(verb)) ?? [verb]
}

function ruleOf({ group, resource }: Need, verbs: readonly string[]): string {
  return `- {apiGroups: [${JSON.stringify(group)}], resources: [${JSON.stringify(resource)}], verbs: [${verbs.join(', ')}]}`
}

function subjectOf(user: string): string {
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user)
  return account
    ? `{kind: ServiceAccount, name: ${account[2]}, namespace: ${account[1]}}`
    : `{kind: User, name: ${JSON.stringify(user)}, apiGroup: rbac.authorization.k8s.io}`
}

function roleOf(role: { namespace: string | undefined; subject: string; lines: readonly string[] }): string {
  const { namespace, subject, lines } = role
  const kind = namespace === undefined ? 'ClusterRole' : 'Role'
  const content = [kind, namespace ?? '', subject, ...lines].join('\n')
  const name = `gitops-actions-${createHash('sha256').update(content).digest('hex').slice(0, 8)}`
  const metadata = `metadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}`
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${kind}`,
    metadata,
    'rules:',
    ...lines,
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${kind}Binding`,
    metadata,
    `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}`,
    `subjects: [${subject}]`
  ].join('\n')
}
