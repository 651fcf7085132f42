import type { InfrastructureDeclaration, TargetDeclaration } from '../../declaration/index.ts'
import { GitOpsError } from '../../errors.ts'
import { type InfrastructureUnitOptions, infrastructureUnit } from '../infrastructure-unit.ts'
import type { Unit } from '../unit.ts'
import { cloudformationEngine } from './cloudformation.ts'
import { kopsEngine } from './kops.ts'
import { terraformEngine } from './terraform.ts'

export type EngineUnitOptions = Omit<InfrastructureUnitOptions<unknown>, 'declared' | 'engine' | 'declaredIn'> & {
  readonly declared: InfrastructureDeclaration
  readonly declaredIn: (checkout: string) => Promise<TargetDeclaration>
}

/** The unit of a target, whichever engine makes it: the one place above the targets that knows them all. */
export function engineUnit({ declared, declaredIn, ...rest }: EngineUnitOptions): Unit {
  const wanted = async <K extends InfrastructureDeclaration['kind']>(kind: K, checkout: string) => {
    const other = await declaredIn(checkout)
    if (isOf(other, kind)) return other
    throw new GitOpsError(`In the deployed commit, target "${rest.id}" is one of ${other.kind}, not of ${kind}.`, {
      hint: 'It was deployed from another declaration. Deploy once more.'
    })
  }
  switch (declared.kind) {
    case 'terraform':
      return infrastructureUnit({
        ...rest,
        engine: terraformEngine,
        declared: declared.terraform,
        declaredIn: async (checkout) => (await wanted('terraform', checkout)).terraform
      })
    case 'kops':
      return infrastructureUnit({
        ...rest,
        engine: kopsEngine,
        declared: declared.kops,
        declaredIn: async (checkout) => (await wanted('kops', checkout)).kops
      })
    case 'cloudformation':
      return infrastructureUnit({
        ...rest,
        engine: cloudformationEngine,
        declared: declared.cloudformation,
        declaredIn: async (checkout) => (await wanted('cloudformation', checkout)).cloudformation
      })
  }
}

function isOf<K extends TargetDeclaration['kind']>(
  declared: TargetDeclaration,
  kind: K
): declared is Extract<TargetDeclaration, { readonly kind: K }> {
  return declared.kind === kind
}
