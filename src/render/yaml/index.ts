import { isAscii } from 'node:buffer'
import { asList, asObject, type Json } from '../../json.ts'
import { errorAt } from '../placed.ts'
import { splitDocuments } from './documents.ts'
import { explain } from './explain.ts'
import { NumberRangeError, readJsonStream } from './json.ts'
import { DuplicateKeyError } from './mapping.ts'
import { parseDocument } from './parser.ts'
import { readSimple } from './simple.ts'
import { DocumentError } from './tokens.ts'

/** One document of a file. Empty documents are left out. */
export interface YamlDocument {
  readonly value: Json
  /** 1-based line of its first key. */
  readonly line: number
  /** The line of a mapping of the outer levels (an item of a List); the document's own for any other value. */
  lineOf(value: Json): number
}

/**
 * Reads YAML or JSON as kubectl 1.36 reads it: the stream splitting of apimachinery, the scanner, scalars and merge
 * keys of go-yaml v2, the keys of sigs.k8s.io/yaml; held by a differential test. What kubectl drops silently is an
 * error instead: duplicate keys, and content after the end of a document. Values never stand in messages, since they
 * may be secrets.
 * @param file for messages
 * @throws GitOpsError with file:line:column
 */
export function readYaml(text: string, file: string): YamlDocument[] {
  checkCharacters(text, file)
  if (!/^[^\S\ufeff]*\{/.test(text)) return readYamlStream(text, file)
  try {
    return readJson(text)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    // A `{` begins JSON or a YAML flow mapping. A file that says it is JSON is told what is wrong as JSON.
    const isCertain = error instanceof DuplicateKeyError || error instanceof NumberRangeError
    if (isCertain || file.endsWith('.json')) throw explain(error, { text, line: 1, file })
    return readYamlStream(text, file)
  }
}

/**
 * Decodes the bytes of a manifest as kubectl does (`unicode.BOMOverride` of its file visitor): UTF-8, or UTF-16 where a
 * byte order mark says so, as PowerShell writes it. The mark itself is left out.
 * @throws GitOpsError when they are neither; kubectl would replace what it cannot read without a word
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  // Nearly every file, and the decoder takes long to start.
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'
    throw errorAt({ file }, `the file is not valid ${name}.`, {
      hint: isBinary(bytes) ? 'It is no text at all: keep it out of the manifests.' : 'Save it as UTF-8.',
      cause: error
    })
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0) // as git decides
}

function readJson(source: string): YamlDocument[] {
  return readJsonStream(source)
    .filter(({ value }) => value !== null)
    .map(({ value, start, items }) => {
      const line = lineAt(source, start)
      const list = asList(asObject(value)?.['items']) ?? []
      const lines = new Map(list.map((item, index) => [item, lineAt(source, items[index] ?? start)]))
      return { value, line, lineOf: (inner) => lines.get(inner) ?? line }
    })
}

function readYamlStream(source: string, file: string): YamlDocument[] {
  const { chunks, badSeparator } = splitDocuments(source)
  const documents: YamlDocument[] = []
  for (const { text, line } of chunks) {
    const starts = new WeakMap<object, number>()
    const value = readChunk(text, line, file, starts)
    if (value === null) continue
    const startLine = (inner: Json): number | undefined => {
      const start = typeof inner === 'object' && inner !== null ? starts.get(inner) : undefined
      return start === undefined ? undefined : line + lineAt(text, start) - 1
    }
    const own = startLine(value) ?? line
    documents.push({ value, line: own, lineOf: (inner) => startLine(inner) ?? own })
  }
  if (badSeparator !== undefined)
    throw errorAt({ file, line: badSeparator, column: 4 }, 'only a comment may follow the document separator "---".', {
      hint: 'kubectl takes every line that begins with --- as a separator. Move the content to the next line, or indent the line.'
    })
  return documents
}

function readChunk(text: string, line: number, file: string, starts: WeakMap<object, number>): Json {
  const simple = readSimple(text, starts)
  if (simple !== undefined) return simple
  try {
    return parseDocument(text, { starts })
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    throw explain(error instanceof DuplicateKeyError ? locateFirst(text, error) : error, { text, line, file })
  }
}

/** The same error, with the place of the first key: only worth knowing once there is an error. */
function locateFirst(text: string, error: DuplicateKeyError): DocumentError {
  try {
    parseDocument(text, { starts: new WeakMap(), rememberKeys: true })
  } catch (again) {
    if (again instanceof DocumentError) return again
  }
  return error
}

// The characters that libyaml's reader refuses (readerc.go).
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

function checkCharacters(text: string, file: string): void {
  const found = FORBIDDEN.exec(text)
  if (!found) return
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  throw explain(new DocumentError(`the control character U+${code} is not allowed`, found.index), {
    text,
    line: 1,
    file
  })
}

/** 1-based line of an offset. */
function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
