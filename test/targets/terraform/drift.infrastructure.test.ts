import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { at, parseJson } from '../../../src/json.ts'
import type { Plan } from '../../../src/targets/plan.ts'
import { tofuTools } from '../../platform/tofu.ts'
import { Checkout, temporaryFolder } from './support.ts'

const tools = await tofuTools(temporaryFolder())

/** An object of a real provider, as it is declared, and as it is. */
class Place extends Checkout {
  readonly file = path.join(this.folder, 'object.json')

  declare(attributes: string, more = ''): void {
    this.main(`
      terraform {
        required_providers {
          object = { source = "gitops-actions/object" }
        }
      }
      resource "object_file" "queue" {
        path = "${this.file}"
        ${attributes}
      }
      ${more}`)
  }

  /** Somebody changes the object by hand. */
  edit(changes: Record<string, unknown>): void {
    writeFileSync(this.file, JSON.stringify({ ...asRecord(this.live()), ...changes }))
  }

  live() {
    return parseJson(readFileSync(this.file, 'utf8'))
  }

  async deploy(): Promise<Plan> {
    const target = this.target()
    const plan = await target.plan('deploy')
    expect(await target.apply(plan)).toMatchObject({ status: 'succeeded' })
    return plan
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const SETTINGS = 'settings = { retention = "4 days", delay = "0" }'

describe.each([...tools.engines.keys()])('%s', (engine) => {
  const place = () => new Place(tools, engine)

  test('an attribute that somebody changed is shown with what it was, is and becomes, and is put back', async () => {
    const here = place()
    here.declare(SETTINGS)
    const deployed = await here.deploy()
    const before = here.state()
    here.edit({ settings: { retention: '1 day', delay: '0', owner: 'ann' } })
    const nightly = here.target({ recordedDigest: deployed.declaredDigest })
    const drift = await nightly.plan('drift')
    expect(drift.changes).toMatchObject([
      {
        action: 'update',
        resource: { id: 'object_file.queue' },
        fields: [
          { path: 'settings.owner', before: { value: 'ann' }, after: { type: 'absent' } },
          { path: 'settings.retention', before: { value: '1 day' }, after: { value: '4 days' } }
        ],
        reason: expect.stringMatching(
          /^Changed outside of \w+: settings\.owner from nothing to "ann", settings\.retention from "4 days" to "1 day"\.$/
        )
      }
    ])
    expect(here.state()).toBe(before)
    expect(await nightly.apply(drift)).toMatchObject({ status: 'succeeded' })
    expect(at(here.live(), 'settings')).toEqual({ retention: '4 days', delay: '0' })
    expect(await here.target().plan('drift')).toMatchObject({ changes: [], notes: [] })
  })

  test('what differs from the state alone is no drift', async () => {
    const here = place()
    // Not set is read back as an empty map, as many providers do.
    here.declare('')
    await here.deploy()
    expect(await here.target().plan('drift')).toMatchObject({ changes: [], unchanged: 1, notes: [] })
    here.edit({ note: 'seen by a monitor' })
    expect(await here.target().plan('drift')).toMatchObject({
      changes: [],
      notes: [expect.stringContaining('no drift: object_file.queue (note)')]
    })
  })

  test('a sensitive attribute that drifts is named, and its values are not', async () => {
    const here = place()
    here.declare('password = "correct horse"')
    await here.deploy()
    here.edit({ password: 'hunter22' })
    const target = here.target()
    const drift = await target.plan('drift')
    expect(drift.changes).toMatchObject([
      {
        fields: [{ path: 'password', before: { type: 'secret' }, after: { type: 'secret' } }],
        reason: expect.stringContaining('password from a sensitive value to a sensitive value')
      }
    ])
    await target.apply(drift)
    expect(JSON.stringify([drift, here.lines])).not.toMatch(/correct horse|hunter22/)
    expect(here.secrets).toEqual(expect.arrayContaining(['correct horse', 'hunter22']))
  })

  test('a deleted object is made again, and what would have to be replaced stays until that is allowed', async () => {
    const here = place()
    here.declare(SETTINGS, 'resource "terraform_data" "reader" { triggers_replace = object_file.queue.settings }')
    await here.deploy()
    rmSync(here.file)
    const deleted = here.target()
    const plan = await deleted.plan('drift')
    expect(plan.changes).toMatchObject([
      { action: 'create', resource: { id: 'object_file.queue' }, reason: expect.stringMatching(/^Deleted outside of/) }
    ])
    await deleted.apply(plan)
    expect(existsSync(here.file)).toBe(true)
    // A trigger that follows a live value: the drift of one resource would replace another.
    here.declare('', 'resource "terraform_data" "reader" { triggers_replace = object_file.queue.note }')
    const bold = here.target({ allowDestroy: true })
    const next = await bold.plan('deploy')
    await bold.apply(next)
    here.edit({ note: 'other' })
    const careful = here.target({ recordedDigest: next.declaredDigest })
    const drift = await careful.plan('drift')
    expect(drift.changes).toMatchObject([
      { action: 'replace', resource: { id: 'terraform_data.reader' }, healable: false }
    ])
    expect(drift.notes.join(' ')).toContain('terraform_data.reader would be destroyed')
    await expect(careful.apply(drift)).rejects.toThrow('The plan destroys a resource: terraform_data.reader.')
  })

  test('a reason that a provider gives with a secret in it is masked, in a plan that fails too', async () => {
    const here = place()
    here.declare('password = var.password', 'variable "password" {\n  type = string\n  sensitive = true\n}')
    const variables = new Map([['password', 'correct horse']])
    const target = here.target({ variables })
    await target.apply(await target.plan('deploy'))
    writeFileSync(here.file, 'no JSON, but a correct horse')
    const error: unknown = await here
      .target({ variables })
      .plan('drift')
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      message: expect.stringMatching(/plan in main failed: .*The object cannot be read.*no JSON, but a \*\*\*/s)
    })
    expect(JSON.stringify([error, here.lines])).not.toContain('correct horse')
  })
})
