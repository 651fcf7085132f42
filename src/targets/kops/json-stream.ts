import { type Json, parseJson } from '../../json.ts'

/** JSON documents that follow one another without a separator; what cannot be read is left out. */
export function parseJsonStream(text: string): Json[] {
  const documents: Json[] = []
  let depth = 0
  let start = -1
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"' && depth > 0) inString = true
    else if (character === '{' || character === '[') {
      if (depth === 0) start = index
      depth++
    } else if ((character === '}' || character === ']') && depth > 0) {
      depth--
      if (depth > 0) continue
      try {
        documents.push(parseJson(text.slice(start, index + 1)))
      } catch {
        // A line of a log that happens to hold brackets.
      }
    }
  }
  return documents
}
