import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Engine, findEngine } from '../../../src/targets/terraform/engine.ts'
import type { EngineChoice } from '../../../src/targets/terraform/options.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import { zip } from '../../toolchain/zip.ts'
import { silent } from './support.ts'

let checkout: string
beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'engine-test-'))
  mkdirSync(path.join(checkout, 'infra/network'), { recursive: true })
  mkdirSync(path.join(checkout, 'bin'))
  vi.stubEnv('RUNNER_TOOL_CACHE', path.join(checkout, 'tools'))
  vi.stubEnv('RUNNER_TEMP', path.join(checkout, 'temp'))
  // The tool cache tries a failed download again, after 10 to 20 s.
  vi.stubGlobal('TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS', 0)
  vi.stubGlobal('TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS', 0)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  rmSync(checkout, { recursive: true })
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(checkout, file), content)
}

/** Programs that only say their version. */
function install(versions: Readonly<Record<string, string>>): void {
  for (const [name, version] of Object.entries(versions)) {
    const file = path.join(checkout, 'bin', name)
    writeFileSync(file, `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`)
    chmodSync(file, 0o755)
  }
}

function find(
  engine: EngineChoice = 'auto',
  more: { version?: string; env?: NodeJS.ProcessEnv } = {}
): Promise<Engine> {
  const { version, env } = more
  return findEngine({
    engine,
    ...(version === undefined ? {} : { version }),
    exec,
    log: silent,
    checkout,
    directory: path.join(checkout, 'infra/network'),
    env: { PATH: path.join(checkout, 'bin'), GITOPS_ACTIONS_DOWNLOAD_BASE: 'http://127.0.0.1:9', ...env }
  })
}

describe('which one', () => {
  const both = { terraform: '1.9.8', tofu: '1.12.6' }
  test.each<[string, Record<string, string>, Record<string, string>, Engine['name']]>([
    ['the only one that is there', { tofu: '1.12.6' }, {}, 'opentofu'],
    ['Terraform where both are', both, {}, 'terraform'],
    ['that of the version file beside it', both, { 'infra/network/.opentofu-version': '1.12.6' }, 'opentofu'],
    ['that of a version file above it', both, { '.opentofu-version': '1.12.6' }, 'opentofu'],
    ['that of .tool-versions', both, { '.tool-versions': 'nodejs 24.1.0\nopentofu 1.12.6\n' }, 'opentofu'],
    ['that of files that only one of them reads', both, { 'infra/network/main.tofu': '' }, 'opentofu'],
    [
      'that which wrote the lock file',
      both,
      { 'infra/network/.terraform.lock.hcl': 'provider "registry.opentofu.org/a/b" {}' },
      'opentofu'
    ]
  ])('%s', async (_name, programs, files, name) => {
    install(programs)
    write(files)
    expect(await find()).toMatchObject({ name })
  })

  test('the one that is asked for, whatever else is there', async () => {
    install(both)
    write({ '.opentofu-version': '1.12.6' })
    expect(await find('terraform')).toMatchObject({ title: 'Terraform', version: '1.9.8' })
  })

  test('the program itself, not the wrapper of hashicorp/setup-terraform', async () => {
    install({ terraform: '1.0.0', 'terraform-bin': '1.9.8' })
    expect(await find('auto', { env: { TERRAFORM_CLI_PATH: path.join(checkout, 'bin') } })).toMatchObject({
      version: '1.9.8'
    })
  })
})

describe('which version', () => {
  test.each<[string, Record<string, string>, RegExp | undefined]>([
    ['an exact one that is there', { '.terraform-version': '1.9.8\n' }, undefined],
    ['a comment before it', { '.terraform-version': '# pinned\n\n1.9.8 # for now\n' }, undefined],
    ['the newest', { '.terraform-version': 'latest:^1.9' }, undefined],
    ['a line of .tool-versions', { '.tool-versions': 'terraform 1.9.8 1.8.0 # both\n' }, undefined],
    ['what the machine has', { '.tool-versions': 'terraform system\n' }, undefined],
    [
      'another one',
      { '.terraform-version': '1.5.7' },
      /Terraform 1\.5\.7 is wanted \(\.terraform-version\), but .* is 1\.9\.8/
    ],
    ['another one in .tool-versions', { '.tool-versions': 'terraform 1.5.7' }, /1\.5\.7 is wanted \(\.tool-versions\)/],
    [
      'the nearest file',
      { '.terraform-version': '1.9.8', 'infra/.terraform-version': '1.8.0' },
      /1\.8\.0 is wanted \(infra\/\.terraform-version\)/
    ],
    [
      'its own file before the shared one',
      { 'infra/.tool-versions': 'terraform 1.5.7', 'infra/.terraform-version': '1.9.8' },
      undefined
    ],
    ['nonsense', { '.terraform-version': 'newest' }, /"newest" is no version/],
    ['a broken expression', { '.terraform-version': 'latest:^1.(' }, /"latest:\^1\.\(" is no version/]
  ])('%s', async (_name, files, refused) => {
    install({ terraform: '1.9.8' })
    write(files)
    if (refused) await expect(find()).rejects.toThrow(refused)
    else expect(await find()).toMatchObject({ version: '1.9.8' })
  })

  test('the input wins over the files', async () => {
    install({ terraform: '1.9.8' })
    write({ '.terraform-version': '1.5.7' })
    expect(await find('auto', { version: '~> 1.9' })).toMatchObject({ version: '1.9.8' })
  })
})

