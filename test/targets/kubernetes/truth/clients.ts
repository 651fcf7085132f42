import { asObject, stringifyJson } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { PART_OF_LABEL } from '../../../../src/targets/kubernetes/inventory.ts'
import { setAt } from '../compare/set-at.ts'
import type { Kind } from './change.ts'
import type { Case, Mutation, Subject } from './mutations.ts'

/** What whole commands of real clients do to an object: not one field, but what the command makes of it. */
export const CLIENTS: readonly Mutation[] = [
  command(
    'upgraded by helm',
    async (subject) => {
      const [change] = subject.kind.set
      if (change?.to === undefined) throw new Error('no field to change')
      await subject.hands.helm(setAt(inGit(subject), change.path, change.to) as KubernetesObject, subject.namespace)
      return {
        action: 'update',
        path: change.shownAt ?? change.path,
        by: { manager: 'helm', operation: 'Apply' },
        beside: {
          action: 'remove-foreign',
          paths: [
            'metadata.labels[app.kubernetes.io/managed-by]',
            'metadata.annotations[meta.helm.sh/release-name]',
            'metadata.annotations[meta.helm.sh/release-namespace]'
          ]
        },
        orReclaim: true
      }
    },
    ({ set }) => set[0]?.to !== undefined && set[0].owned
  ),
  command('applied as it stands in Git by kubectl', async (subject) => {
    await subject.hands.kubectl(['apply', '-f', '-'], stringifyJson(inGit(subject)))
    return { action: 'nothing', orReclaim: true, by: { manager: 'kubectl-client-side-apply' } }
  }),
  command(
    'replaced by what stands in Git',
    async (subject) => {
      await subject.hands.kubectl(['replace', '-f', '-'], stringifyJson(inGit(subject)))
      return { action: 'update', path: `metadata.labels[${PART_OF_LABEL}]`, by: 'unknown', orReclaim: true }
    },
    // What these have been given since cannot be taken away.
    ({ object }) => !['Pod', 'Job', 'PersistentVolume', 'PersistentVolumeClaim', 'Namespace'].includes(object.kind)
  ),
  command(
    'deleted and applied anew by kubectl',
    async (subject) => {
      await subject.hands.kubectl(['delete', ...subject.hands.point(subject.declared), '--now'])
      await subject.hands.kubectl(['apply', '-f', '-'], stringifyJson(subject.declared))
      return { action: 'reclaim', by: { manager: 'kubectl-client-side-apply' } }
    },
    ({ object }) => object.kind !== 'Namespace' && object.kind !== 'PersistentVolume'
  ),
  command('put into another set', async (subject) => {
    const label = `${PART_OF_LABEL}=applyset-another-v1`
    await subject.hands.kubectl(['label', ...subject.hands.point(subject.declared), label, '--overwrite'])
    return {
      action: 'update',
      path: `metadata.labels[${PART_OF_LABEL}]`,
      by: { manager: 'kubectl-label' },
      stays: true
    }
  }),
  command('changed, and its ownership wiped', async (subject) => {
    const point = subject.hands.point(subject.declared)
    await subject.hands.kubectl(['label', ...point, 'app=changed', '--overwrite'])
    const wipe = '[{"op":"replace","path":"/metadata/managedFields","value":[{}]}]'
    await subject.hands.kubectl(['patch', ...point, '--type=json', '-p', wipe])
    return { action: 'update', path: 'metadata.labels.app', orReclaim: true }
  }),
  command(
    'debugged',
    async (subject) => {
      const args = ['--image=busybox:1.36', '--container=debugger', '--', 'sleep', '1']
      await subject.hands.kubectl(['debug', ...subject.hands.point(subject.declared), ...args])
      return {
        action: 'remove-foreign',
        path: 'spec.ephemeralContainers',
        by: { manager: 'kubectl', subresource: 'ephemeralcontainers' },
        stays: true
      }
    },
    ({ object }) => object.kind === 'Pod'
  ),
  command(
    'rollout paused',
    async (subject) => {
      await subject.hands.kubectl(['rollout', 'pause', ...subject.hands.point(subject.declared)])
      return { action: 'remove-foreign', path: 'spec.paused', by: { manager: 'kubectl-rollout' } }
    },
    ({ object }) => object.kind === 'Deployment'
  ),
  command(
    'image set and undone',
    async (subject) => {
      const point = subject.hands.point(subject.declared)
      await subject.hands.kubectl(['set', 'image', ...point, 'web=nginx:1.99'])
      await untilRevisions(subject, 2)
      await subject.hands.kubectl(['rollout', 'undo', ...point])
      return { action: 'reclaim', path: `${subject.kind.pod}.containers[name=web].image` }
    },
    ({ object }) => object.kind === 'Deployment'
  ),
  command(
    'resources set',
    async (subject) => {
      await subject.hands.kubectl([
        'set',
        'resources',
        ...subject.hands.point(subject.declared),
        '-c',
        'web',
        '--limits=cpu=2'
      ])
      const path = `${subject.kind.pod}.containers[name=web].resources.limits.cpu`
      return { action: 'remove-foreign', path, by: { manager: 'kubectl-set' } }
    },
    ({ pod }) => pod !== undefined
  ),
  command(
    'autoscaled',
    async (subject) => {
      const point = subject.hands.point(subject.declared)
      await subject.hands.kubectl(['autoscale', ...point, '--min=1', '--max=5'])
      const about = subject.declared.metadata.name
      return { action: 'unmanaged', about, aboutKind: 'HorizontalPodAutoscaler', by: { manager: 'kubectl-autoscale' } }
    },
    ({ object }) => object.kind === 'Deployment' || object.kind === 'StatefulSet'
  ),
  command(
    'two containers swapped',
    async (subject) => {
      const at = `/${String(subject.kind.pod).replaceAll('.', '/')}/containers`
      const patch = [
        { op: 'replace', path: `${at}/0/image`, value: 'busybox:1.36' },
        { op: 'replace', path: `${at}/1/image`, value: 'nginx:1.27' }
      ]
      await subject.hands.kubectl([
        'patch',
        ...subject.hands.point(subject.declared),
        '--type=json',
        '-p',
        stringifyJson(patch)
      ])
      return { action: 'update', path: `${subject.kind.pod}.containers`, by: { manager: 'kubectl-patch' } }
    },
    ({ pod }) => pod !== undefined
  ),
  command(
    'variable named twice',
    async (subject) => {
      const path = `/${String(subject.kind.pod).replaceAll('.', '/')}/containers/0/env/-`
      const patch = [{ op: 'add', path, value: { name: 'A', value: 'twice' } }]
      await subject.hands.kubectl([
        'patch',
        ...subject.hands.point(subject.declared),
        '--type=json',
        '-p',
        stringifyJson(patch)
      ])
      return { action: 'update', path: `${subject.kind.pod}.containers[name=web].env` }
    },
    ({ pod }) => pod !== undefined
  ),
  command(
    'list entry moved to the front',
    async (subject) => {
      const at = `/${String(subject.kind.pod).replaceAll('.', '/')}/containers`
      const patch = [{ op: 'move', from: `${at}/1`, path: `${at}/0` }]
      await subject.hands.kubectl([
        'patch',
        ...subject.hands.point(subject.declared),
        '--type=json',
        '-p',
        stringifyJson(patch)
      ])
      return { action: 'update', path: `${subject.kind.pod}.containers`, by: 'unknown' }
    },
    ({ pod }) => pod !== undefined
  ),
  command(
    'service account set',
    async (subject) => {
      await subject.hands.kubectl(['set', 'serviceaccount', ...subject.hands.point(subject.declared), 'other'])
      // Its old name follows it.
      return { action: 'update', path: String(subject.kind.pod), by: { manager: 'kubectl-set' } }
    },
    ({ pod, object }) => pod !== undefined && object.kind !== 'CronJob'
  ),
  command(
    'changed by way of an older version',
    async (subject) => {
      const point = `horizontalpodautoscalers.v1.autoscaling/${subject.declared.metadata.name}`
      const where = ['-n', subject.namespace]
      await subject.hands.kubectl(['patch', point, ...where, '--type=merge', '-p', '{"spec":{"maxReplicas":9}}'])
      // The way there and back through the older version also turns the metrics around, in nobody's name.
      return { action: 'update', path: 'spec' }
    },
    ({ object }) => object.kind === 'HorizontalPodAutoscaler'
  ),
  command(
    'a field that has another form in an older version',
    async (subject) => {
      const point = `horizontalpodautoscalers.v1.autoscaling/${subject.declared.metadata.name}`
      const patch = '{"spec":{"targetCPUUtilizationPercentage":42}}'
      await subject.hands.kubectl(['patch', point, '-n', subject.namespace, '--type=merge', '-p', patch])
      // It is recorded by its name in that version, which the object does not have.
      return { action: 'update', path: 'spec.metrics', by: 'unknown' }
    },
    ({ object }) => object.kind === 'HorizontalPodAutoscaler'
  )
]

function command(name: string, run: Case['run'], applies: (kind: Kind) => boolean = () => true): Mutation {
  return { name, cases: (kind) => (applies(kind) ? [{ what: name, hand: 'none', run }] : []) }
}

/** The object as a person has it in a file: without the label that a deploy adds. */
function inGit({ declared }: Subject): KubernetesObject {
  const { [PART_OF_LABEL]: _, ...labels } = asObject(declared.metadata['labels']) ?? {}
  return { ...declared, metadata: { ...declared.metadata, labels } }
}

/** The controller has seen so many pod templates. */
async function untilRevisions(subject: Subject, count: number): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt++) {
    const history = await subject.hands.kubectl(['rollout', 'history', ...subject.hands.point(subject.declared)])
    if (history.split('\n').filter((line) => /^\d+\s/.test(line)).length >= count) return
  }
  throw new Error(`no ${count} revisions`)
}
