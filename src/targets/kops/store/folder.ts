import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { StateStore } from './state-store.ts'

/** A folder as a store: kops takes one for trials only, since no node could read it. */
export function openFolderStore(root: string): StateStore {
  const fileOf = (key: string) => path.join(root, key)
  const read = async (key: string) => {
    try {
      const text = await readFile(fileOf(key), 'utf8')
      return { text, version: versionOf(text) }
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }
  return {
    read,
    async create(key, text) {
      await mkdir(path.dirname(fileOf(key)), { recursive: true })
      try {
        await writeFile(fileOf(key), text, { flag: 'wx' })
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
        throw error
      }
      return versionOf(text)
    },
    async replace(key, text, version) {
      if ((await read(key))?.version !== version) return undefined
      await writeFile(`${fileOf(key)}.new`, text)
      await rename(`${fileOf(key)}.new`, fileOf(key))
      return versionOf(text)
    },
    async remove(key, version) {
      if ((await read(key))?.version === version) await rm(fileOf(key), { force: true })
    },
    async folders(prefix) {
      return (await entriesOf(fileOf(prefix))).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    },
    async written(key) {
      try {
        return { time: (await stat(fileOf(key))).mtime.toISOString() }
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async texts(prefix) {
      const files = (await entriesOf(fileOf(prefix))).filter((entry) => entry.isFile())
      return Promise.all(files.map((file) => readFile(path.join(fileOf(prefix), file.name), 'utf8')))
    }
  }
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
