import { parseArgs } from 'node:util'
import { startGitHubDouble } from './index.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    repository: { type: 'string' },
    git: { type: 'string' },
    json: { type: 'boolean', default: false }
  }
})
const double = await startGitHubDouble({
  ...(values.port ? { port: Number(values.port) } : {}),
  ...(values.repository ? { repository: values.repository } : {}),
  ...(values.git ? { git: values.git } : {})
})
const { git } = await double.state()
if (values.json)
  console.log(JSON.stringify({ apiUrl: double.url, token: double.token, repository: double.repository, git }))
else
  console.log(`GitHub double for ${double.repository}
  GITHUB_API_URL=${double.url} GITHUB_TOKEN=${double.token} GITHUB_REPOSITORY=${double.repository}
  git repository   ${git}
  look             curl ${double.url}/_double/state   (also problems, requests)
  break            curl -d '{"kind":"status","status":502,"route":"/issues","count":2}' ${double.url}/_double/faults
Ends with Ctrl-C.`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    double.close().then(
      () => process.exit(0),
      () => process.exit(1)
    )
  })
