import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ensure, programOnPath } from './binaries.ts'

/** What tests of Terraform run on: a folder of their own, the programs, and a provider whose objects can drift. */
export interface TofuTools {
  /** The program, by the word of the input `engine`. Terraform is there only where the machine happens to have it. */
  readonly engines: ReadonlyMap<'opentofu' | 'terraform', string>
  /** PATH with the programs, and a CLI configuration that takes providers from a folder; no internet is needed. */
  readonly env: Readonly<Record<string, string>>
}

/** hashicorp/local 1.4.0: `local_file`, which drifts when somebody edits or deletes the file. */
const PROVIDER = 'hashicorp/local/1.4.0/linux_amd64'

/**
 * Provides OpenTofu and the local provider, built now if no earlier run has.
 * @param directory an empty folder of the test, in which everything is put
 */
export async function tofuTools(directory: string): Promise<TofuTools> {
  const built = await ensure(['tofu', 'terraform-provider-local'])
  for (const registry of ['registry.opentofu.org', 'registry.terraform.io']) {
    const place = path.join(directory, 'mirror', registry, PROVIDER)
    await mkdir(place, { recursive: true })
    const program = path.join(place, 'terraform-provider-local_v1.4.0_x4')
    await copyFile(built['terraform-provider-local'], program)
    await chmod(program, 0o755)
  }
  const config = path.join(directory, 'cli.tfrc')
  await writeFile(config, `provider_installation {\n  filesystem_mirror {\n    path = "${directory}/mirror"\n  }\n}\n`)
  const terraform = programOnPath('terraform')
  return {
    engines: new Map([
      ['opentofu', built.tofu] as const,
      ...(terraform === undefined ? [] : [['terraform', terraform] as const])
    ]),
    env: {
      PATH: [path.dirname(built.tofu), ...(terraform === undefined ? [] : [path.dirname(terraform)])]
        .join(':')
        .concat(':/usr/bin:/bin'),
      HOME: directory,
      TF_CLI_CONFIG_FILE: config
    }
  }
}
