import { declarationShape } from './model.ts'

/** The JSON Schema of the declaration, as published in `schema/gitops.schema.json`. */
export function declarationSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/gitops-actions/gitops-actions/main/schema/gitops.schema.json',
    title: 'gitops.yaml',
    ...declarationShape.schema
  }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}
