import type { CloudFormationDeclaration } from '../../declaration/index.ts'
import type { InfrastructureEngine } from '../infrastructure-unit.ts'

/** Stacks of CloudFormation. What was deployed is told by their change sets. */
export const cloudformationEngine: InfrastructureEngine<CloudFormationDeclaration> = {
  kind: 'cloudformation',
  values: (declared) => declared.parameters,
  combine: (deployed, present) => ({
    ...deployed,
    roleArn: present.roleArn,
    s3Bucket: present.s3Bucket,
    s3Prefix: present.s3Prefix,
    onFailure: present.onFailure,
    importExisting: present.importExisting,
    nestedStacks: present.nestedStacks,
    changeSetPrefix: present.changeSetPrefix,
    allowDestroy: present.allowDestroy,
    timeout: present.timeout
  }),
  async target(declared, { values }, setup) {
    const { cloudformationTarget } = await import('../../targets/cloudformation/index.ts')
    return cloudformationTarget({ ...declared, ...setup, parameters: values })
  },
  async deployed(declared, setup) {
    const { readDeployment } = await import('../../targets/cloudformation/index.ts')
    return readDeployment(declared, setup)
  }
}
