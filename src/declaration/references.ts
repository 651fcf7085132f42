import { findCycle } from '../graph.ts'
import { didYouMean } from '../suggest.ts'
import type { OutputReference } from '../targets/setup.ts'
import { clusterTargets, dependenciesOf, valuesOf } from './dependencies.ts'
import type { DeclarationContent, EnvironmentDeclaration } from './model.ts'
import type { Reader } from './reader.ts'
import type { Path } from './shape.ts'
import type { KubernetesDeclaration } from './target.ts'

/**
 * Checks what one part of the declaration says about another: names of images and targets, outputs, clusters, cycles.
 * Reports to `reader`.
 */
export function checkReferences(content: DeclarationContent, reader: Reader): void {
  for (const [name, environment] of content.environments) {
    const path = ['environments', name]
    if (name === 'all')
      reader.errorAt(path, 'the name "all" means every environment where environments are chosen; take another one.')
    for (const image of environment.images.keys()) checkImage(content, image, [...path, 'images', image], reader)
    for (const [targetName, target] of environment.targets) {
      const targetPath = [...path, 'targets', targetName]
      target.dependsOn.forEach((dependency, index) => {
        const place = [...targetPath, 'dependsOn', index]
        if (dependency === targetName) reader.errorAt(place, 'a target cannot depend on itself.')
        else checkTarget(name, environment, dependency, place, reader)
      })
      for (const { path: below, value } of valuesOf(target))
        if (typeof value !== 'string')
          checkOutput(name, environment, targetName, value, [...targetPath, ...below], reader)
      if (target.kind === 'kubernetes') checkKubernetes(content, environment, targetName, target, targetPath, reader)
    }
    checkCycles(name, environment, reader)
  }
}

function checkKubernetes(
  content: DeclarationContent,
  environment: EnvironmentDeclaration,
  name: string,
  target: KubernetesDeclaration,
  path: Path,
  reader: Reader
): void {
  target.images.forEach((image, index) => {
    checkImage(content, image, [...path, 'images', index], reader)
    if (target.images.indexOf(image) !== index) reader.errorAt([...path, 'images', index], `"${image}" is named twice.`)
  })
  if (target.helm?.version !== undefined && !target.helm.chart.startsWith('oci://'))
    reader.errorAt(
      [...path, 'helm', 'version'],
      `belongs to a chart in a registry (oci://…); "${target.helm.chart}" lies in the repository, where Git is the version. Remove it.`
    )
  const { context, kubeconfig } = environment.cluster
  const clusters = context === undefined && kubeconfig === undefined ? clusterTargets(environment.targets, name) : []
  if (clusters.length > 1)
    reader.errorAt(
      [...path, 'dependsOn'],
      `it is not clear into which cluster "${name}" is deployed: it depends on ${clusters.map((one) => `"${one}"`).join(' and ')}, each of which is one. Depend on one of them, or name the cluster of the environment ("cluster").`
    )
}

function checkTarget(
  name: string,
  environment: EnvironmentDeclaration,
  wanted: string,
  place: Path,
  reader: Reader
): boolean {
  if (reader.has(['environments', name, 'targets', wanted])) return true
  const known = [...environment.targets.keys()]
  reader.errorAt(
    place,
    `there is no target "${wanted}" in environment "${name}".${didYouMean(wanted, known)} Targets: ${known.join(', ')}.`
  )
  return false
}

/** What a value is taken from must be there and have outputs. Which ones is known only when it runs. */
function checkOutput(
  name: string,
  environment: EnvironmentDeclaration,
  user: string,
  { from, output }: OutputReference,
  place: Path,
  reader: Reader
): void {
  const here = [...place, 'from']
  if (from === user) reader.errorAt(here, 'a target cannot use an output of its own.')
  if (from === user || !checkTarget(name, environment, from, here, reader)) return
  const target = ['environments', name, 'targets', from]
  const source = environment.targets.get(from)
  // One that has errors of its own is told about those.
  if (!source || ['terraform', 'cloudformation'].some((key) => reader.has([...target, key]))) return
  if (source.kind === 'kops')
    reader.errorAt(
      here,
      `"${from}" is a kops cluster. It hands its kubeconfig to the targets that depend on it; "${output}" cannot be taken from it.`
    )
  if (source.kind === 'kubernetes')
    reader.errorAt(
      here,
      `"${from}" has no outputs: only terraform and cloudformation targets have. To be deployed after it, name it in dependsOn.`
    )
}

function checkImage(content: DeclarationContent, image: string, path: Path, reader: Reader): void {
  if (reader.has(['images', image])) return
  const known = [...content.images.keys()]
  const declared = known.length > 0 ? `Images: ${known.join(', ')}.` : 'No image is declared under "images".'
  reader.errorAt(path, `there is no image "${image}".${didYouMean(image, known)} ${declared}`)
}

function checkCycles(name: string, environment: EnvironmentDeclaration, reader: Reader): void {
  const nodes = [...environment.targets].map(([id, target]) => ({
    id,
    // Edges that are errors of their own are no part of a cycle.
    dependsOn: dependenciesOf(target).filter((dependency) => dependency !== id && environment.targets.has(dependency))
  }))
  const cycle = findCycle(nodes)
  const [first, second] = cycle ?? []
  const target = first === undefined ? undefined : environment.targets.get(first)
  if (!cycle || first === undefined || !target) return
  const path = ['environments', name, 'targets', first]
  const explicit = second !== undefined && target.dependsOn.includes(second)
  const value = valuesOf(target).find((one) => typeof one.value !== 'string' && one.value.from === second)
  reader.errorAt(
    explicit || !value ? [...path, 'dependsOn'] : [...path, ...value.path, 'from'],
    `the targets wait for each other: ${[...cycle, first].join(' → ')}. Remove one of these dependencies${value && !explicit ? ' (using an output is one)' : ''}.`
  )
}
