import { readdirSync } from 'node:fs'
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
})
