import { asObject, type Json, type JsonObject, stringifyJson } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { REVERT_MANAGER } from '../../../../src/targets/kubernetes/compare/index.ts'
import { parsePatterns } from '../../../../src/targets/kubernetes/compare/pattern.ts'
import { PART_OF_LABEL } from '../../../../src/targets/kubernetes/inventory.ts'
import type { ChangeAction } from '../../../../src/targets/plan.ts'
import { valuesAt } from '../compare/oracle.ts'
import { setAt } from '../compare/set-at.ts'
import type { Change, Kind } from './change.ts'
import { CLIENTS } from './clients.ts'
import { KINDS } from './facts.ts'
import type { Hand, Hands } from './hands.ts'

/** One object of the cluster that something is about to happen to. */
export interface Subject {
  readonly kind: Kind
  /** As the target declares it, membership label included. */
  readonly declared: KubernetesObject
  readonly resource: { readonly subresources: readonly string[] }
  readonly hands: Hands
  readonly hand: Hand
  /** Where it lives; for what has no namespace, one where something about it may be kept. */
  readonly namespace: string
  /** An object that may be named as an owner. */
  readonly owner: JsonObject
  live(): Promise<KubernetesObject>
}

/** What the drift check has to say about it. */
export interface Verdict {
  readonly action: ChangeAction | 'nothing'
  /** All that is reported lies at, above or below this place. Undefined: no field is looked at. */
  readonly path?: string
  /** Who did it; `unknown` where nobody can be known; undefined where it is not looked at. */
  readonly by?: { readonly manager: string; readonly operation?: string; readonly subresource?: string } | 'unknown'
  /** Another object than the subject that is reported, and its kind where that is another too. */
  readonly about?: string
  readonly aboutKind?: string
  /** What is reported beside it about the same object. */
  readonly beside?: { readonly action: ChangeAction; readonly paths: readonly string[] }
  /** Healing leaves it, on purpose. */
  readonly stays?: true
  /** A tool that sends all that it wants also takes what is stored in another spelling than it sends. */
  readonly orReclaim?: true
}

export interface Mutation {
  readonly name: string
  /** The cases of a kind: none where it makes no sense. */
  cases(kind: Kind): readonly Case[]
}

export interface Case {
  readonly what: string
  readonly hand: 'any' | 'remover' | 'none'
  run(subject: Subject): Promise<Verdict>
}

const LISTS = ['set', 'drop', 'extra', 'add', 'take', 'turn', 'same'] as const
const NAMES: Readonly<Record<(typeof LISTS)[number], string>> = {
  set: 'declared field set',
  drop: 'declared field removed',
  extra: 'undeclared field set',
  add: 'list entry added',
  take: 'list entry removed',
  turn: 'list reordered',
  same: 'semantically equal spelling'
}

