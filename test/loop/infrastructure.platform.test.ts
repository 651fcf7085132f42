import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { asList, asString, at, parseJson } from '../../src/json.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { repository, type Sample } from '../image/sample.ts'
import { controlGitHubDouble } from '../platform/github/client.ts'
import { type TofuTools, tofuTools } from '../platform/tofu.ts'
import { usePlatform } from '../platform/use.ts'

const MAIN = path.resolve(import.meta.dirname, '../../actions/root/main.ts')
const PASSWORD = 'correct-horse-battery'

const platform = usePlatform()
let tools: TofuTools
let directory: string
let namespace: string
beforeAll(async () => {
  directory = await platform.createDirectory('loop')
  tools = await tofuTools(directory)
  namespace = await platform.createNamespace('loop')
})

/** A root module whose state and file lie beside the repository, and a chart that is given two of its outputs. */
function files(): Record<string, string> {
  return {
    'gitops.yaml': `version: 1
environments:
  ${namespace}:
    targets:
      web:
        helm: {chart: chart, set: {greeting: {from: network, output: greeting}, password: {from: network, output: password}}}
        namespace: ${namespace}
      network:
        terraform: {directory: network, variables: {greeting: hello}, allowDestroy: true}
    drift: {heal: automatic}
`,
    'network/main.tf': `terraform {
  backend "local" {
    path = "${directory}/network.tfstate"
  }
}
variable "greeting" {}
resource "local_file" "motd" {
  filename = "${directory}/motd"
  content  = var.greeting
}
output "greeting" { value = local_file.motd.content }
output "password" {
  value     = "${PASSWORD}"
  sensitive = true
}
`,
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.0.0\n',
    'chart/templates/web.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {greeting: {{ .Values.greeting | quote }}, password: {{ .Values.password | quote }}}
`
  }
}

/** The root action as a process, as a runner starts it, with GitHub's double behind it. */
async function run(sample: Sample, event: string) {
  const folder = await mkdtemp(path.join(directory, 'run-'))
  const output = path.join(folder, 'output')
  const summary = path.join(folder, 'summary')
  writeFileSync(output, '')
  writeFileSync(summary, '')
  const { code, stdout } = await exec(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    cwd: sample.root,
    allowFailure: true,
    env: {
      ...tools.env,
      PATH: `${tools.env['PATH']}:${platform.path}`,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_SHA: sample.git('rev-parse', 'HEAD'),
      GITHUB_WORKSPACE: sample.root,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_API_URL: platform.github.apiUrl,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: `acme/${namespace}`,
      GITHUB_RUN_ID: '7',
      RUNNER_TEMP: folder,
      INPUT_KUBECONFIG: platform.kubeconfig,
      'INPUT_GITHUB-TOKEN': platform.github.token
    }
  })
  const [, file = ''] = /report<<(?:\S+)\n(.*)\n/.exec(readFileSync(output, 'utf8')) ?? []
  const text = readFileSync(file, 'utf8')
  return { code, log: stdout, summary: readFileSync(summary, 'utf8'), text, report: parseJson(text) }
}

async function live(): Promise<unknown> {
  return parseJson(await platform.kubectl(['-n', namespace, 'get', 'configmap', 'web', '-o', 'jsonpath={.data}']))
}

test('a root module and an application that uses its outputs: preview, deploy, a change by hand, drift, heal', async () => {
  const github = controlGitHubDouble(platform.github.apiUrl)
  using sample = repository(files())
  await github.createRepository(`acme/${namespace}`, { git: sample.path('.git') })
  const deployed = sample.git('rev-parse', 'HEAD')

  const preview = await run(sample, 'pull_request')
  expect(preview.log).not.toContain('::error')
  expect(at(preview.report, 'status')).toBe('planned')
  expect(preview.summary).toContain('Known after "network" is applied: its output "greeting".')
  expect(await platform.kubectl(['-n', namespace, 'get', 'configmap', 'web', '--ignore-not-found'])).toBe('')

  const push = await run(sample, 'push')
  expect(push.log).not.toContain('::error')
  expect(at(push.report, 'status')).toBe('succeeded')
  expect(await live()).toEqual({ greeting: 'hello', password: PASSWORD })

  // Masked for the runner before anything is printed, and in no report, though the chart puts it into a ConfigMap.
  expect(push.log).toContain(`::add-mask::${PASSWORD}`)
  expect(push.log.replaceAll(`::add-mask::${PASSWORD}`, '')).not.toContain(PASSWORD)
  expect(push.text + push.summary).not.toContain(PASSWORD)

  // The next commit is not deployed yet: the night compares with the one that is.
  sample.write('gitops.yaml', files()['gitops.yaml']?.replace('greeting: hello', 'greeting: welcome') ?? '')
  sample.commit('another greeting')
  writeFileSync(path.join(directory, 'motd'), 'hacked')
  await platform.kubectl(['-n', namespace, 'patch', 'configmap', 'web', '-p', '{"data":{"greeting":"hacked"}}'])
  const night = await run(sample, 'schedule')
  expect(night.log).not.toContain('::error')
  expect(at(night.report, 'status')).toBe('healed')
  expect(asString(at(asList(at(night.report, 'targets'))?.[1], 'deployed', 'revision'))).toBe(deployed)
  expect(readFileSync(path.join(directory, 'motd'), 'utf8')).toBe('hello')
  expect(await live()).toEqual({ greeting: 'hello', password: PASSWORD })
  expect(night.text + night.summary).not.toContain(PASSWORD)

  const next = await run(sample, 'push')
  expect(next.log).not.toContain('::error')
  expect(at(next.report, 'status')).toBe('succeeded')
  expect(next.summary).toContain('because an output that it uses changed')
  expect(await live()).toEqual({ greeting: 'welcome', password: PASSWORD })
  expect(at((await run(sample, 'schedule')).report, 'status')).toBe('in-sync')

  // What leaves the declaration is told, and stays.
  const left = `version: 1\nenvironments: {${namespace}: {targets: {web: {helm: {chart: chart, set: {greeting: a, password: b}}, namespace: ${namespace}}}}}\n`
  sample.write('gitops.yaml', left)
  sample.commit('without the network')
  const without = await run(sample, 'pull_request')
  expect(without.log).toContain(`::warning::Target "network" of ${namespace} (terraform) is no longer declared`)
  expect(readFileSync(path.join(directory, 'motd'), 'utf8')).toBe('welcome')
  expect(await github.problems(`acme/${namespace}`)).toEqual([])
}, 240_000)
