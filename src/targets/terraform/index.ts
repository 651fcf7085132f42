export { ENGINES, type EngineChoice, type TerraformTargetOptions } from './options.ts'
export { terraformTarget } from './target.ts'
