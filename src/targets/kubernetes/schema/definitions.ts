import { asList, asObject, asString, at, isObject, type JsonObject } from '../../../json.ts'
import { groupOf, type KubernetesObject, type Manifest } from '../../../render/manifest.ts'
import { describe } from '../describe.ts'
import { type Validation, validate } from './validate.ts'

/** What a CustomResourceDefinition of the set says of one kind. */
interface Definition {
  readonly name: string
  /** Schemas of the served versions; undefined for a version without one. */
  readonly versions: ReadonlyMap<string, JsonObject | undefined>
  readonly served: readonly string[]
}

/** The definitions that a declared set brings itself. */
export class Definitions {
  readonly #byKind = new Map<string, Definition>()

  constructor(manifests: readonly Pick<Manifest, 'object'>[]) {
    for (const { object } of manifests) {
      const read = definitionIn(object)
      if (read) this.#byKind.set(read.id, read.definition)
    }
  }

  /** Whether the set defines the kind of an object. */
  has(object: KubernetesObject): boolean {
    return this.#byKind.has(idOf(object))
  }

  /** The name of the definition of an object's kind: `widgets.example.com`. */
  nameOf(object: KubernetesObject): string | undefined {
    return this.#byKind.get(idOf(object))?.name
  }

  /**
   * What is wrong with an object by its definition in the set, one clause each; undefined where the set does not
   * define its kind.
   */
  check(object: KubernetesObject): { readonly problems: readonly string[]; readonly unchecked: string } | undefined {
    const definition = this.#byKind.get(idOf(object))
    if (!definition) return undefined
    const version = object.apiVersion.slice(object.apiVersion.indexOf('/') + 1)
    if (!definition.served.includes(version))
      return {
        problems: [
          `its definition ${definition.name} in this set does not serve the version ${version}; it serves ${definition.served.join(', ') || 'none'}`
        ],
        unchecked: ''
      }
    const schema = definition.versions.get(version)
    const names = SUBDOMAIN.test(object.metadata.name) ? [] : [`metadata.name ${NAME_MUST}`]
    if (!schema)
      return {
        problems: names,
        unchecked: `its definition ${definition.name} in this set has no schema for ${version}`
      }
    const result = validate(object, schema)
    const problems = [...names, ...result.issues.map(clause)].slice(0, SHOWN)
    return { problems, unchecked: reasonFor(definition.name, result) }
  }
}

/** Of any custom resource (apiextensions: `validation.NameIsDNSSubdomain`); how long it may be is checked of all objects. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const NAME_MUST = 'must be lower-case letters, digits, "-" and "." only, and begin and end with a letter or a digit'

/** More than so many mistakes in one object only make the error longer. */
const SHOWN = 10

function clause(issue: Validation['issues'][number]): string {
  return `${issue.path === '' ? 'it' : issue.path} ${issue.message}`
}

function reasonFor(name: string, { rules }: Validation): string {
  const left = rules ? 'its validation rules (CEL), defaults and webhooks' : 'defaults and webhooks'
  return `${name} is brought by this run, so it was validated against that schema here; ${left} only apply when it is written`
}

function definitionIn(object: KubernetesObject): { id: string; definition: Definition } | undefined {
  if (object.kind !== 'CustomResourceDefinition' || groupOf(object) !== 'apiextensions.k8s.io') return undefined
  const kind = asString(at(object, 'spec', 'names', 'kind'))
  const group = asString(at(object, 'spec', 'group'))
  if (kind === undefined || group === undefined) return undefined
  const versions = (asList(at(object, 'spec', 'versions')) ?? []).filter(isObject)
  const served = versions.filter((one) => one['served'] !== false)
  return {
    id: `${group}/${kind}`,
    definition: {
      name: object.metadata.name,
      served: served.flatMap((one) => asString(one['name']) ?? []),
      versions: new Map(
        served.map((one) => [asString(one['name']) ?? '', asObject(at(one, 'schema', 'openAPIV3Schema'))])
      )
    }
  }
}

function idOf(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}`
}

/** `Widget shop/a: spec.size is required`, as one sentence with all that is wrong. */
export function schemaProblem(object: KubernetesObject, problems: readonly string[]): string {
  return `${describe(object)} does not fit its schema: ${problems.join('; ')}.`
}
