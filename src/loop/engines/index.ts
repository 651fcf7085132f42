import type {
  CloudFormationDeclaration,
  InfrastructureDeclaration,
  KopsDeclaration,
  TargetDeclaration,
  TerraformDeclaration
} from '../../declaration/index.ts'
import { GitOpsError } from '../../errors.ts'
import {
  type InfrastructureEngine,
  type InfrastructureUnitOptions,
  infrastructureUnit
} from '../infrastructure-unit.ts'
import type { Unit } from '../unit.ts'

/** The engines that a run can need. Each action brings only its own, so that no other stands in its bundle. */
export interface Engines {
  readonly terraform?: InfrastructureEngine<TerraformDeclaration>
  readonly cloudformation?: InfrastructureEngine<CloudFormationDeclaration>
  readonly kops?: InfrastructureEngine<KopsDeclaration>
}

export type EngineUnitOptions = Omit<InfrastructureUnitOptions<unknown>, 'declared' | 'engine' | 'declaredIn'> & {
  readonly declared: InfrastructureDeclaration
  readonly engines: Engines
  readonly declaredIn: (checkout: string, file?: string) => Promise<TargetDeclaration>
}

/** The unit of a target, whichever engine makes it: the one place above the targets that knows them all. */
export function engineUnit({ declared, declaredIn, engines, ...rest }: EngineUnitOptions): Unit {
  const wanted = async <K extends InfrastructureDeclaration['kind']>(kind: K, checkout: string, file?: string) => {
    const other = await declaredIn(checkout, file)
    if (isOf(other, kind)) return other
    throw new GitOpsError(`In the deployed commit, target "${rest.id}" is one of ${other.kind}, not of ${kind}.`, {
      hint: 'It was deployed from another declaration. Deploy once more.'
    })
  }
  switch (declared.kind) {
    case 'terraform':
      return infrastructureUnit({
        ...rest,
        engine: known(engines.terraform, 'terraform'),
        declared: declared.terraform,
        declaredIn: async (checkout, file) => (await wanted('terraform', checkout, file)).terraform
      })
    case 'kops':
      return infrastructureUnit({
        ...rest,
        engine: known(engines.kops, 'kops'),
        declared: declared.kops,
        declaredIn: async (checkout, file) => (await wanted('kops', checkout, file)).kops
      })
    case 'cloudformation':
      return infrastructureUnit({
        ...rest,
        engine: known(engines.cloudformation, 'cloudformation'),
        declared: declared.cloudformation,
        declaredIn: async (checkout, file) => (await wanted('cloudformation', checkout, file)).cloudformation
      })
  }
}

function isOf<K extends TargetDeclaration['kind']>(
  declared: TargetDeclaration,
  kind: K
): declared is Extract<TargetDeclaration, { readonly kind: K }> {
  return declared.kind === kind
}

function known<D>(engine: InfrastructureEngine<D> | undefined, kind: string): InfrastructureEngine<D> {
  if (engine) return engine
  throw new Error(`this run was given no engine for ${kind}`)
}
