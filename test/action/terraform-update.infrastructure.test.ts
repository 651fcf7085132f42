import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exec } from '../../src/toolchain/exec.ts'
import { repository, type Sample } from '../image/sample.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { tofuTools } from '../platform/tofu.ts'
import { temporaryFolder } from '../targets/terraform/support.ts'

const MAIN = path.resolve(import.meta.dirname, '../../actions/terraform-update/main.ts')
const folder = temporaryFolder()
const tools = await tofuTools(folder)
const motd = path.join(folder, 'motd')

let github: GitHubDouble
beforeAll(async () => {
  github = await startGitHubDouble()
})
afterAll(() => github.close())

function files(content: string): Record<string, string> {
  return {
    'network/main.tf': `terraform {
  backend "local" {
    path = "${folder}/network.tfstate"
  }
}
resource "local_file" "motd" {
  filename = "${motd}"
  content  = "${content}"
}
`
  }
}

/** The action as a process, as a runner starts it. */
async function run(sample: Sample, inputs: Readonly<Record<string, string>>) {
  const temporary = await mkdtemp(path.join(folder, 'run-'))
  const output = path.join(temporary, 'output')
  writeFileSync(output, '')
  writeFileSync(path.join(temporary, 'summary'), '')
  const given = Object.entries({ directory: 'network', environment: 'prod', ...inputs })
  const { code, stdout } = await exec(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: sample.root,
    allowFailure: true,
    env: {
      ...tools.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'schedule',
      GITHUB_SHA: sample.git('rev-parse', 'HEAD'),
      GITHUB_WORKSPACE: sample.root,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: path.join(temporary, 'summary'),
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: github.repository,
      GITHUB_RUN_ID: '7',
      RUNNER_TEMP: temporary,
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
    }
  })
  const outputs = readFileSync(output, 'utf8').matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n?\2$/gm)
  return { code, log: stdout, outputs: Object.fromEntries([...outputs].map((one) => [one[1] ?? '', one[3] ?? ''])) }
}

test('drift of a root module: compared with the deployed commit, told in an issue, healed', async () => {
  using sample = repository(files('hello'))
  const recorded = { 'github-deployments': 'true', 'github-token': github.token }
  const deployed = await run(sample, recorded)
  expect(deployed.log).not.toContain('::error')
  expect(deployed.outputs).toMatchObject({ status: 'succeeded', changed: 'true' })

  // A commit that is not deployed yet is no drift.
  for (const [name, text] of Object.entries(files('welcome'))) sample.write(name, text)
  sample.commit()
  const drift = { ...recorded, mode: 'drift', issue: 'true' }
  expect((await run(sample, drift)).outputs).toMatchObject({ status: 'in-sync', changed: 'false', drifted: '0' })

  writeFileSync(motd, 'hacked')
  const found = await run(sample, { ...drift, 'fail-on-drift': 'true' })
  expect(found.code).toBe(1)
  expect(found.outputs).toMatchObject({ status: 'drifted', drifted: '1', healed: '0' })
  expect(found.outputs['issue-number']).toMatch(/^\d+$/)
  expect(found.outputs['plan-digest']).toBeUndefined()

  // What is deployed is not known without a token: then it is only told, unless the checkout is meant.
  const unrecorded = await run(sample, { mode: 'drift', heal: 'automatic' })
  expect(unrecorded.outputs).toMatchObject({ status: 'drifted', healed: '0' })
  expect(unrecorded.log).toContain('Not healed: nothing says which commit was deployed')
  expect(readFileSync(motd, 'utf8')).toBe('hacked')

  const healed = await run(sample, { ...drift, heal: 'automatic' })
  expect(healed.log).not.toContain('::error')
  expect(healed.outputs).toMatchObject({ status: 'healed', drifted: '1', healed: '1' })
  expect(readFileSync(motd, 'utf8')).toBe('hello')
  const { issues } = await github.state()
  expect(issues.map((issue) => [issue.state, issue.title.includes('prod/network')])).toEqual([['closed', true]])
  expect(await github.problems()).toEqual([])
}, 240_000)

test('an approval of another plan is refused, and nothing is written', async () => {
  using sample = repository(files('approved'))
  const planned = await run(sample, { mode: 'plan', 'allow-destroy': 'true' })
  const approved = planned.outputs['plan-digest'] ?? ''
  expect(approved).toMatch(/^sha256:/)
  const before = readFileSync(motd, 'utf8')
  sample.write('network/main.tf', files('another')['network/main.tf'] ?? '')
  const refused = await run(sample, { 'plan-digest': approved, 'allow-destroy': 'true' })
  expect(refused.code).toBe(1)
  expect(refused.log).toContain('The plan is not the one that was approved')
  expect(readFileSync(motd, 'utf8')).toBe(before)
}, 240_000)
