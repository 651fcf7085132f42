import { post } from '../../src/action/post.ts'

await post('CloudFormation update')
// A keep-alive connection must not hold the step.
process.exit()
