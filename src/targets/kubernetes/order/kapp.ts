import { asObject, asString, at } from '../../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { defaultChangeGroups } from './kinds.ts'

const GROUP = 'kapp.k14s.io/change-group'
const RULE = 'kapp.k14s.io/change-rule'

/** `upsert after upserting apps.big.co/db`: the object of the annotation against the members of a group. */
export interface ChangeRule {
  readonly operation: 'upsert' | 'delete'
  readonly order: 'before' | 'after'
  readonly group: string
  /** As written, for messages. */
  readonly text: string
}

/** The groups an object is in: those of its annotations (also with a suffix, `change-group.db`) and those of its kind. */
export function changeGroupsOf(object: KubernetesObject): string[] {
  return [
    ...annotations(object, GROUP).flatMap(([, value]) => fill(value, object) ?? []),
    ...defaultChangeGroups(object)
  ]
}

/**
 * The rules of an object's annotations. Rules across operations (`upsert before deleting …`) are true by themselves or
 * cannot be, because deleting comes after all applying here: they are left out, as in kapp where nothing is deleted.
 */
export function changeRulesOf(object: KubernetesObject): { rules: ChangeRule[]; problems: string[] } {
  const rules: ChangeRule[] = []
  const problems: string[] = []
  for (const [key, value] of annotations(object, RULE)) {
    const match = /^(upsert|delete)\s+(before|after)\s+(upserting|deleting)\s+(\S+)$/.exec(value.trim())
    const [, operation, order, other, name] = match ?? []
    const group = name === undefined ? undefined : fill(name, object)
    if (
      (operation !== 'upsert' && operation !== 'delete') ||
      (order !== 'before' && order !== 'after') ||
      group === undefined
    ) {
      problems.push(
        `${key} is "${value}"; it must be of the form "upsert after upserting GROUP" (or delete, before, deleting)`
      )
      continue
    }
    const same = other === (operation === 'upsert' ? 'upserting' : 'deleting')
    if (same) rules.push({ operation, order, group, text: `${key}: ${value.trim()}` })
  }
  return { rules, problems }
}

function annotations(object: KubernetesObject, key: string): [string, string][] {
  return Object.entries(asObject(at(object, 'metadata', 'annotations')) ?? {}).flatMap(([name, value]) =>
    (name === key || name.startsWith(`${key}.`)) && typeof value === 'string' ? [[name, value]] : []
  )
}

/** Fills `{name}`, `{namespace}`, `{kind}`, `{api-group}`, `{crd-kind}`, `{crd-group}` in; undefined when one has no value. */
function fill(text: string, object: KubernetesObject): string | undefined {
  const values: Record<string, string | undefined> = {
    name: object.metadata.name,
    namespace: namespaceOf(object),
    kind: object.kind,
    'api-group': groupOf(object),
    'crd-kind': asString(at(object, 'spec', 'names', 'kind')),
    'crd-group': asString(at(object, 'spec', 'group'))
  }
  let complete = true
  const filled = text.trim().replace(/\{([^}]*)\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) complete = false
    return value ?? ''
  })
  return complete ? filled : undefined
}