/** Everything that happens to objects, with what has to be found of it: the table that the product is held against. */
export const MUTATIONS: readonly Mutation[] = [
  ...CLIENTS,
  ...LISTS.map(
    (list): Mutation => ({
      name: NAMES[list],
      cases: (kind) => kind[list].map((change) => written(change))
    })
  ),
  each('declared label changed', async (subject) => {
    await subject.hands.kubectl(['label', ...subject.hands.point(subject.declared), 'app=changed', '--overwrite'])
    return { action: 'update', path: 'metadata.labels.app', by: { manager: 'kubectl-label' } }
  }),
  each('declared label removed', async (subject) => {
    await subject.hands.kubectl(['label', ...subject.hands.point(subject.declared), 'app-'])
    return { action: 'update', path: 'metadata.labels.app', by: 'unknown' }
  }),
  each('label added', async (subject) => {
    await subject.hands.kubectl(['label', ...subject.hands.point(subject.declared), 'by-hand=yes'])
    return { action: 'remove-foreign', path: 'metadata.labels.by-hand', by: { manager: 'kubectl-label' } }
  }),
  each('declared annotation changed', async (subject) => {
    await subject.hands.kubectl(['annotate', ...subject.hands.point(subject.declared), 'note=changed', '--overwrite'])
    return { action: 'update', path: 'metadata.annotations.note', by: { manager: 'kubectl-annotate' } }
  }),
  each('declared annotation removed', async (subject) => {
    await subject.hands.kubectl(['annotate', ...subject.hands.point(subject.declared), 'note-'])
    return { action: 'update', path: 'metadata.annotations.note', by: 'unknown' }
  }),
  each('annotation added', async (subject) => {
    await subject.hands.kubectl(['annotate', ...subject.hands.point(subject.declared), 'example.com/by=hand'])
    return {
      action: 'remove-foreign',
      path: 'metadata.annotations[example.com/by]',
      by: { manager: 'kubectl-annotate' }
    }
  }),
  each('membership label removed', async (subject) => {
    await subject.hands.kubectl(['label', ...subject.hands.point(subject.declared), `${PART_OF_LABEL}-`])
    return { action: 'update', path: `metadata.labels[${PART_OF_LABEL}]`, by: 'unknown' }
  }),
  each('finalizer added', async (subject) => {
    await edited(subject, (live) =>
      setAt(live, 'metadata.finalizers', [...listAt(live, 'finalizers'), 'example.com/by-hand'])
    )
    return {
      action: 'remove-foreign',
      path: 'metadata.finalizers[=example.com/by-hand]',
      by: by(subject.hand),
      ...tolerance(subject)
    }
  }),
  each(
    'owner added',
    async (subject) => {
      await edited(subject, (live) => setAt(live, 'metadata.ownerReferences', [subject.owner]))
      return {
        action: 'remove-foreign',
        path: `metadata.ownerReferences[uid=${String(subject.owner['uid'])}]`,
        by: by(subject.hand),
        ...tolerance(subject)
      }
    },
    (kind) => !kind.clusterScoped
  ),
  each(
    'scaled',
    async (subject) => {
      await subject.hands.kubectl(['scale', ...subject.hands.point(subject.declared), '--replicas=1'])
      return { action: 'update', path: 'spec.replicas', by: { manager: 'kubectl', subresource: 'scale' } }
    },
    (kind) => kind.scalable === true
  ),
  each(
    'image set',
    async (subject) => {
      await subject.hands.kubectl(['set', 'image', ...subject.hands.point(subject.declared), 'web=nginx:1.99'])
      return {
        action: 'update',
        path: `${subject.kind.pod}.containers[name=web].image`,
        by: { manager: 'kubectl-set' }
      }
    },
    (kind) => kind.pod !== undefined
  ),
  each(
    'environment set',
    async (subject) => {
      await subject.hands.kubectl(['set', 'env', ...subject.hands.point(subject.declared), '-c', 'web', 'DEBUG=1'])
      return {
        action: 'remove-foreign',
        path: `${subject.kind.pod}.containers[name=web].env[name=DEBUG]`,
        by: { manager: 'kubectl-set' }
      }
    },
    (kind) => kind.pod !== undefined
  ),
  each(
    'rollout restarted',
    async (subject) => {
      await subject.hands.kubectl(['rollout', 'restart', ...subject.hands.point(subject.declared)])
      const path = 'spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]'
      return { action: 'remove-foreign', path, by: { manager: 'kubectl-rollout' } }
    },
    (kind) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind.object.kind)
  ),
  each(
    'deleted',
    async (subject) => {
      await subject.hands.kubectl(['delete', ...subject.hands.point(subject.declared), '--wait=false', '--now'])
      return { action: 'create', by: 'unknown' }
    },
    isGoneAtOnce
  ),
  each(
    'deleted and made again as it was',
    async (subject) => {
      await subject.hands.kubectl(['delete', ...subject.hands.point(subject.declared), '--now'])
      await subject.hands.kubectl(['create', '-f', '-'], stringifyJson(subject.declared))
      return { action: 'reclaim', by: { manager: 'kubectl-create' } }
    },
    isGoneAtOnce
  ),
  each(
    'made by hand beside it',
    async (subject) => {
      const { metadata } = subject.declared
      const name = `${metadata.name}-made`
      const { [PART_OF_LABEL]: _, ...labels } = asObject(metadata['labels']) ?? {}
      const object = { ...subject.declared, metadata: { ...metadata, name, labels } }
      await subject.hands.kubectl(['create', '-f', '-'], stringifyJson(object))
      return { action: 'unmanaged', by: { manager: 'kubectl-create' }, about: name }
    },
    // Leases come and go with whoever takes turns.
    (kind) => !kind.clusterScoped && kind.object.kind !== 'Lease'
  ),
  each('replaced by itself', async (subject) => {
    await subject.hands.kubectl(['replace', '-f', '-'], stringifyJson(await subject.live()))
    return { action: 'nothing' }
  }),
  each('applied without a change by another tool', async (subject) => {
    const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=kustomize-controller', '-f', '-']
    await subject.hands.kubectl(args, stringifyJson(subject.declared))
    return { action: 'nothing', orReclaim: true, by: { manager: 'kustomize-controller' } }
  }),
  each('applied whole, as it lives, by another tool', async (subject) => {
    const { managedFields: _m, resourceVersion: _r, ...metadata } = (await subject.live()).metadata
    const whole = { ...(await subject.live()), metadata }
    const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=backup', '-f', '-']
    await subject.hands.kubectl(args, stringifyJson(whole))
    return { action: 'nothing' }
  }),
  {
    name: 'undeclared field set, and put back',
    cases: (kind) =>
      kind.extra
        .filter(({ path, found }) => found === 'foreign' && !path.startsWith('metadata'))
        .map((change) => ({
          what: change.path,
          hand: 'remover',
          async run(subject) {
            const before = await subject.live()
            await edited(subject, (object) => changed(object, change))
            await edited(subject, (object) => ({ ...before, metadata: object.metadata }))
            return { action: 'nothing' }
          }
        }))
  },
  each("label added in healing's name", async (subject) => {
    const args = ['label', ...subject.hands.point(subject.declared), 'by-hand=yes', `--field-manager=${REVERT_MANAGER}`]
    await subject.hands.kubectl(args)
    return { action: 'remove-foreign', path: 'metadata.labels.by-hand', by: { manager: REVERT_MANAGER } }
  }),
  each('changed and put back', async (subject) => {
    const point = subject.hands.point(subject.declared)
    await subject.hands.kubectl(['label', ...point, 'app=changed', '--overwrite'])
    await subject.hands.kubectl(['label', ...point, 'app=x', '--overwrite'])
    return { action: 'reclaim', path: 'metadata.labels.app', by: { manager: 'kubectl-label' } }
  }),
  each('ownership wiped', async (subject) => {
    const patch = '[{"op":"replace","path":"/metadata/managedFields","value":[{}]}]'
    await subject.hands.kubectl(['patch', ...subject.hands.point(subject.declared), '--type=json', '-p', patch])
    return { action: 'reclaim' }
  }),
  {
    name: 'status changed',
    cases: (kind) =>
      kind.object['status'] === undefined
        ? [
            {
              what: 'status',
              hand: 'none',
              async run(subject) {
                if (!subject.resource.subresources.includes('status')) return { action: 'nothing' }
                const patch = '{"status":{"observedGeneration":99}}'
                const args = [
                  'patch',
                  ...subject.hands.point(subject.declared),
                  '--subresource=status',
                  '--type=merge',
                  '-p',
                  patch
                ]
                await subject.hands.kubectl(args)
                return { action: 'nothing' }
              }
            }
          ]
        : []
  }
]

