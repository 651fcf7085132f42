import { post } from '../../src/action/post.ts'

await post('Terraform update')
// A keep-alive connection must not hold the step.
process.exit()
