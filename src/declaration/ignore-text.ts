import { LineCounter, parseDocument } from 'yaml'
import { GitOpsError } from '../errors.ts'
import type { IgnoreRule } from '../targets/kubernetes/compare/index.ts'
import { ignoreRule } from './ignore.ts'
import { Reader } from './reader.ts'
import { list } from './shape.ts'

const rules = list(ignoreRule, { description: 'Rules.', itemName: 'rules' })

/**
 * Reads ignore rules from an input: a YAML or JSON list; empty text is no rule.
 * @throws GitOpsError naming the input, with line and column of every error
 */
export function parseIgnoreRules(text: string, input: string): readonly IgnoreRule[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const reader = new Reader(input, document, lines)
  for (const error of document.errors) reader.issueAt(error.pos[0], error.message)
  if (reader.issues.length === 0 && document.contents === null) return []
  const read = reader.issues.length === 0 ? reader.at(rules, document.contents, []) : undefined
  if (read && reader.issues.length === 0) return read
  const [first, ...others] = reader.issues.map(
    ({ place, message }) => `line ${place.line}, column ${place.column}: ${message}`
  )
  throw new GitOpsError(`Input "${input}", ${first}`, {
    details: others,
    hint: 'It is a list such as: [{kind: Deployment, pointers: [/spec/replicas]}].'
  })
}
