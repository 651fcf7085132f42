import { asString } from '../json.ts'
import { groupOf, type Manifest } from './manifest.ts'
import { errorAt } from './placed.ts'
import { imagesOf, podsOf } from './pods.ts'

/** `{{ .Values.tag }}` of a template, `$(TAG)` of kustomize, `${TAG}` of a shell. */
const PLACEHOLDER = /\{\{[^}]*\}*|\$\([\w.-]+\)|\$\{[^}]*\}*/

/**
 * Refuses names and images in which something was to be filled in and was not. The API server takes such an image, and
 * only the pod that cannot be started tells of it. Everywhere else placeholders may be meant: alert rules, workflows, the
 * environment of a container.
 * @throws GitOpsError with file:line
 */
export function refusePlaceholders(manifests: readonly Manifest[]): void {
  for (const { object, source } of manifests) {
    const places: [string, string | undefined][] = [
      ['metadata.name', object.metadata.name],
      ['metadata.namespace', asString(object.metadata['namespace'])],
      // Custom resources may be templates themselves (a WorkflowTemplate, a Task).
      ...(groupOf(object).includes('.') ? [] : podsOf(object).flatMap(({ spec }) => imagesIn(spec)))
    ]
    for (const [field, text] of places) {
      const left = text === undefined ? undefined : PLACEHOLDER.exec(text)?.[0]
      if (left === undefined) continue
      throw errorAt(
        source,
        `the ${field} of ${object.kind} ${object.metadata.name} is "${text}": nothing was filled in for ${left}.`,
        {
          hint: hintFor(left)
        }
      )
    }
  }
}

function imagesIn(spec: Parameters<typeof imagesOf>[0]): [string, string][] {
  return imagesOf(spec).map(({ holder, image }) => {
    const name = asString(holder['name'])
    return [name === undefined ? 'image' : `image of container "${name}"`, image]
  })
}

function hintFor(left: string): string {
  if (left.startsWith('{{')) return 'This is a template: give its chart to Helm (chart:), or write the value out.'
  if (left.startsWith('$('))
    return 'Variables of kustomize are filled in by its kustomization (replacements): give its folder as the path.'
  return 'Fill it in before this step (envsubst), or write the value out; images are best given by the input "images".'
}
