import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { asObject, type JsonObject, parseJson, stringifyJson } from '../../json.ts'
import { dockerConfigFolder, serverAddress } from './credentials.ts'

/** A Docker client configuration of our own that adds one login; disposing of it removes it. */
export interface Login extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>
}

/**
 * Makes a copy of Docker's client configuration that holds the credentials for one registry, for buildx and for
 * ourselves. The user's own is not touched; everything beside it (builders, contexts, plugins) is linked.
 */
export async function loginTo(
  registry: string,
  login: { readonly username: string; readonly password: string },
  env: NodeJS.ProcessEnv,
  temporary: string
): Promise<Login> {
  const original = path.resolve(dockerConfigFolder(env))
  const folder = await mkdtemp(path.join(temporary, 'docker-config-'))
  for (const name of await readdir(original).catch(() => []))
    if (name !== 'config.json') await symlink(path.join(original, name), path.join(folder, name))
  const config = withLogin(await readConfig(path.join(original, 'config.json')), registry, login)
  await writeFile(path.join(folder, 'config.json'), stringifyJson(config), { mode: 0o600 })
  return {
    env: { DOCKER_CONFIG: folder },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true })
  }
}

function withLogin(
  config: JsonObject,
  registry: string,
  { username, password }: { readonly username: string; readonly password: string }
): JsonObject {
  const server = serverAddress(registry)
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  return {
    ...config,
    auths: { ...asObject(config['auths']), [server]: { auth } },
    // An empty helper is Docker's way to say: for this registry, read `auths`.
    credHelpers: { ...asObject(config['credHelpers']), [server]: '' }
  }
}

async function readConfig(file: string): Promise<JsonObject> {
  try {
    return asObject(parseJson(await readFile(file, 'utf8'))) ?? {}
  } catch {
    return {} // what is wrong with it is said where it is needed: by whoever reads other credentials from it
  }
}
