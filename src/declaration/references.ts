import { findCycle } from '../graph.ts'
import type { DeclarationContent, EnvironmentDeclaration } from './model.ts'
import type { Reader } from './reader.ts'
import { didYouMean } from './suggest.ts'

/** Checks what one part of the declaration says about another: names of images and targets, cycles. Reports to `reader`. */
export function checkReferences(content: DeclarationContent, reader: Reader): void {
  for (const [name, environment] of content.environments) {
    const path = ['environments', name]
    if (name === 'all')
      reader.errorAt(path, 'the name "all" means every environment where environments are chosen; take another one.')
    for (const image of environment.images.keys()) checkImage(content, image, [...path, 'images', image], reader)
    for (const [targetName, target] of environment.targets) {
      const targetPath = [...path, 'targets', targetName]
      target.images.forEach((image, index) => {
        checkImage(content, image, [...targetPath, 'images', index], reader)
        if (target.images.indexOf(image) !== index)
          reader.errorAt([...targetPath, 'images', index], `"${image}" is named twice.`)
      })
      target.dependsOn.forEach((dependency, index) => {
        const place = [...targetPath, 'dependsOn', index]
        if (dependency === targetName) reader.errorAt(place, 'a target cannot depend on itself.')
        else if (!reader.has([...path, 'targets', dependency]))
          reader.errorAt(
            place,
            `there is no target "${dependency}" in environment "${name}".${didYouMean(dependency, environment.targets.keys())} Targets: ${[...environment.targets.keys()].join(', ')}.`
          )
      })
      if (target.helm?.version !== undefined && !target.helm.chart.startsWith('oci://'))
        reader.errorAt(
          [...targetPath, 'helm', 'version'],
          `belongs to a chart in a registry (oci://…); "${target.helm.chart}" lies in the repository, where Git is the version. Remove it.`
        )
    }
    checkCycles(name, environment, reader)
  }
}

function checkImage(content: DeclarationContent, image: string, path: (string | number)[], reader: Reader): void {
  if (reader.has(['images', image])) return
  const known = [...content.images.keys()]
  const declared = known.length > 0 ? `Images: ${known.join(', ')}.` : 'No image is declared under "images".'
  reader.errorAt(path, `there is no image "${image}".${didYouMean(image, known)} ${declared}`)
}

function checkCycles(name: string, environment: EnvironmentDeclaration, reader: Reader): void {
  const nodes = [...environment.targets].map(([id, target]) => ({
    id,
    // Edges that are errors of their own are no part of a cycle.
    dependsOn: target.dependsOn.filter((dependency) => dependency !== id && environment.targets.has(dependency))
  }))
  const cycle = findCycle(nodes)
  const [first] = cycle ?? []
  if (!cycle || first === undefined) return
  reader.errorAt(
    ['environments', name, 'targets', first, 'dependsOn'],
    `the targets wait for each other: ${[...cycle, first].join(' → ')}. Remove one of these dependencies.`
  )
}
