import { post } from '../../src/action/post.ts'

await post('Deploy')
// A keep-alive connection must not hold the step.
process.exit()
