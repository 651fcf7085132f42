import fc from 'fast-check'
import { PLAYED } from './samples/index.ts'

/** Something that happens to one object before it is compared. Numbers choose among what the kind offers. */
export type Step =
  /** The declaration changes in Git. */
  | { readonly op: 'declare'; readonly place: number; readonly value: number }
  /** We deploy. */
  | { readonly op: 'deploy' }
  /** Somebody replaces the object with a changed copy, as `kubectl edit` does. */
  | { readonly op: 'edit'; readonly manager: number; readonly place: number; readonly value: number }
  /** Another tool applies one field with force. */
  | { readonly op: 'apply'; readonly manager: number; readonly place: number; readonly value: number }
  /** Somebody turns a list around. */
  | { readonly op: 'reverse'; readonly list: number }
  /** Somebody throws the ownership records away. */
  | { readonly op: 'forget' }

export interface Scenario {
  readonly kind: string
  /** Who made the object: we did, or somebody else by creating or by applying it. */
  readonly origin: 'ours' | 'created' | 'applied'
  /** The few places of the object that everything is about, so that Git and live changes meet. */
  readonly places: readonly number[]
  readonly steps: readonly Step[]
  /** The first of the places is ignored. */
  readonly ignore: boolean
}

const place = fc.nat(9999)
const value = fc.nat(9)
const manager = fc.nat(9)
const op = <T extends string>(name: T): fc.Arbitrary<T> => fc.constant(name)

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  kind: fc.constantFrom(...Object.keys(PLAYED)),
  origin: fc.oneof(
    { weight: 6, arbitrary: op('ours') },
    { weight: 1, arbitrary: op('created') },
    { weight: 1, arbitrary: op('applied') }
  ),
  places: fc.array(place, { minLength: 1, maxLength: 3 }),
  steps: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ op: op('declare'), place, value }) },
      { weight: 6, arbitrary: fc.record({ op: op('edit'), manager, place, value }) },
      { weight: 2, arbitrary: fc.record({ op: op('apply'), manager, place, value }) },
      { weight: 2, arbitrary: fc.record({ op: op('deploy') }) },
      { weight: 1, arbitrary: fc.record({ op: op('reverse'), list: fc.nat(99) }) },
      { weight: 1, arbitrary: fc.record({ op: op('forget') }) }
    ),
    { minLength: 1, maxLength: 7 }
  ),
  ignore: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })
})
