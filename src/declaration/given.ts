import { isMap } from 'yaml'
import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import type { GivenValue, OutputReference } from '../targets/setup.ts'
import { list, mapping, object, required, type Shape, scalarText, text } from './shape.ts'

const reference: Shape<OutputReference> = object(
  {
    from: required(
      text({
        description: 'A target of the same environment. It is deployed before this one, as with dependsOn.',
        pattern: DNS_LABEL,
        must: DNS_LABEL_MUST
      })
    ),
    output: required(text({ description: 'The name of one of its outputs.' }))
  },
  { description: 'An output of another target of the same environment.' }
)

/** A text, number or boolean, or the output of another target. */
export function givenValue(description: string): Shape<GivenValue> {
  const plain = scalarText('The value itself.')
  return {
    schema: { description, anyOf: [plain.schema, reference.schema] },
    read(node, reader, path) {
      if (isMap(reader.resolve(node))) return reference.read(node, reader, path)
      return plain.read(node, reader, path)
    }
  }
}

/** Values by name, each a text or the output of another target. */
export function givenValues(rules: {
  description: string
  value: string
  key: RegExp
  keyMust: string
}): Shape<ReadonlyMap<string, GivenValue>> {
  const description = `${rules.description} Each is a text, number or boolean, or {from, output}: an output of another target.`
  return mapping(givenValue(rules.value), { ...rules, description })
}

/** A list of texts; one alone may stand for itself. */
export function oneOrMany(
  item: Shape<string>,
  rules: { description: string; itemName: string }
): Shape<readonly string[]> {
  const many = list(item, { ...rules, minItems: 1 })
  return {
    schema: { description: rules.description, anyOf: [item.schema, many.schema] },
    read(node, reader, path) {
      const target = reader.resolve(node)
      if (target && 'items' in target) return many.read(node, reader, path)
      const one = reader.at(item, node, [...path, 0])
      return one === undefined ? undefined : [one]
    }
  }
}
