import { messageOf } from '../errors.ts'
import { type BuildOptions, type BuiltImage, builtSummary, failedSummary, type ImageNames } from '../image/index.ts'
import type { Outputs } from './outputs.ts'
import { addSummary } from './summary.ts'

type Name = 'image' | 'digest' | 'image-ref' | 'tags' | 'built' | 'metadata'

/** Sets the outputs that are known before the build. */
export function announceImage(outputs: Outputs<Name>): (names: ImageNames) => void {
  return ({ image, tags }) => {
    outputs.set('image', image)
    outputs.set('tags', tags)
  }
}

/** Sets the outputs of a build and writes its summary; a failed one is told in the summary, too, and thrown on. */
export async function imageOutputs(
  build: Promise<BuiltImage>,
  options: BuildOptions,
  outputs: Outputs<Name>
): Promise<void> {
  try {
    const built = await build
    outputs.set('digest', built.digest ?? '')
    outputs.set('image-ref', built.imageRef ?? '')
    outputs.set('built', built.built)
    outputs.set('metadata', built.metadata)
    await summarize(builtSummary(built), options)
  } catch (error) {
    await summarize(failedSummary(error, options), options)
    throw error
  }
}

/** A summary that cannot be written must not turn what was done into a failure, nor hide why it failed. */
async function summarize(markdown: string, options: BuildOptions): Promise<void> {
  try {
    await addSummary(markdown, options.env)
  } catch (error) {
    options.log.warning(`The step summary could not be written: ${messageOf(error)}`)
  }
}
