import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ensure, programOnPath } from './binaries.ts'

/** What tests of Terraform run on: a folder of their own, the programs, and providers whose objects can drift. */
export interface TofuTools {
  /** The program, by the word of the input `engine`. Terraform is there only where the machine happens to have it. */
  readonly engines: ReadonlyMap<'opentofu' | 'terraform', string>
  /** PATH with the programs, and a CLI configuration that takes providers from a folder; no internet is needed. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * hashicorp/local: `local_file`, which is gone when somebody edits or deletes the file. gitops-actions/object (ours, for
 * tests): `object_file`, a JSON file each of whose attributes drifts by itself.
 */
const PROVIDERS = {
  'terraform-provider-local': {
    place: 'hashicorp/local/1.4.0/linux_amd64',
    program: 'terraform-provider-local_v1.4.0_x4'
  },
  'terraform-provider-object': {
    place: 'gitops-actions/object/1.0.0/linux_amd64',
    program: 'terraform-provider-object_v1.0.0'
  }
} as const

/**
 * Provides OpenTofu and the providers, built now if no earlier run has.
 * @param directory an empty folder of the test, in which everything is put
 */
export async function tofuTools(directory: string): Promise<TofuTools> {
  const names = ['terraform-provider-local', 'terraform-provider-object'] as const
  const built = await ensure(['tofu', ...names])
  for (const registry of ['registry.opentofu.org', 'registry.terraform.io'])
    for (const name of names) {
      const place = path.join(directory, 'mirror', registry, PROVIDERS[name].place)
      await mkdir(place, { recursive: true })
      const program = path.join(place, PROVIDERS[name].program)
      await copyFile(built[name], program)
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