/** A mirror of the vendors' hosts with a program in a ZIP archive, and the checksums of its release. */
async function mirror(name: 'terraform' | 'tofu', version: string, broken = false): Promise<NodeJS.ProcessEnv> {
  const program = `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`
  const archive = zip({ 'LICENSE.txt': 'free', [name]: program })
  const sum = createHash('sha256')
    .update(broken ? 'something else' : archive)
    .digest('hex')
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    if (url.endsWith('_SHA256SUMS'))
      for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'])
        response.write(`${sum}  ${name}_${version}_${platform}.zip\n`)
    else if (url.endsWith('.zip') && url.includes(version)) response.write(archive)
    else response.statusCode = 404
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { GITOPS_ACTIONS_DOWNLOAD_BASE: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

describe('what the PATH does not have is downloaded', () => {
  test.each([
    ['terraform', 'terraform', '.terraform-version'],
    ['opentofu', 'tofu', '.opentofu-version']
  ] as const)('%s, in the version of its file', async (engine, program, file) => {
    write({ [file]: '1.9.9\n' })
    const found = await find(engine, { env: await mirror(program, '1.9.9') })
    expect(found).toMatchObject({ name: engine, version: '1.9.9' })
    expect(found.file.startsWith(path.join(checkout, 'tools'))).toBe(true)
    // From the cache, with nothing to download from.
    expect(await find(engine)).toMatchObject({ version: '1.9.9' })
  })

  test('though another version is there', async () => {
    install({ terraform: '1.5.7' })
    expect(await find('terraform', { version: '1.9.9', env: await mirror('terraform', '1.9.9') })).toMatchObject({
      version: '1.9.9'
    })
  })

  test('but not what its checksum does not fit', async () => {
    const env = await mirror('terraform', '1.9.9', true)
    await expect(find('terraform', { version: '1.9.9', env })).rejects.toMatchObject({
      message: expect.stringMatching(/^Terraform 1\.9\.9 is not on the PATH, and What .* is not terraform 1\.9\.9/),
      hint: expect.stringContaining('Nothing of it was run')
    })
  })

  test('nor the pinned version with other checksums than the pinned ones', async () => {
    const env = await mirror('tofu', '1.12.6')
    await expect(find('opentofu', { env })).rejects.toThrow(/its SHA-256 is [0-9a-f]{64}, and should be/)
  })
})

describe('what is missing is named, with how to get it', () => {
  test('none of them', async () => {
    await expect(find()).rejects.toMatchObject({
      message: 'Neither terraform nor tofu is on the PATH.',
      hint: expect.stringContaining('setup-opentofu')
    })
  })

  test('the one that is wanted', async () => {
    install({ terraform: '1.9.8' })
    write({ '.opentofu-version': '~> 1.7.0' })
    await expect(find()).rejects.toThrow(
      'OpenTofu ~> 1.7.0 (.opentofu-version) is not on the PATH, and no release of OpenTofu is known that meets it.'
    )
  })

  test('a version that is too old', async () => {
    install({ terraform: '1.4.7' })
    await expect(find()).rejects.toThrow('is Terraform 1.4.7, and 1.5 or newer is needed.')
  })

  test('a program that is something else', async () => {
    writeFileSync(path.join(checkout, 'bin/terraform'), '#!/bin/sh\necho hello\n')
    chmodSync(path.join(checkout, 'bin/terraform'), 0o755)
    await expect(find()).rejects.toMatchObject({
      message: expect.stringContaining('does not say its version'),
      hint: expect.stringContaining('terraform_wrapper: false')
    })
  })
})
