import { readImage } from '../../src/action/image-inputs.ts'
import { announceImage, imageOutputs } from '../../src/action/image-outputs.ts'
import { Inputs } from '../../src/action/inputs.ts'
import { Outputs } from '../../src/action/outputs.ts'
import { run } from '../../src/action/run.ts'
import { buildImage } from '../../src/image/index.ts'
import { INPUTS, OUTPUTS } from './contract.ts'

const outputs = new Outputs(OUTPUTS)

await run(
  async (signal) => {
    const options = readImage(new Inputs(INPUTS))
    const announce = announceImage(outputs)
    await imageOutputs(buildImage({ ...options, signal, announce }), options, outputs)
  },
  { onFailure: () => outputs.setDefault('built', 'false') }
)
