import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import type { IgnoreRule } from '../targets/kubernetes/compare/index.ts'
import {
  DRIFT_DEFAULTS,
  FIELD_CONFLICTS,
  FOREIGN_FIELDS,
  HEAL,
  type Limit,
  ON_FAILURE,
  TARGET_DEFAULTS,
  UNMANAGED
} from './defaults.ts'
import { ignoreRule } from './ignore.ts'
import {
  boolean,
  choice,
  constant,
  count,
  type Infer,
  list,
  mapping,
  object,
  optional,
  required,
  scalarText,
  text,
  withDefault
} from './shape.ts'
import { duration, limit } from './values.ts'

const name = (description: string) => text({ description, pattern: DNS_LABEL, must: DNS_LABEL_MUST })

/** `registry/path` without tag and digest. */
const REPOSITORY = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/
const PINNED = /^([a-z0-9][a-z0-9.:/_-]*@)?sha256:[0-9a-f]{64}$/

const image = object(
  {
    context: required(
      text({ description: 'Directory of the build context, relative to the repository.', examples: ['services/web'] })
    ),
    repository: required(
      text({
        description: 'Where the image is pushed to, without tag and digest.',
        pattern: REPOSITORY,
        must: 'a repository such as ghcr.io/acme/web, in lower case, without tag and digest',
        examples: ['ghcr.io/acme/web']
      })
    ),
    file: optional(
      text({ description: 'The Dockerfile, relative to the repository. Default: Dockerfile in the context.' })
    ),
    target: optional(text({ description: 'The build stage to build. Default: the last one.' })),
    platforms: withDefault(
      list(
        text({
          description: 'A platform.',
          pattern: /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/,
          must: 'of the form os/architecture, such as linux/arm64',
          examples: ['linux/amd64', 'linux/arm64']
        }),
        { description: 'Platforms to build for. Default: that of the builder.', itemName: 'platforms' }
      ),
      []
    ),
    buildArgs: withDefault(
      mapping(scalarText('The value. Never a secret: build arguments can be read from the image.'), {
        description: 'Build arguments. They are part of the key that decides whether an image must be built anew.',
        key: /^[A-Za-z_][A-Za-z0-9_]*$/,
        keyMust: 'a variable name (letters, digits, underscores)'
      }),
      new Map<string, string>()
    )
  },
  {
    description:
      'An image that is built from this repository. It is built once per content of its context, Dockerfile and build arguments.'
  }
)

const helm = object(
  {
    chart: required(
      text({
        description: 'Directory or .tgz archive of the chart, relative to the repository, or an oci:// reference.',
        examples: ['charts/web', 'oci://ghcr.io/acme/charts/web']
      })
    ),
    version: optional(text({ description: 'Version of a chart that is an oci:// reference.', examples: ['1.4.2'] })),
    release: optional(name("Name of the release. Default: the target's name.")),
    values: withDefault(
      list(text({ description: 'A values file, relative to the repository.' }), {
        description: 'Values files; later ones win.',
        itemName: 'values files'
      }),
      []
    ),
    set: withDefault(
      mapping(scalarText('The value.'), {
        description: "Single values, as with helm's --set; they win over values files.",
        key: /^[^\s=,]+$/,
        keyMust: 'a path of a value such as service.port'
      }),
      new Map<string, string>()
    ),
    includeCrds: withDefault(boolean("Whether the chart's crds/ directory is deployed too.", true), true)
  },
  {
    description:
      'A Helm chart. It is rendered, then applied like any other manifests; no Helm release is made in the cluster.'
  }
)

const LATER_ENGINES = ['terraform', 'cloudformation', 'kops'] as const

const target = object(
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
    timeout: withDefault(
      duration('How long applying and becoming healthy may take together.', TARGET_DEFAULTS.timeout),
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
    configChecksums: withDefault(
      boolean('Whether a changed ConfigMap or Secret of this target rolls the pods that read it.', true),
      true
    )
  },
  {
    description: 'One thing that is planned and applied as a unit: an application, or a part of one.',
    reserved: Object.fromEntries(LATER_ENGINES.map((word) => [word, later(word)])),
    schema: { oneOf: [{ required: ['manifests'] }, { required: ['helm'] }] },
    check(keys, node, reader, path) {
      const engines = ['manifests', 'helm', ...LATER_ENGINES].filter((key) => keys.has(key))
      if (engines.length === 0) reader.error(node, path, 'needs what to deploy: either "manifests" or "helm".')
      if (engines.length > 1)
        reader.error(
          node,
          path,
          `has ${engines.map((key) => `"${key}"`).join(' and ')}, but a target is one thing. Make it several targets.`
        )
    }
  }
)

