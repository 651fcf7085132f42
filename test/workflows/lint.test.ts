import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'

const platform = usePlatform()
const repository = path.resolve(import.meta.dirname, '../..')
const workflows = [...yamlBelow('.github/workflows'), ...yamlBelow('workflows-examples')]
const actions = ['action.yml', ...yamlBelow('actions').filter((file) => path.basename(file) === 'action.yml')]

describe('workflows and actions', () => {
  it('are found', () => {
    expect(workflows.length).toBeGreaterThan(4)
    expect(actions.length).toBeGreaterThan(4)
  })

  it('have no finding of actionlint', async () => {
    await lint(platform.bin.actionlint, ['-no-color', ...workflows])
  })

  it('have no finding of zizmor at its strictest', async () => {
    const args = ['--offline', '--persona=pedantic', '--no-progress', '--color=never', '--config=.github/zizmor.yml']
    await lint(platform.bin.zizmor, [...args, '.github/dependabot.yml', ...workflows, ...actions])
  })
})

/** Fails with all that a linter says (the failure of `exec` holds only the end of it). */
async function lint(program: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await exec(program, args, { cwd: repository, allowFailure: true })
  expect(code, `${stdout}\n${stderr}`).toBe(0)
}

function yamlBelow(directory: string): string[] {
  return readdirSync(path.join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => path.join(directory, file))
    .sort()
}
