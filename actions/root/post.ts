import { post } from '../../src/action/post.ts'

await post('GitOps')
// A keep-alive connection must not hold the step.
process.exit()
