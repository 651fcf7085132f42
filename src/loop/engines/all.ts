import { cloudformationEngine } from './cloudformation.ts'
import type { Engines } from './index.ts'
import { kopsEngine } from './kops.ts'
import { terraformEngine } from './terraform.ts'

/** Every engine for infrastructure, for runs from a declaration. */
export const allEngines: Engines = {
  terraform: terraformEngine,
  cloudformation: cloudformationEngine,
  kops: kopsEngine
}
