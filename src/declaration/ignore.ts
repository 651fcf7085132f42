import type { IgnoreRule } from '../targets/kubernetes/compare/index.ts'
import { list, object, optional, required, type Shape, text, transformed } from './shape.ts'

const pointer = text({
  description: 'A JSON pointer into the object; "~1" stands for a slash inside a key.',
  pattern: /^(\/([^/~]|~[01])*)+$/,
  must: 'a JSON pointer: it starts with a slash, and a slash inside a key is written ~1',
  examples: ['/spec/replicas', '/metadata/annotations/example.com~1touched']
})
const manager = text({
  description: 'A field manager; fields that it owns do not count. * and ? are wildcards.',
  examples: ['my-operator']
})

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
      managedFieldsManagers: optional(
        list(manager, { description: "Argo CD's name of managers.", minItems: 1, itemName: 'field managers' })
      )
    },
    {
      description: 'Fields that may differ without being a change or drift.',
      reserved: {
        jqPathExpressions:
          'jq expressions are not supported by this version of gitops-actions. Write "pointers", or "managers".'
      },
      schema: {
        anyOf: ['pointers', 'managers', 'jsonPointers', 'managedFieldsManagers'].map((key) => ({ required: [key] }))
      },
      check(keys, node, reader, path) {
        if (
          !['pointers', 'managers', 'jsonPointers', 'managedFieldsManagers', 'jqPathExpressions'].some((key) =>
            keys.has(key)
          )
        )
          reader.error(node, path, 'says of which objects, but not what to ignore: add "pointers" or "managers".')
      }
    }
  ),
  ({ pointers, jsonPointers, managers, managedFieldsManagers, group, kind, name, namespace }) => {
    const allPointers = [...(pointers ?? []), ...(jsonPointers ?? [])]
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
