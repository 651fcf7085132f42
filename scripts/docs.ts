import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { declarationSchema } from '../src/declaration/schema.ts'
import { asObject, asString, at, type JsonObject } from '../src/json.ts'
import { exec } from '../src/toolchain/exec.ts'
import { SetupError } from './bootstrap.mjs'
import { declarationReference } from './declaration-reference.ts'
import { main } from './main.ts'

const repository = path.dirname(import.meta.dirname)

await main(import.meta.filename, async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const stale = await staleDocuments()
  if (values.check) {
    if (stale.length > 0) throw new SetupError(`Not as generated: ${names(stale)}\nRun "npm run docs".`)
  } else {
    for (const { file, text } of stale) await writeFile(path.join(repository, file), text)
    console.log(stale.length === 0 ? 'Everything is up to date.' : `Written: ${names(stale)}`)
  }
})

export interface Document {
  /** Path in the repository. */
  readonly file: string
  /** What it should hold. */
  readonly text: string
}

/**
 * The generated documents that are not what they should be: tables of inputs and outputs in the READMEs of actions
 * (from action.yml), and the JSON Schema of the declaration and its reference (from the code that reads it).
 * @throws SetupError when a README is missing or has no place for a table
 */
export async function staleDocuments(): Promise<Document[]> {
  const documents: Document[] = []
  for (const { metadata, readme } of await actions()) {
    const contract: unknown = parse(await readFile(path.join(repository, metadata), 'utf8'))
    documents.push({
      file: readme,
      text: withTables(await readFile(path.join(repository, readme), 'utf8'), contract, readme)
    })
  }
  const schema = 'schema/gitops.schema.json'
  documents.push({ file: schema, text: await formatted(schema, declarationSchema()) })
  documents.push({ file: 'docs/gitops-yaml.md', text: declarationReference(parse(declarationSchema())) })
  const current = await Promise.all(
    documents.map(({ file }) => readFile(path.join(repository, file), 'utf8').catch(() => undefined))
  )
  return documents.filter(({ text }, index) => text !== current[index])
}

export function names(documents: readonly Document[]): string {
  return documents.map(({ file }) => file).join(', ')
}

/** As Biome wants it, so that `npm run check` agrees. */
async function formatted(file: string, text: string): Promise<string> {
  const biome = path.join(repository, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'format', `--stdin-file-path=${file}`]
  return (await exec(process.execPath, args, { cwd: repository, input: text })).stdout
}

async function actions(): Promise<{ metadata: string; readme: string }[]> {
  const names = existsSync(path.join(repository, 'actions')) ? await readdir(path.join(repository, 'actions')) : []
  const found = names
    .sort()
    .map((name) => ({ metadata: `actions/${name}/action.yml`, readme: `actions/${name}/README.md` }))
    .filter(({ metadata }) => existsSync(path.join(repository, metadata)))
  // The root action's metadata lies at the top, its reference beside its code: the top README tells the story.
  if (existsSync(path.join(repository, 'action.yml')))
    found.push({ metadata: 'action.yml', readme: 'actions/root/README.md' })
  for (const { metadata, readme } of found)
    if (!existsSync(path.join(repository, readme)))
      throw new SetupError(`${readme} is missing (it documents ${metadata}).`)
  return found
}

/** `text` with the tables between its markers made anew. */
export function withTables(text: string, metadata: unknown, file: string): string {
  const inputs = asObject(at(metadata, 'inputs')) ?? {}
  const outputs = asObject(at(metadata, 'outputs')) ?? {}
  return between(between(text, 'inputs', inputTable(inputs), file), 'outputs', outputTable(outputs), file)
}

function between(text: string, name: string, table: string, file: string): string {
  const start = `<!-- ${name} -->`
  const end = `<!-- /${name} -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new SetupError(`${file}: there must be a line ${start} and below it a line ${end}.`)
  return `${text.slice(0, from)}${start}\n${table}${text.slice(to)}`
}

function inputTable(inputs: JsonObject): string {
  if (Object.keys(inputs).length === 0) return 'None.\n'
  const rows = Object.entries(inputs).map(([name, input]) => {
    const required = at(input, 'required') === true ? '**required**' : ''
    const value = at(input, 'default')
    const fallback = value === undefined || value === null || value === '' ? '' : code(String(value))
    return `| \`${name}\` | ${required || fallback} | ${cell(at(input, 'description'))} |`
  })
  return ['| input | default | description |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

function outputTable(outputs: JsonObject): string {
  if (Object.keys(outputs).length === 0) return 'None.\n'
  const rows = Object.entries(outputs).map(([name, output]) => `| \`${name}\` | ${cell(at(output, 'description'))} |`)
  return ['| output | description |', '| --- | --- |', ...rows, ''].join('\n')
}

/** A description as one table cell: paragraphs become line breaks, a pipe would end the cell. */
function cell(description: unknown): string {
  return (asString(description) ?? '')
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' '))
    .join('<br>')
    .replaceAll('|', '\\|')
}

function code(text: string): string {
  const line = text.trim().replace(/\s*\n\s*/g, ' ')
  return `\`${line.replaceAll('|', '\\|')}\``
}
