import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { tofuTools } from '../../platform/tofu.ts'
import { Checkout, temporaryFolder } from './support.ts'

const tools = await tofuTools(temporaryFolder())

const DATA = 'variable "size" { default = "small" }\nresource "terraform_data" "a" { input = var.size }\n'

describe.each([...tools.engines.keys()])('bad input of %s', (engine) => {
  const checkout = () => new Checkout(tools, engine)

  const cases: [name: string, files: Record<string, string>, message: RegExp, hint?: RegExp][] = [
    [
      'a syntax error',
      { 'main/main.tf': 'resource "terraform_data" "a" {\n  input =\n}\n' },
      /init in main failed: main\/main\.tf:2: Invalid expression\. Expected the start of an expression/
    ],
    [
      'an unknown variable',
      { 'main/main.tf': 'output "a" {\n  value = var.nope\n}\n' },
      /plan in main failed: main\/main\.tf:2:11: Reference to undeclared input variable/
    ],
    [
      'a variable without a value',
      { 'main/main.tf': 'variable "size" {}\n' },
      /No value for required variable\. The root module input variable "size" is not set/,
      /variables \(name=value\)/
    ],
    [
      'a provider that nobody has',
      { 'main/main.tf': 'resource "nope_thing" "a" {}\n' },
      /init in main failed: .*hashicorp\/nope/s,
      /mirror/
    ],
    [
      'a backend without its settings',
      { 'main/main.tf': 'terraform {\n  backend "s3" {\n    key = "a"\n  }\n}\n' },
      /init in main failed: main\/main\.tf:2: .*bucket/s,
      /backend-config/
    ],
    [
      'a version that is not wanted',
      { 'main/main.tf': '', 'main/.terraform-version': '~> 0.1', 'main/.opentofu-version': '~> 0.1' },
      /~> 0\.1 is wanted \(main\/\.(terraform|opentofu)-version\), but .* is 1\./,
      /setup-/
    ],
    [
      'a required_version that it is not',
      // OpenTofu heeds it in files of its own only (since 1.12).
      {
        'main/main.tf': 'terraform {\n  required_version = "< 1.2.0"\n}\n',
        'main/main.tofu': 'terraform {\n  required_version = "< 1.2.0"\n}\n'
      },
      /main\/main\.(tf:2: Unsupported Terraform Core version|tofu:2: Incompatible module)/,
      /required_version/
    ]
  ]
  test.each(cases)('%s gets the reason first, then what to do', async (_name, files, message, hint) => {
    const place = checkout()
    for (const [file, content] of Object.entries(files)) place.write(file, content)
    const error: unknown = await place
      .target()
      .plan('deploy')
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'GitOpsError', message: expect.stringMatching(message) })
    if (hint) expect(error).toMatchObject({ hint: expect.stringMatching(hint) })
  })

  test('a workspace that does not exist is named and not made', async () => {
    const place = checkout()
    place.main(DATA)
    await place.workspaces('main', ['production'])
    const error: unknown = await place
      .target({ workspace: 'prodution' })
      .plan('deploy')
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      message: 'The workspace "prodution" does not exist. There are: default, production.',
      hint: expect.stringContaining('-chdir=main workspace new prodution')
    })
    expect(readdirSync(path.join(place.folder, 'state/main'))).toEqual(['production'])
  })

  test('so is one that only TF_WORKSPACE names', async () => {
    const place = checkout()
    place.main(DATA)
    const plan = place.target({ env: { ...tools.env, TF_WORKSPACE: 'staging' } }).plan('deploy')
    await expect(plan).rejects.toThrow('The workspace "staging" does not exist. There are: default.')
    expect(existsSync(path.join(place.folder, 'state'))).toBe(false)
  })

  test('a directory that is not there is named', () => {
    const place = checkout()
    expect(() => place.target({ directory: 'nowhere' })).toThrow('nowhere does not exist')
    expect(() => place.target({ directory: '../..' })).toThrow('leaves the workspace')
  })
})
