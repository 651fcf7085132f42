import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { asObject, type JsonObject, parseJson } from '../../json.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { workspacePath } from '../../workspace.ts'
import { commitTime, gitIn } from '../content/git.ts'
import type { Content } from '../key.ts'
import { type BuildOptions, DEFAULT_PROVENANCE } from '../options.ts'
import { redactor, type Secrets } from '../secrets.ts'
import { type BuildxArguments, buildxArguments } from './args.ts'
import { type Builder, type Buildx, findBuildx, openBuilder, temporaryFolder } from './builder.ts'
import { explainFailure } from './failure.ts'

/** One build, with all that was found out before it. */
export interface Build {
  readonly options: BuildOptions
  readonly content: Content
  readonly image: string
  readonly env: NodeJS.ProcessEnv
  readonly exec: Exec
  readonly secrets: Secrets
  readonly push: boolean
}

/**
 * Runs `buildx build`, its output in the log as it comes.
 * @returns what buildx wrote into its metadata file
 * @throws GitOpsError with the failing line of the Dockerfile and the last output of its command
 */
export async function runBuild(build: Build): Promise<JsonObject> {
  const { options, env, exec } = build
  if (options.signal?.aborted) throw cancelled()
  const temporary = temporaryFolder(env)
  const buildx = await findBuildx(exec, env)
  await using builder = await openBuilder(buildx, { ...options, temporary })
  const folder = await mkdtemp(path.join(temporary, 'image-build-'))
  try {
    const metadataFile = path.join(folder, 'metadata.json')
    const args = buildxArguments(argumentsFor(build, builder, metadataFile))
    await options.log.group(`Building ${build.image}`, () => stream(build, buildx, builder, args))
    return await readMetadata(metadataFile)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function argumentsFor(build: Build, builder: Builder, metadataFile: string): BuildxArguments {
  const { options, content, image, env, secrets } = build
  // The engine's own builder makes attestations only with its containerd image store; asked for by default, they would fail the build.
  const canAttest = builder.driver !== 'docker'
  const provenance = options.provenance ?? (canAttest ? DEFAULT_PROVENANCE : undefined)
  return {
    context: workspacePath(options.workspace, options.context),
    file: workspacePath(options.workspace, content.content.dockerfile.path),
    tags: [image],
    platforms: options.platforms ?? [],
    buildArgs: options.buildArgs ?? {},
    labels: { ...standardLabels(content, env), ...options.labels },
    secretEnvs: options.secretEnvs ?? [],
    secretFiles: secrets.files,
    target: options.target,
    cacheFrom: options.cacheFrom ?? [],
    cacheTo: options.cacheTo ?? [],
    push: build.push,
    provenance,
    sbom: options.sbom ?? false,
    metadataFile,
    builder: builder.name
  }
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md; GHCR links a package to its repository by the source. */
function standardLabels({ content }: Content, env: NodeJS.ProcessEnv): Record<string, string> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env
  return {
    ...(server && repository ? { 'org.opencontainers.image.source': `${server}/${repository}` } : {}),
    ...(content.commit === undefined ? {} : { 'org.opencontainers.image.revision': content.commit })
  }
}

async function stream(build: Build, buildx: Buildx, builder: Builder, args: readonly string[]): Promise<void> {
  const { options, content } = build
  const redact = redactor(build.secrets.values)
  const lines: string[] = []
  const running = buildx.run(args, {
    cwd: options.workspace,
    env: { ...builder.env, ...(await buildEnvironment(build)) },
    signal: options.signal,
    allowFailure: true,
    onLine: (line) => {
      const clean = redact(line)
      lines.push(clean)
      options.log.info(clean)
    }
  })
  const result = await running.catch((error: unknown) => {
    throw options.signal?.aborted ? cancelled() : error
  })
  if (result.code !== 0) throw explainFailure(lines, content.content.dockerfile.path)
}

function cancelled(): GitOpsError {
  return new GitOpsError('The build was cancelled.')
}

async function buildEnvironment({ options, content, env, exec }: Build): Promise<Record<string, string | undefined>> {
  const { commit } = content.content
  const epoch =
    commit === undefined
      ? undefined
      : await commitTime(gitIn(exec, workspacePath(options.workspace, options.context)), commit)
  return {
    // The image's dates are the commit's: the same build gives the same image another day.
    SOURCE_DATE_EPOCH: env['SOURCE_DATE_EPOCH'] ?? epoch?.toString(),
    BUILDX_METADATA_PROVENANCE: 'disabled',
    'INPUT_REGISTRY-PASSWORD': undefined
  }
}

async function readMetadata(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  return asObject(parseJson(text)) ?? {}
}
