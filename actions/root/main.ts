import { Inputs } from '../../src/action/inputs.ts'
import { Outputs } from '../../src/action/outputs.ts'
import { readRoot } from '../../src/action/root-inputs.ts'
import { rootOutputs } from '../../src/action/root-outputs.ts'
import { run } from '../../src/action/run.ts'
import { Session } from '../../src/action/session.ts'
import { INPUTS, OUTPUTS } from './contract.ts'

const outputs = new Outputs(OUTPUTS)

await run(
  async (signal) => {
    const { jobs, session, failOnDrift, collected } = await readRoot(new Inputs(INPUTS), signal)
    const own = new Session(session)
    const finished = collected
      ? await own.tell(collected.reports, { ...collected, failOnDrift })
      : await own.run(jobs, { failOnDrift })
    rootOutputs(finished, outputs)
    if (finished.failure) throw finished.failure
  },
  { onFailure: () => outputs.setDefault('status', 'failed') }
)
