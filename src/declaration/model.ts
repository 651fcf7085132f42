import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import type { IgnoreRule } from '../targets/kubernetes/compare/index.ts'
import { DRIFT_DEFAULTS, ON_FAILURE, RETIRE_DEFAULTS, RETIRED_OBJECTS } from './defaults.ts'
import { driftPolicy } from './drift.ts'
import { ignoreRule } from './ignore.ts'
import {
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
import { target } from './target.ts'

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

const retire = (what: string) =>
  object(
    {
      objects: withDefault(
        choice(
          RETIRED_OBJECTS,
          `What becomes of the objects of ${what}: they stay and every run says so, or the next deploy deletes them.`,
          'keep'
        ),
        'keep'
      ),
      maxPrune: withDefault(
        count('The most objects that one run deletes for this. More refuses the deletion of all of them.', 100),
        100
      )
    },
    { description: `What becomes of ${what}. It is shown in every preview.` }
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
    healthChecks: optional(
      text({
        description:
          'A file of rules for the health of objects, relative to the repository: a YAML list of {group, kind, healthy, degraded, progressing, suspended, message}, each an expression (CEL). They come before the built-in rules.',
        examples: ['environments/health.yaml']
      })
    ),
    retire: withDefault(retire('a target that leaves this environment'), RETIRE_DEFAULTS),
    drift: withDefault(driftPolicy, DRIFT_DEFAULTS),
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
    ),
    retire: withDefault(retire('an environment that leaves the declaration'), RETIRE_DEFAULTS)
  },
  { description: 'What a repository deploys and where: read by the gitops-actions root action.' }
)

export type DeclarationContent = Infer<typeof declarationShape>
export type ImageDeclaration = Infer<typeof image>
export type EnvironmentDeclaration = Infer<typeof environment>
export type RetirePolicy = EnvironmentDeclaration['retire']
