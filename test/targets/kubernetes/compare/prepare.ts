import { at } from '../../../../src/json.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { DEFINITIONS } from './samples/index.ts'

/** Makes the API server serve the custom kinds of the samples. */
export async function prepare(cluster: Cluster): Promise<void> {
  for (const definition of DEFINITIONS) await cluster.apply(definition, { force: true })
  for (let attempt = 0; attempt < 100; attempt++) {
    cluster.refreshDiscovery()
    const served = await Promise.all(
      DEFINITIONS.map((one) =>
        cluster.resourceFor(`${String(at(one, 'spec', 'group'))}/v1`, String(at(one, 'spec', 'names', 'kind')))
      )
    )
    if (served.every((resource) => resource !== undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the custom kinds of the samples are not served after 10 s')
}
