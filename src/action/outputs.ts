import { stringifyJson } from '../json.ts'
import { setOutput } from './commands.ts'

/** Sets an action's outputs; `names` are those of its `contract.ts`. Set what is known as soon as it is: outputs hold on failure too. */
export class Outputs<Name extends string> {
  readonly names: readonly Name[]
  readonly #set = new Set<Name>()

  constructor(names: readonly Name[]) {
    this.names = names
  }

  /** Lists become newline-separated text, objects JSON. Never give it a secret: GitHub drops such outputs. */
  set(name: Name, value: string | number | boolean | readonly string[] | object): void {
    this.#set.add(name)
    if (Array.isArray(value)) setOutput(name, value.join('\n'))
    else setOutput(name, typeof value === 'object' ? stringifyJson(value) : String(value))
  }

  /** Sets an output that was not set yet: for a run that ends before it knows better. */
  setDefault(name: Name, value: string): void {
    if (!this.#set.has(name)) this.set(name, value)
  }
}
