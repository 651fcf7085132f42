import { Inputs } from '../../src/action/inputs.ts'
import { Outputs } from '../../src/action/outputs.ts'
import { readRender } from '../../src/action/render-inputs.ts'
import { renderOutputs } from '../../src/action/render-outputs.ts'
import { run } from '../../src/action/run.ts'
import { render } from '../../src/render/index.ts'
import { INPUTS, OUTPUTS } from './contract.ts'

await run(async (signal) => {
  const { source, options, output } = readRender(new Inputs(INPUTS))
  const rendered = await render(source, { ...options, signal })
  await renderOutputs(rendered, { workspace: options.workspace, output }, new Outputs(OUTPUTS))
})
