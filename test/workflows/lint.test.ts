import { execFileSync, spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { usePlatform } from '../platform/use.ts'

const { bin } = usePlatform()
const workflows = globSync(['.github/workflows/*.yml', 'workflows-examples/*.yml']).sort()
const actions = globSync(['action.yml', 'actions/*/action.yml']).sort()

describe('workflows and actions', () => {
  it('have no finding of actionlint', () => {
    expect(workflows.length).toBeGreaterThan(5)
    const { stdout, stderr } = spawnSync(bin.actionlint, workflows, { encoding: 'utf8' })
    expect(stdout + stderr).toBe('')
  })

  it('have no finding of zizmor at its strictest', () => {
    const args = ['--offline', '--no-progress', '--persona=pedantic', '--config=.github/zizmor.yml']
    const { status, stdout } = spawnSync(bin.zizmor, [...args, ...workflows, ...actions], { encoding: 'utf8' })
    expect(stdout).toMatch(/No findings to report/)
    expect(status).toBe(0)
  })

  it('suppress nothing: the one policy is about our own references', () => {
    const { stdout } = spawnSync(
      'git',
      ['grep', '-n', 'zizmor: ignore\\|actionlint-disable\\|shellcheck disable', '--', '*.yml'],
      { encoding: 'utf8' }
    )
    expect(stdout).toBe('')
    expect(execFileSync('cat', ['.github/zizmor.yml'], { encoding: 'utf8' })).not.toMatch(/ignore:|disable:/)
  })
})