/** Every case of every kind, each with a name that repeats it. */
export function allCases(): {
  readonly name: string
  readonly mutation: string
  readonly kind: string
  readonly one: Case
}[] {
  return Object.entries(KINDS).flatMap(([kind, facts]) =>
    MUTATIONS.flatMap((mutation) =>
      mutation
        .cases(facts)
        .map((one) => ({ name: `${kind}: ${mutation.name}: ${one.what}`, mutation: mutation.name, kind, one }))
    )
  )
}

/** A namespace takes what is in it along, a volume is protected: both are long about it. */
function isGoneAtOnce({ object }: Kind): boolean {
  return object.kind !== 'Namespace' && object.kind !== 'PersistentVolume'
}

function each(name: string, run: Case['run'], applies: (kind: Kind) => boolean = () => true): Mutation {
  const hand = name === 'finalizer added' || name === 'owner added' ? 'any' : 'none'
  return { name, cases: (kind) => (applies(kind) ? [{ what: name, hand, run }] : []) }
}

function written(change: Change): Case {
  const { path, shownAt = path, found, owned } = change
  return {
    what: path,
    hand: change.to === undefined ? 'remover' : 'any',
    async run(subject) {
      await edited(subject, (object) => changed(object, change))
      if (found === 'nothing') return { action: 'nothing', ...tolerance(subject) }
      return {
        action: found === 'fields' ? 'update' : 'remove-foreign',
        path: shownAt,
        by: owned ? by(subject.hand) : 'unknown',
        ...tolerance(subject)
      }
    }
  }
}

function changed(object: KubernetesObject, { path, to, turn }: Change): Json {
  if (!turn) return setAt(object, path, to)
  const [list] = valuesAt(object, parsePatterns(path))
  if (!Array.isArray(list)) throw new Error(`there is no list at ${path}`)
  return setAt(object, path, list.toReversed())
}

/** Reads, changes, and has the hand write it; again when a controller was faster. */
async function edited(subject: Subject, change: (object: KubernetesObject) => Json): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const live = await subject.live()
    const after = change(structuredClone(live)) as KubernetesObject
    try {
      await subject.hand.write(live, after, change(structuredClone(subject.declared)))
      return
    } catch (error) {
      if (attempt === 4 || !/the object has been modified|please apply your changes/.test(String(error))) throw error
    }
  }
}

function tolerance(subject: Subject): Pick<Verdict, 'orReclaim'> {
  return subject.hand.removes ? {} : { orReclaim: true }
}

function by(hand: Hand): Verdict['by'] {
  return { manager: hand.manager, operation: hand.operation }
}

function listAt(live: KubernetesObject, field: string): Json[] {
  const list = live.metadata[field]
  return Array.isArray(list) ? list : []
}
