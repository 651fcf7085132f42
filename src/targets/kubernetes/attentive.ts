import { ApiError, type ApiResource, type Cluster } from './cluster.ts'
import { withMethods } from './with-methods.ts'

/** A cluster whose reader takes lists for a luxury, and what became of them. */
export interface Attentive {
  readonly cluster: Cluster
  /** @throws the first failure that says that the API server, not a right, is missing */
  refuseLoss(): void
  /** Types of which something may not be listed. */
  readonly forbidden: ReadonlySet<string>
}

/**
 * Watches the lists of a reader that goes on without them: to go on is right when it explains a failure, but what is
 * not known must not be called healthy.
 */
export function attentive(cluster: Cluster): Attentive {
  const forbidden = new Set<string>()
  const lost: unknown[] = []
  const list: Cluster['list'] = async (resource, options) => {
    try {
      return await cluster.list(resource, options)
    } catch (error) {
      if (!(error instanceof ApiError) || error.code >= 500) lost.push(error)
      else if (error.code === 403) forbidden.add(nameOf(resource))
      throw error
    }
  }
  const watched = withMethods(cluster, { list })
  return {
    cluster: watched,
    refuseLoss() {
      if (lost.length > 0) throw lost[0]
    },
    forbidden
  }
}

function nameOf({ plural, group }: ApiResource): string {
  return group === '' ? plural : `${plural}.${group}`
}
