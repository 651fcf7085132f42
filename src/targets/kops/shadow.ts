import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { asObject, type JsonObject, stringifyJson } from '../../json.ts'
import { readYaml } from '../../render/yaml/index.ts'
import type { KopsKind, KopsObject } from './manifests.ts'
import { objectOf, type Stored, withConfigBase } from './stored.ts'

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
  /** What kops made of it, in the form in which kops keeps objects: what `kops get` prints, without starting kops. */
  read(): Promise<Pick<Stored, 'cluster' | 'instanceGroups'>>
}

/** Runs `work` with an empty shadow, which is gone afterwards. */
export async function withShadow<T>(
  options: { temporary: string; cluster: string; configBase: string },
  work: (shadow: Shadow) => Promise<T>
): Promise<T> {
  await mkdir(options.temporary, { recursive: true })
  const directory = await mkdtemp(path.join(options.temporary, 'kops-shadow-'))
  removeAtExit(directory)
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
      },
      async read() {
        const home = path.join(store, options.cluster)
        const cluster = await readObject('Cluster', path.join(home, 'config'))
        // A cluster may have no groups yet.
        const names = await readdir(path.join(home, 'instancegroup')).catch(() => [])
        const groups = names.sort().map((name) => readObject('InstanceGroup', path.join(home, 'instancegroup', name)))
        return { cluster, instanceGroups: await Promise.all(groups) }
      }
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
    directories.delete(directory)
  }
}

const directories = new Set<string>()
let isListening = false

/** A process that ends while kops still works would leave its shadow behind. */
function removeAtExit(directory: string): void {
  directories.add(directory)
  if (isListening) return
  isListening = true
  process.once('exit', () => {
    for (const one of directories) rmSync(one, { recursive: true, force: true })
  })
}

/** Waits for both, also when one fails: what works on a shadow ends before anybody goes on without it. */
export async function together<A, B>(one: Promise<A>, other: Promise<B> | B): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

async function readObject(kind: KopsKind, file: string): Promise<KopsObject> {
  const object = asObject(readYaml(await readFile(file, 'utf8'), file)[0]?.value)
  if (!object) throw new Error(`kops keeps no ${kind} in ${file}`)
  return objectOf(kind, object)
}

function based(one: KopsObject, configBase: string): JsonObject {
  return one.kind === 'Cluster' ? withConfigBase(one.object, configBase) : one.object
}

/** JSON is YAML; between two documents kops wants the separator on a line of its own. */
export function documents(objects: readonly JsonObject[]): string {
  return objects.map((object) => `${stringifyJson(object, 2)}\n`).join('\n---\n\n')
}
