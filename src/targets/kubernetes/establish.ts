import { asList, at } from '../../json.ts'
import { groupOf, type KubernetesObject } from '../../render/manifest.ts'
import type { Cluster } from './cluster.ts'
import { refOf } from './describe.ts'

/** An API server establishes a definition within a second. */
const OVERDUE = 10_000

/**
 * Does `work`, which waits for objects, and nudges those definitions among them that an API server has forgotten to
 * establish: it queues them when it sees them change, so one whose API server was restarted between accepting the names
 * and establishing it stays as it is until something touches it (apiextensions-apiserver,
 * `crdHandler.updateCustomResourceDefinition`; seen when an API server is killed right after a definition was created).
 */
export async function establishing<T>(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  work: () => Promise<T>,
  overdue = OVERDUE
): Promise<T> {
  const definitions = objects.filter(
    (object) => object.kind === 'CustomResourceDefinition' && groupOf(object) === 'apiextensions.k8s.io'
  )
  if (definitions.length === 0) return work()
  const timer = setInterval(() => {
    // Without the right to do that, or without an API server, the wait says what is wrong.
    for (const definition of definitions) nudge(cluster, definition).catch(() => {})
  }, overdue)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Changes a word of a status that its writer writes anew, once the names are accepted and nothing follows. */
async function nudge(cluster: Cluster, definition: KubernetesObject): Promise<void> {
  const live = await cluster.get(refOf(definition))
  const conditions = asList(at(live, 'status', 'conditions')) ?? []
  const isTrue = (type: string) =>
    conditions.some((condition) => at(condition, 'type') === type && at(condition, 'status') === 'True')
  const index = conditions.findIndex((condition) => at(condition, 'type') === 'Established')
  if (!live || index < 0 || isTrue('Established') || !isTrue('NamesAccepted')) return
  const path = `/status/conditions/${index}`
  await cluster.patch(
    refOf(live),
    'json',
    [
      { op: 'test', path: `${path}/type`, value: 'Established' },
      { op: 'replace', path: `${path}/message`, value: 'the initial names have been accepted; not established yet' }
    ],
    { subresource: 'status' }
  )
}
