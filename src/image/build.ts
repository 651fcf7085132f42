import path from 'node:path'
import { GitOpsError, messageOf } from '../errors.ts'
import { asString, type JsonObject } from '../json.ts'
import type { Logger } from '../log.ts'
import { exec as realExec } from '../toolchain/exec.ts'
import { workspacePath } from '../workspace.ts'
import { runBuild } from './buildx/build.ts'
import { temporaryFolder } from './buildx/builder.ts'
import { floatingSources } from './content/dockerfile.ts'
import { some } from './content/worktree.ts'
import { type Content, readContent, tagOf } from './key.ts'
import { type BuildOptions, type ImageNames, locationOf, recipeOf } from './options.ts'
import { checkTag, isDigest, parseRepository, type Repository } from './reference.ts'
import { Registry } from './registry/client.ts'
import { loginTo } from './registry/login.ts'
import { readSecrets, type Secrets } from './secrets.ts'

export interface BuiltImage extends ImageNames {
  /** 40 hexadecimal digits: what the tag is made of. */
  readonly key: string
  /** `sha256:…` as the registry serves it, of the index where there is one; undefined when nothing was pushed. */
  readonly digest?: string
  /** `repository@sha256:…`, to deploy. */
  readonly imageRef?: string
  /** False when the registry held the same content already. */
  readonly built: boolean
  /** What buildx says about the build; empty when nothing was built. */
  readonly metadata: JsonObject
  /** Images and downloads that the Dockerfile names without a digest: a change of theirs is not noticed. */
  readonly floating: readonly string[]
  /** What a reader should know: content that no commit holds, a checkout that lacks something. */
  readonly remarks: readonly string[]
  readonly seconds: number
}

/**
 * Builds an image and pushes it under the tag of its content key, or takes what the registry holds under that tag:
 * the same content is built once. Two runs at once may build it twice, which does no harm.
 * @throws GitOpsError for bad input, a registry that denies access, a build that fails; nothing is tagged then
 */
export async function buildImage(options: BuildOptions): Promise<BuiltImage> {
  const started = performance.now()
  const { log, push = true, reuse = true } = options
  const exec = options.exec ?? realExec
  const repository = parseRepository(options.repository)
  const extraTags = [...new Set(options.tags ?? [])].map(checkTag)
  const secrets = await readSecrets(options)
  for (const secret of secrets.values) options.mask?.(secret)

  const content = await readContent({ location: locationOf(options), recipe: recipeOf(options), exec })
  const tag = tagOf(content.key)
  const image = `${repository.name}:${tag}`
  const names: ImageNames = { image, tags: [image, ...extraTags.map((extra) => `${repository.name}:${extra}`)] }
  options.announce?.(names)
  const remarks = [...remarksOn(content), ...secretsInContext(secrets, content, options)]
  const floating = floatingSources(content.content.dockerfile.text, options.buildArgs ?? {})
  log.info(`${image} (content key of ${content.content.entries.length} files and directories in "${options.context}")`)
  for (const remark of remarks) log.warning(remark)

  await using login =
    options.login &&
    (await loginTo(repository.registry, options.login, environment(options), temporaryFolder(environment(options))))
  const env = { ...environment(options), ...login?.env }
  const registry = new Registry({ exec, log, env })
  const result = { ...names, key: content.key, floating, remarks, metadata: {}, built: false }
  const finish = (digest: string | undefined, rest: Partial<BuiltImage> = {}): BuiltImage => ({
    ...result,
    ...rest,
    ...(digest === undefined ? {} : { digest, imageRef: `${repository.name}@${digest}` }),
    seconds: (performance.now() - started) / 1000
  })

  const existing = reuse ? await lookUp(registry, repository, tag, push, log) : undefined
  if (existing !== undefined) {
    log.info(`The registry holds this content already: ${existing}. Nothing is built.`)
    if (push) await addTags(registry, repository, existing, extraTags, log)
    return finish(existing)
  }
  if (push) await registry.checkPush(repository)

  let metadata: JsonObject
  try {
    metadata = await runBuild({ options, content, image, env, exec, secrets, push })
  } catch (error) {
    // Where tags cannot be overwritten, the second of two runs with the same content cannot push.
    const other = push && reuse ? await registry.digestOf(repository, tag).catch(() => undefined) : undefined
    if (other === undefined) throw error
    log.warning(`The build failed here, but another run has pushed the same content meanwhile: ${messageOf(error)}`)
    await addTags(registry, repository, other, extraTags, log)
    return finish(other)
  }
  if (!push) {
    log.info('Built, and not pushed: no digest can be deployed.')
    return finish(undefined, { built: true, metadata })
  }
  const digest = await verifyPushed(registry, repository, tag, asString(metadata['containerimage.digest']), log)
  await addTags(registry, repository, digest, extraTags, log)
  log.info(`Pushed ${repository.name}@${digest}`)
  return finish(digest, { built: true, metadata })
}

