import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import { GitOpsError } from '../errors.ts'
import { workspacePath } from '../workspace.ts'
import { type DeclarationContent, declarationShape } from './model.ts'
import { checkPaths } from './paths.ts'
import { type Issue, Reader } from './reader.ts'
import { checkReferences } from './references.ts'

export type { CloudFormationDeclaration } from './cloudformation.ts'
export type { DriftPolicy, PauseDeclaration } from './drift.ts'
export type { HelmDeclaration } from './helm.ts'
export type { KopsDeclaration } from './kops.ts'
export type { EnvironmentDeclaration, ImageDeclaration, RetirePolicy } from './model.ts'
export { selectEnvironments, selectTargets } from './select.ts'
export type { InfrastructureDeclaration, KubernetesDeclaration, TargetDeclaration } from './target.ts'
export type { TerraformDeclaration } from './terraform.ts'

/** `gitops.yaml` as typed data. `file` is relative to the workspace. */
export interface Declaration extends DeclarationContent {
  readonly file: string
}

/**
 * Reads and checks the declaration: syntax, keys, types, names, references between its parts, and that every path it
 * names lies in the workspace and exists.
 * @param options.paths false leaves paths unchecked until they are used
 * @throws GitOpsError with every error at once, each with file:line:column
 */
export async function readDeclaration(
  workspace: string,
  file: string,
  { paths = true }: { readonly paths?: boolean } = {}
): Promise<Declaration> {
  const location = workspacePath(workspace, file)
  let text: string
  try {
    text = await readFile(location, 'utf8')
  } catch (error) {
    throw new GitOpsError(`The declaration ${file} cannot be read: ${reason(error)}.`, {
      hint: `Write it at the top of the repository, name another file with the input "declaration", or check out the repository first (actions/checkout).`,
      cause: error
    })
  }
  const { content, reader } = parse(file, text)
  if (content) {
    checkReferences(content, reader)
    if (paths) await checkPaths(content, reader, workspace)
  }
  if (!content || reader.issues.length > 0) throw declarationError(file, reader.issues)
  return { file, ...content }
}

function parse(file: string, text: string): { content: DeclarationContent | undefined; reader: Reader } {
  const lines = new LineCounter()
  // Duplicate keys are found by our own reader, which names the key and both lines.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const reader = new Reader(file, document, lines)
  for (const error of document.errors)
    reader.issueAt(
      error.pos[0],
      error.code === 'MULTIPLE_DOCS'
        ? 'a second YAML document starts here; the declaration is one document.'
        : error.message
    )
  if (reader.issues.length > 0) return { content: undefined, reader }
  if (document.contents === null)
    reader.issueAt(0, 'the declaration is empty. It needs "version: 1" and "environments".')
  return { content: document.contents ? reader.at(declarationShape, document.contents, []) : undefined, reader }
}

function declarationError(file: string, issues: readonly Issue[]): GitOpsError {
  const sorted = issues.toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
  const annotations = sorted.map(({ place, message }) => ({
    place,
    message: `${place.file}:${place.line}:${place.column}: ${message}`
  }))
  const details = annotations.map(({ message }) => message)
  const message = details.length === 1 ? `${details[0]}` : `${file} has ${details.length} errors.`
  return new GitOpsError(message, {
    hint: 'Nothing was done.',
    annotations,
    details: details.length === 1 ? [] : details
  })
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a directory'
  return String(code ?? error)
}
