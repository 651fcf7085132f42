import { messageOf } from '../errors.ts'
import type { IgnoreRule } from '../targets/kubernetes/compare/index.ts'
import { parsePatterns } from '../targets/kubernetes/compare/pattern.ts'
import { checked, list, object, optional, required, type Shape, text, transformed } from './shape.ts'

const pointer = text({
  description: 'A JSON pointer into the object; "~1" stands for a slash inside a key.',
  pattern: /^(\/([^/~]|~[01])*)+$/,
  must: 'a JSON pointer: it starts with a slash, and a slash inside a key is written ~1',
  examples: ['/spec/replicas', '/metadata/annotations/example.com~1touched']
})
/** A path as jq writes it, and as reports print it. */
const expression: Shape<string> = checked(
  text({
    description: 'A path as jq writes it or as reports print it, relative to the object.',
    examples: ['.spec.template.spec.containers[] | select(.name == "istio-proxy")']
  }),
  (value) => {
    try {
      parsePatterns(value)
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }
)
const manager = text({
  description: 'A field manager; fields that it owns do not count. * and ? are wildcards.',
  examples: ['my-operator']
})

/** The keys that say what to ignore. */
const WHAT = ['pointers', 'paths', 'managers', 'jsonPointers', 'jqPathExpressions', 'managedFieldsManagers']

/** Which differences of which objects are nobody's fault. Argo CD's names of the keys are understood too. */
export const ignoreRule: Shape<IgnoreRule> = transformed(
  object(
    {
      group: optional(
        text({ description: 'API group of the objects. Default: any. * and ? are wildcards.', examples: ['apps'] })
      ),
      kind: required(text({ description: 'Kind of the objects; "*" for all.', examples: ['Deployment'] })),
      name: optional(text({ description: 'Name of the objects. Default: any. * and ? are wildcards.' })),
      namespace: optional(text({ description: 'Namespace of the objects. Default: any. * and ? are wildcards.' })),
      pointers: optional(
        list(pointer, { description: 'Fields that do not count.', minItems: 1, itemName: 'JSON pointers' })
      ),
      paths: optional(
        list(expression, { description: 'The same as paths in the form of jq.', minItems: 1, itemName: 'paths' })
      ),
      managers: optional(
        list(manager, {
          description: 'Field managers whose fields do not count.',
          minItems: 1,
          itemName: 'field managers'
        })
      ),
      jsonPointers: optional(
        list(pointer, { description: "Argo CD's name of pointers.", minItems: 1, itemName: 'JSON pointers' })
      ),
      jqPathExpressions: optional(
        list(expression, { description: "Argo CD's name of paths.", minItems: 1, itemName: 'paths' })
      ),
      managedFieldsManagers: optional(
        list(manager, { description: "Argo CD's name of managers.", minItems: 1, itemName: 'field managers' })
      )
    },
    {
      description: 'Fields that may differ without being a change or drift.',
      schema: { anyOf: WHAT.map((key) => ({ required: [key] })) },
      check(keys, node, reader, path) {
        if (!WHAT.some((key) => keys.has(key)))
          reader.error(
            node,
            path,
            'says of which objects, but not what to ignore: add "pointers", "paths" or "managers".'
          )
      }
    }
  ),
  ({ pointers, jsonPointers, paths, jqPathExpressions, managers, managedFieldsManagers, ...object }) => {
    const { group, kind, name, namespace } = object
    const allPointers = [pointers, jsonPointers, paths, jqPathExpressions].flatMap((some) => some ?? [])
    const allManagers = [...(managers ?? []), ...(managedFieldsManagers ?? [])]
    return {
      kind,
      ...(group === undefined ? {} : { group }),
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(allPointers.length > 0 ? { pointers: allPointers } : {}),
      ...(allManagers.length > 0 ? { managers: allManagers } : {})
    }
  }
)
