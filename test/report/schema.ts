import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'))
const ajv = new Ajv({ allErrors: true })
formats.default(ajv)
const validate = ajv.compile(schema)

/** What is wrong with a JSON report by the published schema; empty where nothing is. */
export function schemaErrors(text: string): string[] {
  validate(JSON.parse(text))
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`)
}
