import { GitOpsError } from '../../errors.ts'
import { asString, at, type JsonObject } from '../../json.ts'
import type { Declared } from './manifests.ts'
import { configBaseOf, type Stored } from './stored.ts'

/**
 * Where the cluster keeps its keys and secrets. A manifest may say it, but not change it: a pull request that does would
 * make a preview read, and a deploy write, somewhere else.
 * @throws GitOpsError when the manifest names another place
 */
export function checkedConfigBase(declared: Declared, stored: Stored | undefined, state: string): string {
  const { cluster } = declared
  const own = `${state.replace(/\/+$/, '')}/${cluster.name}`
  const expected = (stored && configBaseOf(stored.cluster.object)) ?? own
  const where = cluster.source ? `${cluster.source.file}:${cluster.source.line}: ` : ''
  const given = configBaseOf(cluster.object)
  if (given !== undefined && normal(given) !== normal(expected))
    throw new GitOpsError(
      `${where}the Cluster "${cluster.name}" has the config base ${given}, but ${stored ? 'that of the cluster is' : 'in this state store it is'} ${expected}.`,
      {
        hint: 'Nothing was written. Leave the config base as it is: kops cannot move it, nor a cluster to another state store.'
      }
    )
  for (const [path, place] of storesOf(cluster.object)) {
    const now = stored && storesOf(stored.cluster.object).find(([other]) => other === path)?.[1]
    const within = isBelow(normal(place), normal(expected))
    if (normal(place) !== normal(now ?? '') && !within)
      throw new GitOpsError(`${where}${path} of the Cluster "${cluster.name}" is ${place}, outside of ${expected}.`, {
        hint: 'Nothing was written. Keys and secrets of a cluster stay below its config base.'
      })
  }
  return expected
}

function storesOf(object: JsonObject): [string, string][] {
  const places: string[][] = [
    ['spec', 'keyStore'],
    ['spec', 'secretStore'],
    ['spec', 'configStore', 'keypairs'],
    ['spec', 'configStore', 'secrets']
  ]
  return places.flatMap((keys): [string, string][] => {
    const value = asString(at(object, ...keys))
    return value === undefined ? [] : [[keys.join('.'), value]]
  })
}

/** Without steps back up: kops may resolve them. */
function isBelow(place: string, base: string): boolean {
  if (!place.startsWith(`${base}/`)) return false
  return place
    .slice(base.length + 1)
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..')
}

function normal(place: string): string {
  return place.replace(/\/+$/, '')
}
