import { readDrift } from '../../src/action/drift-inputs.ts'
import { driftOutputs } from '../../src/action/drift-outputs.ts'
import { Inputs } from '../../src/action/inputs.ts'
import { Outputs } from '../../src/action/outputs.ts'
import { run } from '../../src/action/run.ts'
import { Session } from '../../src/action/session.ts'
import { INPUTS, OUTPUTS } from './contract.ts'

const outputs = new Outputs(OUTPUTS)

await run(
  async (signal) => {
    const { job, session, failOnDrift } = await readDrift(new Inputs(INPUTS))
    const finished = await new Session({ ...session, signal }).run([job], { failOnDrift })
    driftOutputs(finished, outputs)
    if (finished.failure) throw finished.failure
  },
  { onFailure: () => outputs.setDefault('status', 'error') }
)
