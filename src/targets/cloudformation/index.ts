export {
  CAPABILITIES,
  type CapabilityName,
  type CloudFormationDeclaration,
  type CloudFormationTargetOptions,
  ON_FAILURE,
  type OnFailure
} from './options.ts'
export { cloudformationTarget, readDeployment } from './target.ts'
