import type { TerraformDeclaration } from '../../declaration/index.ts'
import type { InfrastructureEngine } from '../infrastructure-unit.ts'

/** Root modules of Terraform and OpenTofu. A state has no place for a record of deployments. */
export const terraformEngine: InfrastructureEngine<TerraformDeclaration> = {
  kind: 'terraform',
  values: (declared) => declared.variables,
  combine: (deployed, present) => ({
    ...deployed,
    allowDestroy: present.allowDestroy,
    lockTimeout: present.lockTimeout,
    parallelism: present.parallelism,
    timeout: present.timeout
  }),
  async target(declared, { values }, setup) {
    const { terraformTarget } = await import('../../targets/terraform/index.ts')
    const { version, workspace, parallelism, ...rest } = declared
    return terraformTarget({
      ...rest,
      ...(version === undefined ? {} : { version }),
      ...(workspace === undefined ? {} : { workspace }),
      ...(parallelism === undefined ? {} : { parallelism }),
      ...setup,
      variables: values
    })
  }
}
