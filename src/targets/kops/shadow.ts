import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type JsonObject, stringifyJson } from '../../json.ts'
import type { KopsObject } from './manifests.ts'
import { type Stored, withConfigBase } from './stored.ts'

/**
 * A state store in a folder of the runner that holds one cluster as it would be, and nothing else: no keys, no secrets.
 * Those kops reads from the real config base, which stands in the Cluster itself. That makes a dry run of what is not in
 * the state store possible; kops' own documentation has none that writes nothing.
 */
export interface Shadow {
  /** `file:///…` */
  readonly state: string
  /** A file for kops to read, beside the store. */
  write(name: string, objects: readonly KopsObject[]): Promise<string>
  /** Puts a whole cluster into it, as it is. */
  fill(stored: Stored): Promise<void>
}

/** Runs `work` with an empty shadow, which is gone afterwards. */
export async function withShadow<T>(
  options: { temporary: string; cluster: string; configBase: string },
  work: (shadow: Shadow) => Promise<T>
): Promise<T> {
  await mkdir(options.temporary, { recursive: true })
  const directory = await mkdtemp(path.join(options.temporary, 'kops-shadow-'))
  const store = path.join(directory, 'store')
  await mkdir(store)
  try {
    return await work({
      state: `file://${store}`,
      async write(name, objects) {
        const file = path.join(directory, name)
        await writeFile(file, documents(objects.map((one) => based(one, options.configBase))))
        return file
      },
      async fill(stored) {
        const home = path.join(store, options.cluster)
        await mkdir(path.join(home, 'instancegroup'), { recursive: true })
        await writeFile(path.join(home, 'config'), documents([based(stored.cluster, options.configBase)]))
        for (const group of stored.instanceGroups)
          await writeFile(path.join(home, 'instancegroup', group.name), documents([group.object]))
        if (stored.addons.length === 0) return
        await mkdir(path.join(home, 'clusteraddons'))
        await writeFile(path.join(home, 'clusteraddons', 'default'), documents(stored.addons))
      }
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function based(one: KopsObject, configBase: string): JsonObject {
  return one.kind === 'Cluster' ? withConfigBase(one.object, configBase) : one.object
}

/** JSON is YAML; between two documents kops wants the separator on a line of its own. */
export function documents(objects: readonly JsonObject[]): string {
  return objects.map((object) => `${stringifyJson(object, 2)}\n`).join('\n---\n\n')
}
