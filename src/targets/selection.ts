import type { Resource } from './plan.ts'

/** `Kind`, `Kind.group`, `Kind/name`, `Kind/namespace/name`, with wildcards. */
const OBJECT = /^([A-Z][A-Za-z0-9*?]*|[*?]+)(\.[a-z0-9.*?-]+)?(\/[A-Za-z0-9.:*?-]+){0,2}$/
/** An address of Terraform, a logical id, a task of kops. Kinds of Kubernetes in lower case would match nothing. */
const ADDRESS = /^[A-Za-z*?][\w*?-]*[._:[*?][^\s]*$/

export const RESOURCES_MUST =
  'Kind, Kind.group, Kind/name or Kind/namespace/name, such as Secret or Deployment/shop/web, or the address of a resource, such as aws_instance.*; * and ? are wildcards'

/** Whether a text names resources at all. */
export function namesResources(text: string): boolean {
  return OBJECT.test(text) || ADDRESS.test(text)
}

/** Whether a resource is one of those that a text names: by kind, namespace and name, or by its whole id. */
export function isNamedBy(text: string, resource: Resource): boolean {
  if (glob(text).test(resource.id)) return true
  if (!OBJECT.test(text)) return false
  const [type = '', ...rest] = text.split('/')
  const dot = type.indexOf('.')
  const kind = dot < 0 ? type : type.slice(0, dot)
  const [first = ''] = resource.id.split('/')
  const group = first === resource.kind ? '' : first
  const name = rest.at(-1)
  const namespace = rest.length > 1 ? rest[0] : undefined
  return (
    glob(kind).test(resource.kind) &&
    (dot < 0 || glob(type.slice(dot + 1)).test(group)) &&
    (name === undefined || glob(name).test(resource.name)) &&
    (namespace === undefined || glob(namespace).test(resource.namespace ?? ''))
  )
}

function glob(text: string): RegExp {
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}
