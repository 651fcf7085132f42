import { asList, asObject, asString, at, type Json, type JsonObject, stringifyJson } from '../src/json.ts'

/**
 * The reference of gitops.yaml as Markdown, from its JSON Schema: a section per mapping, a row per key. Generated, so
 * that no key is documented that does not work, and none works that is not documented.
 */
export function declarationReference(schema: unknown): string {
  const sections: string[] = []
  describe(schema, '', 'The file', sections)
  return `${HEAD}\n${sections.join('\n')}`
}

const HEAD = `# gitops.yaml

What a repository deploys, and where. It lies at the top of the repository; the input \`declaration\` names another place.
Unknown keys, wrong types, missing files and cycles are errors with file, line and column, all of them at once, before
anything is done. Editors check and complete it with a first line of

\`\`\`yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/gitops-actions/gitops-actions/main/schema/gitops.schema.json
\`\`\`

A value that may be \`{from, output}\` is an output of another target: [infrastructure](infrastructure.md).

This page is generated from that schema. \`<name>\` stands for a name of your choice: a DNS label (lower-case letters, digits, dashes).
`

function describe(schema: unknown, path: string, title: string, sections: string[]): void {
  const properties = asObject(at(schema, 'properties')) ?? {}
  const required = new Set((asList(at(schema, 'required')) ?? []).map(String))
  const rows = Object.entries(properties).map(([key, value]) => row(key, value, required.has(key)))
  const description = asString(at(schema, 'description')) ?? ''
  sections.push(
    `## ${title}\n\n${description}\n\n| key | value | default | description |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  )
  for (const [key, value] of Object.entries(properties)) {
    const here = path === '' ? key : `${path}.${key}`
    if (hasKeys(value)) describe(value, here, `\`${here}\``, sections)
    const entry = at(value, 'additionalProperties')
    if (hasKeys(entry)) describe(entry, `${here}.<name>`, `\`${here}.<name>\``, sections)
    const item = at(value, 'items')
    if (hasKeys(item)) describe(item, `${here}[]`, `\`${here}[]\``, sections)
  }
}

function hasKeys(schema: unknown): boolean {
  return asObject(at(schema, 'properties')) !== undefined
}

function row(key: string, schema: Json, required: boolean): string {
  const fallback = at(schema, 'default')
  const shown = required ? '**required**' : fallback === undefined || isEmpty(fallback) ? '' : code(fallback)
  return `| \`${key}\` | ${shownValue(schema)} | ${shown} | ${cell(asString(at(schema, 'description')) ?? '')} |`
}

/** What may stand there, in a few words: the allowed words, a type, an example. */
function shownValue(schema: Json): string {
  const words = asList(at(schema, 'enum'))
  if (words) return words.map(code).join(', ')
  const constant = at(schema, 'const')
  if (constant !== undefined) return code(constant)
  const types = asList(at(schema, 'anyOf')) ?? asList(at(schema, 'oneOf'))
  if (types && at(schema, 'type') === undefined) return types.map(shownValue).join(' or ')
  const examples = asList(at(schema, 'examples'))
  const example = examples?.[0] === undefined ? '' : `, such as ${code(examples[0])}`
  const type = at(schema, 'type')
  if (type === 'array') return `list of ${plural(at(schema, 'items'))}${example}`
  if (type === 'object') return at(schema, 'additionalProperties') === false ? 'mapping' : 'mapping by name'
  if (type === 'string') return `text${example}`
  return `${Array.isArray(type) ? type.join(' or ') : (asString(type) ?? 'any')}${example}`
}

function plural(items: Json | undefined): string {
  const words = asList(at(items, 'enum'))
  if (words) return words.map(code).join(', ')
  const examples = asList(at(items, 'examples'))
  const kind = at(items, 'type') === 'object' ? 'mappings' : 'texts'
  return examples?.[0] === undefined ? kind : `${kind}, such as ${code(examples[0])}`
}

function isEmpty(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && value !== null && Object.keys(value as JsonObject).length === 0
}

function code(value: Json): string {
  return `\`${(typeof value === 'string' ? value : stringifyJson(value)).replaceAll('|', '\\|')}\``
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')
}
