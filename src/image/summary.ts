import { formatSeconds } from '../duration.ts'
import { GitOpsError, messageOf } from '../errors.ts'
import { codeBlock, codeSpan, escapeMarkdown, table } from '../report/markdown.ts'
import type { BuiltImage } from './build.ts'
import type { BuildOptions } from './options.ts'

/** What a build gave, as Markdown for the step summary. */
export function builtSummary(image: BuiltImage): string {
  const [, ...extraTags] = image.tags
  const rows = [
    ['Image', codeSpan(image.image)],
    ['Digest', image.digest === undefined ? 'none: it was not pushed' : codeSpan(image.digest)],
    ...(extraTags.length > 0 ? [['Further tags', extraTags.map(codeSpan).join(' ')]] : []),
    ['Built', image.built ? `yes, in ${formatSeconds(image.seconds)}` : 'no: the registry held this content already']
  ]
  const notes = [
    ...image.remarks.map(escapeMarkdown),
    ...(image.floating.length > 0
      ? [
          `Taken by a name that can change: ${image.floating.map(codeSpan).join(', ')}. A new version there does not change the content key, so nothing is built for it; a digest in the Dockerfile (Dependabot keeps it fresh) makes it part of the key.`
        ]
      : [])
  ]
  return [`### ${escapeMarkdown(titleOf(image))}`, '', table(['', ''], rows), '', ...notes.map((note) => `- ${note}`)]
    .join('\n')
    .trimEnd()
}

function titleOf(image: BuiltImage): string {
  const name = image.image.slice(0, image.image.lastIndexOf(':'))
  if (!image.built) return `${name}: nothing to build`
  return image.digest === undefined ? `${name}: built, not pushed` : `${name}: built and pushed`
}

/** Why there is no image, as Markdown for the step summary. */
export function failedSummary(error: unknown, options: Pick<BuildOptions, 'repository'>): string {
  const hint = error instanceof GitOpsError ? error.hint : undefined
  const details = error instanceof GitOpsError ? error.details : []
  return [
    `### ${escapeMarkdown(options.repository)}: no image`,
    '',
    escapeMarkdown(messageOf(error)),
    ...(hint === undefined ? [] : ['', escapeMarkdown(hint)]),
    ...(details.length > 0 ? ['', codeBlock(details.join('\n'))] : [])
  ].join('\n')
}
