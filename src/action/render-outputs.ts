import type { Manifest, RenderedSet } from '../render/manifest.ts'
import { namespaceOf } from '../render/manifest.ts'
import { writeManifests } from '../render/output.ts'
import { codeSpan, details, table } from '../report/markdown.ts'
import { log } from './log.ts'
import type { Outputs } from './outputs.ts'
import { addSummary } from './summary.ts'

type Name = 'manifests' | 'objects' | 'digest' | 'images'

/** Writes the objects, then sets the outputs and the step summary: what they say is there. */
export async function renderOutputs(
  rendered: RenderedSet,
  place: { readonly workspace: string; readonly output: string },
  outputs: Outputs<Name>
): Promise<void> {
  await writeManifests(rendered.manifests, place.output, place.workspace)
  outputs.set('manifests', place.output)
  outputs.set('objects', rendered.manifests.length)
  outputs.set('digest', rendered.digest)
  outputs.set('images', rendered.images)
  log.info(`${rendered.manifests.length} objects in ${place.output}, ${rendered.digest}`)
  for (const image of rendered.images) log.info(`  ${image}`)
  await addSummary(renderedSummary(rendered, place.output))
}

/** GitHub shows a summary of 1 MiB at most; who has more objects looks into the directory. */
const LISTED = 500

/** What was rendered, as Markdown. Names are untrusted text. */
export function renderedSummary({ manifests, digest, images }: RenderedSet, output: string): string {
  const rows = [...manifests].sort((a, b) => compare(sortKey(a), sortKey(b)))
  const objects = table(
    ['Kind', 'Namespace', 'Name', 'From'],
    rows
      .slice(0, LISTED)
      .map(({ object, source }) => [
        codeSpan(object.kind),
        namespaceOf(object) === undefined ? '' : codeSpan(namespaceOf(object) ?? ''),
        codeSpan(object.metadata.name),
        codeSpan(source.line === undefined ? source.file : `${source.file}:${source.line}`)
      ])
  )
  const more = rows.length > LISTED ? [`and ${rows.length - LISTED} more in ${codeSpan(output)}`] : []
  return [
    `### Rendered ${rows.length} objects into ${codeSpan(output)}`,
    codeSpan(digest),
    ...(images.length > 0
      ? [
          table(
            ['Image'],
            images.map((image) => [codeSpan(image)])
          )
        ]
      : []),
    details('Objects', [objects, ...more].join('\n\n'), { open: rows.length <= 30 })
  ].join('\n\n')
}

function sortKey({ object }: Manifest): string {
  return [namespaceOf(object) ?? '', object.kind, object.metadata.name].join('\n')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
