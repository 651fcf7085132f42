import { statusOfFailure } from '../../src/action/infrastructure-outputs.ts'
import { Inputs } from '../../src/action/inputs.ts'
import { readKops } from '../../src/action/kops-inputs.ts'
import { kopsOutputs } from '../../src/action/kops-outputs.ts'
import { Outputs } from '../../src/action/outputs.ts'
import { run } from '../../src/action/run.ts'
import { Session } from '../../src/action/session.ts'
import { INPUTS, OUTPUTS } from './contract.ts'

const outputs = new Outputs(OUTPUTS)

await run(
  async (signal) => {
    const { job, session, failOnDrift } = readKops(new Inputs(INPUTS))
    const finished = await new Session({ ...session, signal }).run([job], { failOnDrift })
    kopsOutputs(finished, outputs)
    if (finished.failure) throw finished.failure
  },
  { onFailure: () => outputs.setDefault('status', statusOfFailure()) }
)
