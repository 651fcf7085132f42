import { motoPackages } from './aws/packages.ts'
import { ensure } from './binaries.ts'

/**
 * Provides what tests of infrastructure run on before the first of them starts: built beside running tests, and within
 * the time limit of one, a program would take too long.
 */
export default async function setup(): Promise<void> {
  await ensure(['tofu', 'kops', 'terraform-provider-local', 'terraform-provider-object'])
  await motoPackages()
}
