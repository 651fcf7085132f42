import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { asList, asNumber, asObject, at, parseJson } from '../src/json.ts'
import { check, MERGE, NIGHTLY, play, type Step, succeeded, summaries } from './play.ts'
import { runOnce } from './run-image.ts'
import { page, say, typed, verified } from './screen.ts'
import type { Stage } from './stage.ts'

/** production's target has two minutes; a crash loop must be told long before. */
const WELL_BEFORE_SECONDS = 60

export const story: readonly Step[] = [
  {
    name: 'merge',
    title: 'A commit lands on main: the image is built and pushed, the chart rendered, both environments deployed',
    async play(stage) {
      const run = await play(stage, MERGE, 'push')
      succeeded(run)
      summaries(run)
      const image = await imageOf(stage, 'shop')
      check(/^[^@]+@sha256:[0-9a-f]{64}$/.test(image), `the Deployment names its image by digest, not ${image}`)
      check((await imageOf(stage, 'shop-staging')) === image, 'staging and production run the same digest')
      await ready(stage, 'shop-staging', 1)
      await ready(stage, 'shop', 3)
      verified(`3 pods of production are ready, at ${image}`)
      return `deployed by digest, ${Object.keys(run.jobs).length} jobs`
    }
  },
  {
    name: 'image',
    title: 'The digest that the Deployment names is pulled from the registry and run once',
    async play(stage) {
      const image = await imageOf(stage, 'shop')
      const output = await runOnce(stage.platform, image, ['--version'])
      check(output.trim() === 'web 1.0.0', `the image answers "web 1.0.0", not "${output.trim()}"`)
      typed(`run ${image} --version`)
      say(output)
      verified('the image that runs in the cluster is the one that was built from the commit')
      return 'web 1.0.0'
    }
  },
  {
    name: 'again',
    title: 'A commit that changes no service: the image is not built again, nothing is restarted',
    async play(stage) {
      const before = await podNames(stage)
      await writeFile(path.join(stage.clone, 'NOTES.md'), 'A note that deploys nothing.\n')
      await stage.push('Add a note')
      const run = await play(stage, MERGE, 'push')
      succeeded(run)
      check((await podNames(stage)) === before, 'no pod was restarted')
      verified('the same pods run; nothing was built')
      return 'no build, no restart'
    }
  },
  {
    name: 'tamper',
    title: 'Somebody edits the live Deployment and the ConfigMap and deletes a Service',
    async play(stage) {
      for (const command of [
        ['set', 'image', 'deployment/web', 'web=busybox:latest', '-n', 'shop'],
        ['patch', 'configmap', 'settings', '-n', 'shop', '--type=merge', '--patch={"data":{"GREETING":"Hacked"}}'],
        ['delete', 'service', 'web', '-n', 'shop']
      ]) {
        typed(`kubectl ${command.join(' ')}`)
        await stage.kubectl(...command)
      }
      check((await imageOf(stage, 'shop')) === 'busybox:latest', 'the tampering worked')
      return '3 changes by kubectl'
    }
  },
  {
    name: 'heal',
    title: 'The nightly run finds all three, names who and when, puts them back, and closes its issue',
    async play(stage) {
      const declared = await imageOf(stage, 'shop-staging')
      const run = await play(stage, NIGHTLY, 'schedule')
      succeeded(run)
      summaries(run, (markdown) => /kubectl/.test(markdown))
      const markdown = run.summaries.map((summary) => summary.markdown).join('\n')
      for (const word of ['kubectl-set', 'kubectl-patch', 'GREETING', 'Service'])
        check(markdown.includes(word), `the summary names ${word}`, run)
      check(/\d{4}-\d\d-\d\d/.test(markdown), 'the summary says when', run)
      check((await imageOf(stage, 'shop')) === declared, 'the image is back', run)
      const greeting = await stage.kubectl(
        'get',
        'configmap',
        'settings',
        '-n',
        'shop',
        '-o',
        'jsonpath={.data.GREETING}'
      )
      check(greeting === 'Hello production', `the greeting is back, not "${greeting}"`, run)
      await stage.kubectl('get', 'service', 'web', '-n', 'shop')
      await ready(stage, 'shop', 3)
      const { issues } = await stage.github.state('acme/shop')
      const issue = issues.find((one) => one.pull === undefined && /production/.test(one.title))
      check(
        issue?.state === 'closed',
        'the drift issue of production was opened, and closed when all was well again',
        run
      )
      page(`Issue #${issue?.number}: ${issue?.title} (${issue?.state})`, issue?.body ?? '', 30)
      verified('image, greeting and Service are as declared; the pods are ready')
      return '3 found, 3 healed, issue closed'
    }
  },
  {
    name: 'calm',
    title: 'The next night finds nothing',
    async play(stage) {
      const run = await play(stage, NIGHTLY, 'schedule')
      succeeded(run)
      const { issues } = await stage.github.state('acme/shop')
      check(
        issues.every((issue) => issue.state === 'closed'),
        'no issue is open',
        run
      )
      verified('in sync, no issue open')
      return 'in sync'
    }
  },
  {
    name: 'bad commit',
    title: 'A bad commit: the pods crash, and the deploy says why long before its time is over',
    async play(stage) {
      const values = path.join(stage.clone, 'environments/staging/web.yaml')
      // The pods here are simulated: this annotation makes them crash as a program with a bad flag would.
      await writeFile(
        values,
        `${await readFile(values, 'utf8')}podAnnotations: {platform.gitops-actions.dev/behaviour: crash}\n`
      )
      await stage.push('Tune staging')
      const run = await play(stage, MERGE, 'push')
      check(!run.success, 'the run failed', run)
      check(
        run.jobs['Production'] === undefined ||
          !Object.entries(run.jobs).some(([name, result]) => /production/i.test(name) && result === 'success'),
        'production was not deployed',
        run
      )
      check(
        run.seconds < WELL_BEFORE_SECONDS,
        `the run ended well before the timeout of 2 minutes, not after ${run.seconds} s`,
        run
      )
      const errors = run.annotations
        .filter((annotation) => annotation.level === 'error')
        .map((annotation) => annotation.message)
      for (const error of errors.slice(0, 3)) page('Annotation', error)
      check(
        errors.some((error) => /exit(ed with)? code 1/.test(error) && /web/.test(error)),
        'the error names the container and its exit code',
        run
      )
      const { issues } = await stage.github.state('acme/shop')
      const pull = issues.find((issue) => issue.pull !== undefined && issue.state === 'open')
      check(pull !== undefined, 'a rollback pull request is open', run)
      page(`Pull request #${pull?.number}: ${pull?.title}`, pull?.body ?? '', 30)
      verified(`crash loop told after ${run.seconds.toFixed(0)} s of 120; production untouched; rollback proposed`)
      return `crash loop with its reason in ${run.seconds.toFixed(0)} s`
    }
  },
  {
    name: 'revert',
    title: 'The rollback is merged: healthy again',
    async play(stage) {
      const pulls = asList(await stage.api('GET', 'pulls?state=open')) ?? []
      const number = asNumber(at(pulls[0], 'number'))
      check(number !== undefined, 'there is a pull request to merge')
      await stage.merge(number)
      const run = await play(stage, MERGE, 'push')
      succeeded(run)
      await ready(stage, 'shop-staging', 1)
      const pods = await stage.kubectl('get', 'pods', '-n', 'shop-staging', '-o', 'json')
      const crashing = (asList(at(parseJson(pods), 'items')) ?? []).filter(
        (pod) => asObject(at(pod, 'metadata', 'annotations'))?.['platform.gitops-actions.dev/behaviour']
      )
      check(crashing.length === 0, 'no crashing pod is left', run)
      verified('staging is healthy at the restored state')
      return 'healthy again'
    }
  }
]

async function imageOf(stage: Stage, namespace: string): Promise<string> {
  return stage.kubectl(
    'get',
    'deployment',
    'web',
    '-n',
    namespace,
    '-o',
    'jsonpath={.spec.template.spec.containers[0].image}'
  )
}

async function podNames(stage: Stage): Promise<string> {
  const lines = await stage.kubectl('get', 'pods', '-A', '-l', 'app.kubernetes.io/name=web', '-o', 'name')
  return lines.split('\n').sort().join(' ')
}

async function ready(stage: Stage, namespace: string, replicas: number): Promise<void> {
  const status = parseJson(await stage.kubectl('get', 'deployment', 'web', '-n', namespace, '-o', 'json'))
  const ready = asNumber(at(status, 'status', 'readyReplicas'))
  const updated = asNumber(at(status, 'status', 'updatedReplicas'))
  const observed =
    asNumber(at(status, 'status', 'observedGeneration')) === asNumber(at(status, 'metadata', 'generation'))
  check(
    ready === replicas && updated === replicas && observed,
    `${replicas} pods of ${namespace} are ready, not ${ready}`
  )
}
