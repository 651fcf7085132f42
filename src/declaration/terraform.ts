import type { GivenValue } from '../targets/setup.ts'
import { ENGINES, type EngineChoice } from '../targets/terraform/options.ts'
import { givenValues } from './given.ts'
import { boolean, choice, count, list, object, optional, required, type Shape, text, withDefault } from './shape.ts'
import { duration } from './values.ts'

/** A root module in one workspace, as it is declared. Paths are relative to the checkout. */
export interface TerraformDeclaration {
  readonly directory: string
  readonly workspace: string | undefined
  readonly engine: EngineChoice
  readonly version: string | undefined
  readonly variables: ReadonlyMap<string, GivenValue>
  readonly varFiles: readonly string[]
  /** `key=value`, or a file. */
  readonly backendConfig: readonly string[]
  readonly allowDestroy: boolean
  /** Milliseconds. */
  readonly lockTimeout: number
  readonly parallelism: number | undefined
  /** Milliseconds. */
  readonly timeout: number
}

export const terraform: Shape<TerraformDeclaration> = object(
  {
    directory: required(
      text({
        description: 'The root module, relative to the repository.',
        examples: ['infrastructure/terraform/network']
      })
    ),
    workspace: optional(
      text({ description: 'Workspace of Terraform. Default: "default", or what TF_WORKSPACE of the job says.' })
    ),
    engine: withDefault(
      choice(
        ENGINES,
        'Terraform or OpenTofu; auto: what the version file, .tofu files or the lock file speak of, else what is on the PATH.',
        'auto'
      ),
      'auto'
    ),
    version: optional(
      text({
        description:
          'The version that is wanted. Default: that of .terraform-version, .opentofu-version or .tool-versions beside the root module or above it, else any from 1.5 on. What the PATH does not have is downloaded.',
        examples: ['1.9.8', '~> 1.9']
      })
    ),
    variables: withDefault(
      givenValues({
        description:
          'Input variables; they win over all files. A list or map is written as a text in the syntax of Terraform.',
        value: 'The value: a text, number or boolean, or {from, output}, an output of another target.',
        key: /^[^\d\s=-][^\s=]*$/,
        keyMust: 'the name of a variable of Terraform (letters, digits, underscores, dashes)'
      }),
      new Map<string, GivenValue>()
    ),
    varFiles: withDefault(
      list(text({ description: 'A file of variables, relative to the repository.' }), {
        description: 'Files of variables; later ones win.',
        itemName: 'files of variables'
      }),
      []
    ),
    backendConfig: withDefault(
      list(
        text({
          description: 'A setting, or a file of them, relative to the repository.',
          examples: ['key=network.tfstate', 'infrastructure/backend.tfbackend']
        }),
        { description: 'Settings that the backend block leaves open: key=value, or a file.', itemName: 'settings' }
      ),
      []
    ),
    allowDestroy: withDefault(
      boolean(
        'Whether resources may be destroyed, also to be replaced. Without it a plan that destroys something is shown, and nothing of it is applied.',
        false
      ),
      false
    ),
    lockTimeout: withDefault(duration('How long to wait for a state that somebody else has locked.', '1m'), 60_000),
    parallelism: optional(count("How many resources are worked on at once. Default: the tool's own (10).")),
    timeout: withDefault(
      duration(
        'How long each of init, plan and apply may take. After that the tool is asked to stop, and saves its state.',
        '30m'
      ),
      1_800_000
    )
  },
  {
    description:
      'A root module of Terraform or OpenTofu. Its outputs can be values of other targets: {from: <target>, output: <name>}.'
  }
)
