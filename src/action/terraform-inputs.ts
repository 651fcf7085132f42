import type { TerraformDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { terraformEngine } from '../loop/engines/terraform.ts'
import { ENGINES } from '../targets/terraform/options.ts'
import {
  type InfrastructureInput,
  type InfrastructureRequest,
  label,
  readInfrastructure,
  slug
} from './infrastructure-inputs.ts'
import type { Inputs } from './inputs.ts'

type Name =
  | InfrastructureInput
  | 'directory'
  | 'workspace'
  | 'engine'
  | 'version'
  | 'variables'
  | 'var-files'
  | 'backend-config'
  | 'allow-destroy'
  | 'lock-timeout'
  | 'parallelism'
  | 'target'
  | 'timeout'

/**
 * What the inputs of the action `terraform-update` ask for.
 * @throws GitOpsError naming the input
 */
export function readTerraform(inputs: Inputs<Name>): InfrastructureRequest {
  const targets = [...readTargets(inputs)].map(
    ([id, terraform]) => [id, { kind: 'terraform', dependsOn: [], terraform }] as const
  )
  return readInfrastructure(inputs, new Map(targets), inputs.optional('target') ?? 'terraform', {
    terraform: terraformEngine
  })
}

/** Every directory in every workspace is a target of its own. */
function readTargets(inputs: Inputs<Name>): Map<string, TerraformDeclaration> {
  const directories = inputs.lines('directory')
  if (directories.length === 0)
    throw new GitOpsError('Input "directory" is required.', {
      hint: 'Name the root module, relative to the workspace; several, one a line.'
    })
  const workspaces = inputs.lines('workspace')
  const common = readCommon(inputs)
  const pairs = directories.flatMap((directory) =>
    (workspaces.length > 0 ? workspaces : [undefined]).map((workspace) => ({ ...common, directory, workspace }))
  )
  const given = inputs.optional('target')
  if (given !== undefined) label('target', given)
  const targets = new Map<string, TerraformDeclaration>()
  for (const declared of pairs) {
    const parts = [
      ...(given === undefined ? [] : [given]),
      ...(given === undefined || directories.length > 1 ? [declared.directory] : []),
      ...(workspaces.length > 1 ? [declared.workspace ?? ''] : [])
    ]
    const id = slug(parts.join('-'))
    if (targets.has(id))
      throw new GitOpsError(`Input "directory": "${declared.directory}" occurs twice (as target "${id}").`, {
        hint: 'Name every root module and workspace once.'
      })
    targets.set(id, declared)
  }
  return targets
}

function readCommon(inputs: Inputs<Name>): Omit<TerraformDeclaration, 'directory' | 'workspace'> {
  const parallelism = inputs.count('parallelism', 0)
  return {
    engine: inputs.choice('engine', ENGINES, 'auto'),
    version: inputs.optional('version'),
    variables: new Map(inputs.pairs('variables')),
    varFiles: inputs.lines('var-files'),
    backendConfig: inputs.lines('backend-config'),
    allowDestroy: inputs.boolean('allow-destroy', false),
    lockTimeout: inputs.duration('lock-timeout', '1m'),
    parallelism: parallelism === 0 ? undefined : parallelism,
    timeout: inputs.duration('timeout', '30m')
  }
}
