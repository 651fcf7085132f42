import { asObject, type JsonObject } from '../json.ts'
import { ADOPTED, ADOPTED_MUST, SELECTOR, SELECTOR_MUST } from '../targets/kubernetes/selector.ts'
import { type CloudFormationDeclaration, cloudformation } from './cloudformation.ts'
import { FIELD_CONFLICTS, type Limit, TARGET_DEFAULTS } from './defaults.ts'
import { type PauseDeclaration, targetPause } from './drift.ts'
import { helm } from './helm.ts'
import { type KopsDeclaration, kops } from './kops.ts'
import {
  boolean,
  choice,
  type Infer,
  list,
  object,
  optional,
  type Shape,
  text,
  transformed,
  withDefault
} from './shape.ts'
import { type TerraformDeclaration, terraform } from './terraform.ts'
import { duration, limit, name } from './values.ts'

type Keys = Infer<typeof keys>

/** Objects in a cluster. */
export type KubernetesDeclaration = { readonly kind: 'kubernetes'; readonly drift?: PauseDeclaration } & Omit<
  Keys,
  'terraform' | 'cloudformation' | 'kops' | 'drift'
>

/** What an engine for infrastructure makes. */
export type InfrastructureDeclaration = { readonly dependsOn: readonly string[]; readonly drift?: PauseDeclaration } & (
  | { readonly kind: 'terraform'; readonly terraform: TerraformDeclaration }
  | { readonly kind: 'cloudformation'; readonly cloudformation: CloudFormationDeclaration }
  | { readonly kind: 'kops'; readonly kops: KopsDeclaration }
)

export type TargetDeclaration = KubernetesDeclaration | InfrastructureDeclaration

const KUBERNETES = ['manifests', 'helm'] as const
const INFRASTRUCTURE = ['terraform', 'cloudformation', 'kops'] as const
/** Keys that say something about objects in a cluster. */
const KUBERNETES_ONLY = [
  'namespace',
  'images',
  'timeout',
  'wait',
  'prune',
  'maxPrune',
  'fieldConflicts',
  'replace',
  'adopt',
  'configChecksums'
] as const
const PROPERTIES = {
  terraform: keysOf(terraform),
  cloudformation: keysOf(cloudformation),
  kops: keysOf(kops)
}

const keys = object(
  {
    manifests: optional(
      list(
        text({
          description: 'A file, a directory, a glob or a kustomization, relative to the repository.',
          examples: ['environments/production/settings', 'deploy/*.yaml']
        }),
        { description: 'Plain manifests and kustomizations.', minItems: 1, itemName: 'paths' }
      )
    ),
    helm: optional(helm),
    terraform: optional(terraform),
    cloudformation: optional(cloudformation),
    kops: optional(kops),
    namespace: withDefault(
      name('Namespace of objects that name none, and home of the inventory that says what this target owns.'),
      TARGET_DEFAULTS.namespace
    ),
    images: withDefault(
      list(name('The name of an image.'), {
        description:
          'Images of this declaration that the target uses. Every container whose image is that repository (or the bare name) gets the exact digest.',
        itemName: 'names of images'
      }),
      []
    ),
    dependsOn: withDefault(
      list(name('The name of a target.'), {
        description: 'Targets of the same environment that must be deployed and healthy before this one.',
        itemName: 'names of targets'
      }),
      []
    ),
    drift: optional(targetPause),
    timeout: withDefault(
      duration('How long applying and becoming healthy may take together.', TARGET_DEFAULTS.timeout, {
        positive: true
      }),
      600_000
    ),
    wait: withDefault(boolean('Whether a deploy waits until everything is healthy.', true), true),
    prune: withDefault(boolean('Whether objects that are no longer declared are deleted.', true), true),
    maxPrune: withDefault<Limit>(
      limit(
        'The most objects that one run may delete, as a number or a share of what the target has. More refuses the run.',
        TARGET_DEFAULTS.maxPrune
      ),
      TARGET_DEFAULTS.maxPrune
    ),
    fieldConflicts: withDefault(
      choice(
        FIELD_CONFLICTS,
        "Whose differing fields a deploy takes over: those of people (kubectl, k9s, …), nobody's (fail), or everybody's (force).",
        TARGET_DEFAULTS.fieldConflicts
      ),
      TARGET_DEFAULTS.fieldConflicts
    ),
    replace: withDefault(
      list(
        text({
          description: 'Objects: Kind, Kind.group, Kind/name or Kind/namespace/name. * and ? are wildcards.',
          pattern: SELECTOR,
          must: SELECTOR_MUST,
          examples: ['Job', 'Deployment.apps/web']
        }),
        {
          description:
            'Objects that a deploy may delete and create anew when a field cannot be changed in place. Kinds that hold data (PersistentVolumeClaim, PersistentVolume, Namespace, CustomResourceDefinition) only where they are written out.',
          itemName: 'objects'
        }
      ),
      [] as readonly string[]
    ),
    adopt: withDefault(
      list(
        text({
          description: 'The parent object of an ApplySet: Kind/name or Kind/namespace/name.',
          pattern: ADOPTED,
          must: ADOPTED_MUST,
          examples: ['Secret/web']
        }),
        {
          description:
            'ApplySets of kubectl and other tools that become part of this target as a whole: what of them is not declared is pruned, and the empty set ends.',
          itemName: 'parents'
        }
      ),
      [] as readonly string[]
    ),
    configChecksums: withDefault(
      boolean('Whether a changed ConfigMap or Secret of this target rolls the pods that read it.', true),
      true
    )
  },
  {
    description: 'One thing that is planned and applied as a unit: an application, or a part of one.',
    schema: {
      oneOf: [
        ...KUBERNETES.map((key) => ({ required: [key] })),
        ...INFRASTRUCTURE.map((key) => ({
          required: [key],
          not: { anyOf: KUBERNETES_ONLY.map((one) => ({ required: [one] })) }
        }))
      ]
    },
    check(keys, node, reader, path) {
      const engines = [...KUBERNETES, ...INFRASTRUCTURE].filter((key) => keys.has(key))
      const [first] = engines
      if (first === undefined)
        reader.error(node, path, 'needs what to deploy: "manifests", "helm", "terraform", "cloudformation" or "kops".')
      if (engines.length > 1)
        reader.error(
          node,
          path,
          `has ${engines.map((key) => `"${key}"`).join(' and ')}, but a target is one thing. Make it several targets.`
        )
      const engine = engines.length === 1 ? INFRASTRUCTURE.find((key) => key === first) : undefined
      if (engine === undefined) return
      for (const key of KUBERNETES_ONLY)
        if (keys.has(key))
          reader.errorAt(
            [...path, key],
            `belongs to targets in a cluster (manifests, helm); this one is of ${engine}.${Object.hasOwn(PROPERTIES[engine], key) ? ` Write it inside "${engine}".` : ' Remove it.'}`
          )
    }
  }
)

export const target: Shape<TargetDeclaration> = transformed(
  keys,
  ({ terraform, cloudformation, kops, dependsOn, drift, ...rest }): TargetDeclaration => {
    const common = { dependsOn, ...(drift ? { drift } : {}) }
    if (terraform) return { kind: 'terraform', ...common, terraform }
    if (cloudformation) return { kind: 'cloudformation', ...common, cloudformation }
    if (kops) return { kind: 'kops', ...common, kops }
    return { kind: 'kubernetes', ...common, ...rest }
  }
)

function keysOf(shape: Shape<unknown>): JsonObject {
  return asObject(shape.schema['properties']) ?? {}
}
