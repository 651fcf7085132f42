import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/targets/plan.ts'
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

  test('values of variables arrive as they are, whatever is in them', async () => {
    const place = checkout()
    const variables = new Map([
      ['pem', '-----BEGIN\nline "two"\n\n  end-----\n'],
      ['shell', `it's \\n \\ \`id\` $HOME $(id) ; rm & | > < # "x" -var empty=oops`],
      ['empty', ''],
      ['spaces', '  a  '],
      ['template', `\${var.pem} %{ if true } é 漢 \t`],
      ['backslash', '\\'],
      ['quote', "'"],
      ['returns', '\r\nx\r']
    ])
    const names = [...variables.keys()]
    place.main(
      names.map((one) => `variable "${one}" { type = string }\noutput "${one}" { value = var.${one} }\n`).join('')
    )
    const target = place.target({ variables })
    expect((await target.apply(await target.plan('deploy'))).failure).toBeUndefined()
    expect(await target.outputs?.()).toEqual(Object.fromEntries(variables))
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
})