function environment(options: BuildOptions): NodeJS.ProcessEnv {
  return options.env ?? process.env
}

function remarksOn({ content, uncommitted }: Content): string[] {
  if (uncommitted.length === 0) return [...content.remarks]
  const where = content.commit === undefined ? 'no commit' : `commit ${content.commit.slice(0, 12)}`
  return [
    ...content.remarks,
    `The content key covers ${some(uncommitted)} as it is here and not as in ${where}, so Git alone does not give this tag. Commit it, or add what the image does not need to ${content.ignoreFile ?? '.dockerignore'}.`
  ]
}

/** A secret file that a COPY could put into the image. */
function secretsInContext(secrets: Secrets, { content }: Content, options: BuildOptions): string[] {
  const context = workspacePath(options.workspace, options.context)
  return secrets.files
    .filter((file) => content.entries.some((entry) => path.join(context, entry.path) === file.path))
    .map(
      ({ id }) =>
        `The file of build secret "${id}" lies in the build context, so a COPY may put it into the image: write it below the runner's temporary folder, or add it to .dockerignore.`
    )
}

async function lookUp(
  registry: Registry,
  repository: Repository,
  tag: string,
  push: boolean,
  log: Logger
): Promise<string | undefined> {
  try {
    return await registry.digestOf(repository, tag)
  } catch (error) {
    // A build that is only tried needs no registry: pull requests from forks have no credentials.
    if (push || !(error instanceof GitOpsError)) throw error
    log.info(`Whether this content was built before cannot be seen: ${error.message}`)
    return undefined
  }
}

async function addTags(
  registry: Registry,
  repository: Repository,
  digest: string,
  tags: readonly string[],
  log: Logger
): Promise<void> {
  if (tags.length === 0) return
  const manifest = await registry.manifest(repository, digest)
  if (!manifest) throw new GitOpsError(`${repository.name}@${digest} is gone from the registry.`)
  for (const tag of tags) {
    if ((await registry.digestOf(repository, tag)) === digest) continue
    await registry.tag(repository, tag, manifest)
    log.info(`Tagged ${repository.name}:${tag}`)
  }
}

/**
 * The digest that buildx reported, once the registry serves it. Where another run has pushed the same content
 * meanwhile, the tag shows that one's digest; ours is there all the same.
 */
async function verifyPushed(
  registry: Registry,
  repository: Repository,
  tag: string,
  reported: string | undefined,
  log: Logger
): Promise<string> {
  const served = await registry.digestOf(repository, tag)
  if (reported === undefined || !isDigest(reported)) {
    if (served !== undefined) return served
    throw new GitOpsError(`buildx reported no digest for ${repository.name}:${tag}, and the registry has no such tag.`)
  }
  if (served === reported) return reported
  if ((await registry.digestOf(repository, reported)) === undefined)
    throw new GitOpsError(`${repository.name}@${reported} was pushed, but the registry does not serve it.`, {
      hint: 'Run the step again; if it stays so, the registry loses what it accepts.'
    })
  log.info(`${repository.name}:${tag} now shows ${served ?? 'nothing'}: another run pushed the same content.`)
  return reported
}