const environment = object(
  {
    cluster: withDefault(
      object(
        {
          context: optional(
            text({ description: "A context of the kubeconfig. Default: the kubeconfig's current one." })
          ),
          kubeconfig: optional(
            text({ description: 'A kubeconfig file, relative to the workspace, when it is not the one of the job.' })
          )
        },
        { description: 'The cluster of this environment.' }
      ),
      { context: undefined, kubeconfig: undefined }
    ),
    targets: required(
      mapping(target, {
        description:
          'What is deployed here. Targets without a path of dependsOn between them are deployed side by side.',
        key: DNS_LABEL,
        keyMust: DNS_LABEL_MUST,
        minEntries: 'must declare at least one target.'
      })
    ),
    images: withDefault(
      mapping(
        text({
          description: 'The digest, alone or with its repository.',
          pattern: PINNED,
          must: 'a digest: sha256: and 64 hexadecimal digits, alone or after "repository@"',
          examples: ['ghcr.io/acme/web@sha256:…']
        }),
        {
          description: 'Images pinned to a digest in this environment instead of being built from the checkout.',
          key: DNS_LABEL,
          keyMust: DNS_LABEL_MUST
        }
      ),
      new Map<string, string>()
    ),
    ignore: withDefault(
      list(ignoreRule, {
        description: "Differences that are nobody's fault. One list for preview, deploy and drift.",
        itemName: 'rules'
      }),
      [] as readonly IgnoreRule[]
    ),
    drift: withDefault(
      object(
        {
          heal: withDefault(choice(HEAL, 'Whether drift is put back by itself or only reported.', 'off'), 'off'),
          maxChanges: withDefault(
            count('More drifted objects than this are reported, never healed by themselves.', 100),
            100
          ),
          foreignFields: withDefault(
            choice(FOREIGN_FIELDS, 'What becomes of fields that somebody added inside our objects.', 'report'),
            'report'
          ),
          unmanaged: withDefault(
            choice(
              UNMANAGED,
              'What becomes of objects that nobody declared, in namespaces that a target declares as manifests.',
              'report'
            ),
            'report'
          )
        },
        { description: 'What the drift check does here.' }
      ),
      DRIFT_DEFAULTS
    ),
    onFailure: withDefault(
      choice(
        ON_FAILURE,
        'What a failed deploy does: nothing more, or open a pull request that reverts to the last good commit.',
        'none'
      ),
      'none'
    )
  },
  { description: 'A named place to deploy to.' }
)

export const declarationShape = object(
  {
    version: required(constant(1, 'Version of this format: 1.')),
    images: withDefault(
      mapping(image, {
        description: 'Images that are built from this repository, by name.',
        key: DNS_LABEL,
        keyMust: DNS_LABEL_MUST
      }),
      new Map<string, ImageDeclaration>()
    ),
    environments: required(
      mapping(environment, {
        description: 'The places to deploy to, by name.',
        key: DNS_LABEL,
        keyMust: DNS_LABEL_MUST,
        minEntries: 'must declare at least one environment.'
      })
    )
  },
  { description: 'What a repository deploys and where: read by the gitops-actions root action.' }
)

export type DeclarationContent = Infer<typeof declarationShape>
export type ImageDeclaration = Infer<typeof image>
export type HelmDeclaration = Infer<typeof helm>
export type TargetDeclaration = Infer<typeof target>
export type EnvironmentDeclaration = Infer<typeof environment>
export type DriftPolicy = EnvironmentDeclaration['drift']

function later(engine: string): string {
  return `${engine} targets are not supported by this version of gitops-actions, which deploys "manifests" and "helm". Remove the target, or use a version that supports it.`
}
