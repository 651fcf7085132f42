import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/targets/plan.ts'
import { type Exec, exec } from '../../../src/toolchain/exec.ts'
import { tofuTools } from '../../platform/tofu.ts'
import { Checkout, temporaryFolder } from './support.ts'

const tools = await tofuTools(temporaryFolder())

const DATA = 'variable "size" { default = "small" }\nresource "terraform_data" "a" { input = var.size }\n'

function words(plan: Plan): string[] {
  return plan.changes.map((change) => `${change.action} ${change.resource.id}`)
}

describe.each([...tools.engines.keys()])('%s', (engine) => {
  const checkout = () => new Checkout(tools, engine)

  test('applies what it planned, after which there is nothing to do', async () => {
    const place = checkout()
    place.main(`${DATA}output "id" { value = terraform_data.a.id }\n`)
    const target = place.target({ source: { revision: 'abc', repository: 'acme/shop' } })
    const plan = await target.plan('deploy')
    expect(words(plan)).toEqual(['create terraform_data.a', 'create output.id'])
    const outcome = await target.apply(plan)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(outcome.results.map((result) => result.action)).toEqual(['created', 'created'])
    expect((await target.outputs?.())?.['id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(await target.deployed()).toMatchObject({ revision: 'abc', digest: plan.declaredDigest, status: 'succeeded' })
    const again = await place.target().plan('deploy')
    expect(again).toMatchObject({ changes: [], unchanged: 1 })
  })

  test('a preview leaves the state byte for byte as it is, and the same plan has the same digest', async () => {
    const place = checkout()
    place.main(DATA)
    const first = place.target()
    await first.apply(await first.plan('deploy'))
    const before = place.state()
    const variables = new Map([['size', 'large']])
    const one = await place.target({ variables }).plan('deploy')
    const other = await place.target({ variables }).plan('deploy')
    expect(one.changes[0]?.fields.find((field) => field.path === 'input')).toEqual({
      path: 'input',
      before: { type: 'value', value: 'small' },
      after: { type: 'value', value: 'large' }
    })
    expect(other.digest).toBe(one.digest)
    expect((await place.target({ variables: new Map([['size', 'huge']]) }).plan('deploy')).digest).not.toBe(one.digest)
    expect(place.state()).toBe(before)
    expect(readdirSync(path.join(place.folder, 'state'))).toEqual(['main.tfstate'])
  })

  test('the plan file is for its owner alone', async () => {
    const place = checkout()
    place.main(DATA)
    await place.target().plan('deploy')
    const base = path.join(place.folder, 'temporary/gitops-actions')
    const [folder = ''] = readdirSync(base).filter((name) => name.startsWith('terraform-'))
    expect(statSync(path.join(base, folder)).mode & 0o777).toBe(0o700)
    expect(statSync(path.join(base, folder, 'plan')).mode & 0o777).toBe(0o600)
  })

  test('sensitive values stand in no plan, no argument list and no log, but count for the digest', async () => {
    const place = checkout()
    place.main(`
      variable "password" {
        type      = string
        sensitive = true
      }
      resource "terraform_data" "a" {
        input = { user = "web", password = var.password }
      }
      resource "terraform_data" "b" {
        input = nonsensitive("copy of \${var.password}")
        provisioner "local-exec" {
          command     = "echo connected with \\"$PASSWORD\\""
          environment = { PASSWORD = nonsensitive(var.password) }
        }
      }
      output "password" {
        value     = var.password
        sensitive = true
      }`)
    const password = 'it\'s "s3cret" $HOME \\ %{x}'
    const target = place.target({ variables: new Map([['password', password]]) })
    const plan = await target.plan('deploy')
    expect(plan.changes[0]?.fields.find((field) => field.path === 'input.password')?.after.type).toBe('secret')
    expect(plan.changes[0]?.fields.find((field) => field.path === 'input.user')?.after).toEqual({
      type: 'value',
      value: 'web'
    })
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect((await target.outputs?.())?.['password']).toBe(password)
    expect(place.secrets).toContain(password)
    expect(JSON.stringify(plan)).not.toContain('s3cret')
    expect(place.argv.join('\n')).not.toContain('s3cret')
    expect(place.lines.join('\n')).toContain('connected with')
    expect(place.lines.join('\n')).not.toContain('s3cret')
    const other = await place.target({ variables: new Map([['password', 'an0ther one']]) }).plan('deploy')
    const third = await place.target({ variables: new Map([['password', 'the third']]) }).plan('deploy')
    expect(JSON.stringify(other)).not.toMatch(/s3cret|an0ther/)
    expect(other.digest).not.toBe(third.digest)
  })

  test('an ephemeral value reaches what runs, and stands nowhere else', async () => {
    const place = checkout()
    place.main(`
      variable "token" {
        type      = string
        ephemeral = true
      }
      resource "terraform_data" "a" {
        provisioner "local-exec" {
          command     = "printf %s $TOKEN > ${place.folder}/received; echo $TOKEN"
          environment = { TOKEN = var.token }
        }
      }`)
    const target = place.target({ variables: new Map([['token', 'short-lived']]) })
    const plan = await target.plan('deploy')
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect(readFileSync(path.join(place.folder, 'received'), 'utf8')).toBe('short-lived')
    expect(place.secrets).toContain('short-lived')
    expect(JSON.stringify([plan, place.lines, place.argv, place.state()])).not.toContain('short-lived')
    // Another one the next day is no other declaration.
    const next = await place.target({ variables: new Map([['token', 'of tomorrow']]) }).plan('deploy')
    expect(next).toMatchObject({ changes: [], declaredDigest: plan.declaredDigest })
  })

  test('checks that fail and warnings are notes of the plan', async () => {
    const place = checkout()
    place.main(`
      variable "door" { default = "open" }
      check "door" {
        assert {
          condition     = var.door == "shut"
          error_message = "The door is open."
        }
      }`)
    place.write('main/terraform.tfvars', 'sise = "large"\n')
    const { notes } = await place.target().plan('deploy')
    expect(notes).toEqual([
      'check.door fails: The door is open.',
      expect.stringMatching(/Value for undeclared variable.*"sise"/)
    ])
  })

  test('outputs are texts, or JSON; sensitive ones are told, with all that is inside', async () => {
    const place = checkout()
    place.main(`
      output "name" { value = "web" }
      output "count" { value = 3 }
      output "list" { value = ["a", "b"] }
      output "database" {
        value     = { user = "app", password = "correct horse" }
        sensitive = true
      }`)
    const target = place.target()
    await target.apply(await target.plan('deploy'))
    const reader = place.target()
    expect(await reader.outputs?.()).toEqual({
      name: 'web',
      count: '3',
      list: '["a","b"]',
      database: '{"password":"correct horse","user":"app"}'
    })
    expect(place.secrets).toContain('correct horse')
  })

  test('destroys and replaces only where that is allowed, and writes nothing otherwise', async () => {
    const place = checkout()
    const replaced = (trigger: string) => `resource "terraform_data" "a" { triggers_replace = ["${trigger}"] }\n`
    place.main(`${replaced('one')}resource "terraform_data" "b" {}\n`)
    const first = place.target()
    await first.apply(await first.plan('deploy'))
    const before = place.state()
    place.main(replaced('two'))
    const careful = place.target()
    const plan = await careful.plan('deploy')
    expect(words(plan)).toEqual(['replace terraform_data.a', 'delete terraform_data.b'])
    expect(plan.changes[0]?.reason).toContain('cannot be changed in place (triggers_replace)')
    expect(plan.changes[1]?.reason).toBe('Its resource block is gone.')
    expect(plan.changes.every((change) => change.healable === false)).toBe(true)
    await expect(careful.apply(plan)).rejects.toThrow(
      'The plan destroys 2 resources: terraform_data.a, terraform_data.b.'
    )
    expect(place.state()).toBe(before)
    const bold = place.target({ allowDestroy: true })
    const outcome = await bold.apply(await bold.plan('deploy'))
    expect(outcome.results.map((result) => result.action)).toEqual(['replaced', 'pruned'])
  })

  test('finds what was changed outside, says so, and puts it back', async () => {
    const place = checkout()
    const file = path.join(place.folder, 'motd')
    place.main(`
      resource "local_file" "motd" {
        filename = "${file}"
        content  = "welcome"
      }
      resource "terraform_data" "a" {}`)
    const target = place.target()
    const deployed = await target.plan('deploy')
    await target.apply(deployed)
    expect(await place.target().plan('drift')).toMatchObject({ changes: [], unchanged: 2 })
    writeFileSync(file, 'hacked')
    const nightly = place.target({ recordedDigest: deployed.declaredDigest })
    const drift = await nightly.plan('drift')
    expect(words(drift)).toEqual(['create local_file.motd'])
    expect(drift.changes[0]).toMatchObject({
      attribution: { known: false },
      reason: expect.stringContaining('Deleted outside of')
    })
    expect(drift.changes[0]?.healable).not.toBe(false)
    expect(await nightly.apply(drift)).toMatchObject({ status: 'succeeded' })
    expect(await nightly.plan('drift')).toMatchObject({ changes: [] })
  })

  test('what differs because other variables are given than were deployed is not healed', async () => {
    const place = checkout()
    place.main(DATA)
    const target = place.target()
    const deployed = await target.plan('deploy')
    await target.apply(deployed)
    const drift = await place
      .target({ variables: new Map([['size', 'large']]), recordedDigest: deployed.declaredDigest })
      .plan('drift')
    expect(drift.changes).toMatchObject([{ action: 'update', healable: false }])
    expect(drift.notes.join()).toContain('differ from those that were deployed')
  })

  test('an output that changes by itself is something to apply, and no drift', async () => {
    const place = checkout()
    const main = (value: string) => `resource "terraform_data" "a" {}\noutput "o" { value = "${value}" }\n`
    place.main(main('one'))
    const first = place.target()
    await first.apply(await first.plan('deploy'))
    place.main(main('two'))
    const drift = await place.target().plan('drift')
    expect(drift.changes).toEqual([])
    expect(drift.notes).toEqual(['Outputs would change too: o.'])
    const target = place.target()
    const plan = await target.plan('deploy')
    expect(words(plan)).toEqual(['update output.o'])
    await target.apply(plan)
    expect(await target.outputs?.()).toEqual({ o: 'two' })
  })

  test('shows what is moved, imported and forgotten as that', async () => {
    const place = checkout()
    place.main('resource "terraform_data" "old" {}\nresource "terraform_data" "left" {}\n')
    const first = place.target()
    await first.apply(await first.plan('deploy'))
    place.main(`
      resource "terraform_data" "new" {}
      resource "terraform_data" "found" {}
      moved {
        from = terraform_data.old
        to   = terraform_data.new
      }
      import {
        to = terraform_data.found
        id = "abc"
      }
      removed {
        from = terraform_data.left
        lifecycle {
          destroy = false
        }
      }`)
    const target = place.target()
    const plan = await target.plan('deploy')
    const reasons = Object.fromEntries(
      plan.changes.map(({ resource, reason, action }) => [resource.name, [action, reason]])
    )
    expect(reasons['new']).toEqual(['update', 'Moved from terraform_data.old.'])
    expect(reasons['found']).toEqual(['update', 'Imported (abc).'])
    expect(reasons['left']).toEqual(['update', expect.stringContaining('no longer manages it, and the object stays')])
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect(await place.target().plan('deploy')).toMatchObject({ changes: [], unchanged: 2 })
  })

  test('an interrupted apply gives back its lock, and the next run goes on; meanwhile others are told who holds it', async () => {
    const place = checkout()
    const main = (command: string) => `
      resource "terraform_data" "first" {}
      resource "terraform_data" "slow" {
        input = terraform_data.first.id
        provisioner "local-exec" {
          command = "${command}"
        }
      }
      resource "terraform_data" "last" { input = terraform_data.slow.id }`
    place.main(main('sleep 60'))
    const abort = new AbortController()
    const target = place.target({ signal: abort.signal })
    const plan = await target.plan('deploy')
    const applying = target.apply(plan)
    while (!place.lines.some((line) => line.startsWith('terraform_data.slow: Provisioning'))) await sleep(50)
    const blocked = await place
      .target()
      .plan('deploy')
      .catch((error: unknown) => error)
    expect(blocked).toMatchObject({
      message: expect.stringMatching(
        /the state is locked by \S+@\S+ since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(apply, lock [0-9a-f-]{36}\)/
      ),
      hint: expect.stringMatching(/-chdir=main force-unlock [0-9a-f-]{36}/)
    })
    abort.abort()
    const outcome = await applying
    expect(outcome).toMatchObject({ status: 'cancelled', failure: { hint: expect.stringContaining('run again') } })
    expect(outcome.results.map(({ resource, action }) => [resource.name, action])).toEqual([
      ['first', 'created'],
      ['last', 'skipped'],
      ['slow', 'failed']
    ])
    place.main(main('true'))
    // The object whose provisioner was cut off is damaged: making it anew destroys it first.
    const next = place.target({ allowDestroy: true })
    const rest = await next.plan('deploy')
    expect(words(rest)).toEqual(['create terraform_data.last', 'replace terraform_data.slow'])
    expect(await next.apply(rest)).toMatchObject({ status: 'succeeded' })
  })

  test('an apply that takes too long is asked to stop, and leaves no lock', async () => {
    const place = checkout()
    place.main('resource "terraform_data" "slow" {\n  provisioner "local-exec" {\n    command = "sleep 300"\n  }\n}\n')
    const hurried: Exec = (file, args, options) =>
      exec(file, args, args[0] === 'apply' ? { ...options, timeout: 1_500 } : options)
    const target = place.target({ exec: hurried })
    const outcome = await target.apply(await target.plan('deploy'))
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringMatching(/did not end within 1\.5 s.* was asked to stop/) }
    })
    expect(await place.target().plan('deploy')).toMatchObject({ changes: [{ resource: { name: 'slow' } }] })
  })

  test('a plan that somebody else overtook is stale, and nothing of it is written', async () => {
    const place = checkout()
    place.main(DATA)
    const [one, other] = [place.target(), place.target({ variables: new Map([['size', 'large']]) })]
    const [plan, overtaken] = [await one.plan('deploy'), await other.plan('deploy')]
    await one.apply(plan)
    const before = place.state()
    const outcome = await other.apply(overtaken)
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: {
        message: expect.stringContaining('Saved plan is stale'),
        hint: expect.stringContaining('Nothing was written')
      }
    })
    expect(place.state()).toBe(before)
  })

  test('a failed apply names the resource and its reason, and what was done all the same', async () => {
    const place = checkout()
    place.main(`
      resource "terraform_data" "good" {}
      resource "terraform_data" "bad" {
        provisioner "local-exec" {
          command = "echo no such host; exit 3"
        }
      }`)
    const target = place.target()
    const outcome = await target.apply(await target.plan('deploy'))
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: {
        message: expect.stringMatching(/main\/main\.tf:\d+:\d+: terraform_data\.bad: local-exec provisioner error/),
        hint: expect.stringContaining('goes on from there'),
        resources: [{ resource: { id: 'terraform_data.bad' }, logs: expect.arrayContaining(['no such host']) }]
      }
    })
    expect(outcome.results.map((result) => result.action)).toEqual(['failed', 'created'])
    expect(await target.deployed()).toMatchObject({ status: 'failed' })
  })

  test('several root modules and workspaces are worked on side by side', async () => {
    const place = checkout()
    const directories = ['network', 'database', 'queues', 'cluster']
    const units = directories.flatMap((directory) => {
      place.main(
        `resource "local_file" "a" {
        filename = "${place.folder}/files/${directory}-\${terraform.workspace}"
        content  = terraform.workspace
      }`,
        directory
      )
      const workspaces = directory === 'network' ? ['blue', 'green'] : ['default']
      return workspaces.map((workspace) => ({ directory, workspace, id: `${directory}-${workspace}` }))
    })
    for (const directory of directories.slice(0, 1)) await place.workspaces(directory, ['blue', 'green'])
    const outcomes = await Promise.all(
      units.map(async (unit) => {
        const target = place.target(unit)
        return target.apply(await target.plan('deploy'))
      })
    )
    expect(outcomes.map((outcome) => outcome.status)).toEqual(units.map(() => 'succeeded'))
    expect(readdirSync(path.join(place.folder, 'files')).sort()).toEqual(units.map((unit) => unit.id).sort())
    // One cache, which was empty, served all of them.
    const cache = path.join(place.folder, 'temporary/gitops-actions/providers')
    expect(readdirSync(cache, { recursive: true }).join('\n')).toMatch(/hashicorp\/local\/1\.4\.0/)
  })

  describe('bad input', () => {
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
})
