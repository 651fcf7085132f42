import { post } from '../../src/action/post.ts'

await post('The drift check')
// A keep-alive connection must not hold the step.
process.exit()
