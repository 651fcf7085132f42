import { asList, asObject, asString, at, isObject, type JsonObject } from '../../../json.ts'
import { groupOf, type KubernetesObject, type Manifest } from '../../../render/manifest.ts'
import { describe } from '../describe.ts'
import { isObjectName, NAME_MUST } from './formats.ts'
import { type AskRules, hasRules, ruleEngine } from './rules.ts'
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
  #ask: AskRules | undefined

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

  /** Makes ready to ask the rules (CEL) of these objects' schemas; costs nothing where there are none. */
  async prepare(objects: readonly KubernetesObject[]): Promise<void> {
    if (objects.some((object) => hasRules(this.#schemaOf(object) ?? null))) this.#ask = await ruleEngine()
  }

  #schemaOf(object: KubernetesObject): JsonObject | undefined {
    return this.#byKind.get(idOf(object))?.versions.get(versionOf(object))
  }

  /**
   * What is wrong with an object by its definition in the set, one clause each; undefined where the set does not
   * define its kind.
   */
  check(object: KubernetesObject): { readonly problems: readonly string[]; readonly unchecked: string } | undefined {
    const definition = this.#byKind.get(idOf(object))
    if (!definition) return undefined
    const version = versionOf(object)
    if (!definition.served.includes(version))
      return {
        problems: [
          `its definition ${definition.name} in this set does not serve the version ${version}; it serves ${definition.served.join(', ') || 'none'}`
        ],
        unchecked: ''
      }
    const schema = definition.versions.get(version)
    if (!schema)
      return {
        problems: isObjectName(object.metadata.name) ? [] : [`metadata.name ${NAME_MUST}`],
        unchecked: `its definition ${definition.name} in this set has no schema for ${version}`
      }
    const { issues, rules } = validate(object, schema)
    // As in the API server, rules are only asked about what fits the schema.
    const asked = issues.length === 0 && rules ? this.#ask?.(object, schema) : undefined
    const unchecked = reasonFor(definition.name, asked?.unasked ?? rules)
    return { problems: [...issues, ...(asked?.issues ?? [])].slice(0, SHOWN).map(clause), unchecked }
  }
}

/** More than so many mistakes in one object only make the error longer. */
const SHOWN = 10

function clause(issue: Validation['issues'][number]): string {
  return `${issue.path === '' ? 'it' : issue.path} ${issue.message}`
}

function reasonFor(name: string, unasked: boolean): string {
  const left = unasked ? 'some of its validation rules (CEL), defaults and webhooks' : 'defaults and webhooks'
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

function versionOf(object: KubernetesObject): string {
  return object.apiVersion.slice(object.apiVersion.indexOf('/') + 1)
}

function idOf(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}`
}

/** `Widget shop/a: spec.size is required`, as one sentence with all that is wrong. */
export function schemaProblem(object: KubernetesObject, problems: readonly string[]): string {
  return `${describe(object)} does not fit its schema: ${problems.join('; ')}.`
}
