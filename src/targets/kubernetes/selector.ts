import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'

/**
 * Objects as a person names them: `Kind`, `Kind.group`, `Kind/name` or `Kind/namespace/name`. Each part may hold the
 * wildcards `*` and `?`.
 */
export interface Selector {
  /** As it was written. */
  readonly text: string
  /** True when the kind is written out, not a wildcard. */
  readonly exact: boolean
  matches(object: KubernetesObject): boolean
}

const PART = '[A-Za-z0-9*?]([A-Za-z0-9.:*?-]*[A-Za-z0-9*?])?'
/** What a selector looks like. */
export const SELECTOR = new RegExp(String.raw`^([A-Z][A-Za-z0-9*?]*|[*?]+)(\.[a-z0-9.*?-]+)?(\/${PART}){0,2}$`)
export const SELECTOR_MUST =
  'Kind, Kind.group, Kind/name or Kind/namespace/name, such as Job, Deployment.apps/web or "Service/shop/*"'

/** What the parent of an ApplySet looks like, as we and as kubectl write it. */
export const ADOPTED = /^([A-Za-z]([A-Za-z0-9.-]*[A-Za-z0-9])?\/)?([a-z0-9][a-z0-9-]*\/)?[a-z0-9][a-z0-9.-]*$/
export const ADOPTED_MUST = 'Kind/name or Kind/namespace/name, such as Secret/web or Secret/shop/web'

/** Undefined when the text is no selector. */
export function parseSelector(text: string): Selector | undefined {
  if (!SELECTOR.test(text)) return undefined
  const [type = '', ...rest] = text.split('/')
  const dot = type.indexOf('.')
  const kind = glob(dot < 0 ? type : type.slice(0, dot))
  const group = dot < 0 ? undefined : glob(type.slice(dot + 1))
  const name = rest.length > 0 ? glob(rest.at(-1) ?? '') : undefined
  const namespace = rest.length > 1 ? glob(rest[0] ?? '') : undefined
  return {
    text,
    exact: !/[*?]/.test(dot < 0 ? type : type.slice(0, dot)),
    matches: (object) =>
      kind.test(object.kind) &&
      (group?.test(groupOf(object)) ?? true) &&
      (name?.test(object.metadata.name) ?? true) &&
      (namespace?.test(namespaceOf(object) ?? '') ?? true)
  }
}

function glob(text: string): RegExp {
  return new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`
  )
}
