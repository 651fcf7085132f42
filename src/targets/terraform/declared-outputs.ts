import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { asObject, at, type Json, parseJson } from '../../json.ts'

/**
 * Names of the outputs that the files of a root module declare. Read from the text, without the engine: a name that
 * stands in a comment counts too, so what is not among them is surely not declared.
 * @returns undefined when a file cannot be understood
 */
export async function declaredOutputs(directory: string): Promise<string[] | undefined> {
  const names = new Set<string>()
  for (const file of (await readdir(directory)).toSorted()) {
    if (!/\.(tf|tofu)(\.json)?$/.test(file)) continue
    const text = await readFile(path.join(directory, file), 'utf8')
    const found = file.endsWith('.json') ? inJson(text) : inHcl(text)
    if (!found) return undefined
    for (const name of found) names.add(name)
  }
  return [...names]
}

function inHcl(text: string): string[] {
  return [...text.matchAll(/(?:^|[\s}])output\s+"?([^\s"{}]+)"?\s*\{/g)].map((match) => match[1] ?? '')
}

/** One object of outputs by name, or a list of such objects. */
function inJson(text: string): string[] | undefined {
  let json: Json
  try {
    json = parseJson(text)
  } catch {
    return undefined
  }
  const given = at(json, 'output') ?? []
  return (Array.isArray(given) ? given : [given]).flatMap((one: Json) => Object.keys(asObject(one) ?? {}))
}
