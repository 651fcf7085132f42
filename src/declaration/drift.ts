import { MOMENT_MUST, parseMoment } from '../moment.ts'
import { namesResources, RESOURCES_MUST } from '../targets/selection.ts'
import { FOREIGN_FIELDS, HEAL, UNMANAGED } from './defaults.ts'
import {
  checked,
  choice,
  count,
  type Infer,
  list,
  object,
  optional,
  type Shape,
  text,
  transformed,
  withDefault
} from './shape.ts'

/** Until when healing is left to people, and why. */
export interface PauseDeclaration {
  /** A date or an RFC 3339 time, as it was written. */
  readonly pausedUntil?: string | undefined
  readonly reason?: string | undefined
}

/** What the drift check does in an environment. */
export interface DriftPolicy extends PauseDeclaration {
  readonly heal: (typeof HEAL)[number]
  readonly maxChanges: number
  readonly foreignFields: (typeof FOREIGN_FIELDS)[number]
  readonly unmanaged: (typeof UNMANAGED)[number]
  /** What healing may touch; undefined for everything. */
  readonly only?: readonly string[] | undefined
  /** What it leaves. */
  readonly except?: readonly string[] | undefined
}

const pause = {
  pausedUntil: optional(
    checked(
      text({
        description:
          'Healing is paused until then: a date (its beginning, UTC) or an RFC 3339 time. Drift is found and reported all the same.',
        examples: ['2026-12-01', '2026-12-01T18:00:00Z']
      }),
      (value) => (parseMoment(value) ? undefined : `is "${value}", but must be ${MOMENT_MUST}.`)
    )
  ),
  reason: optional(
    text({ description: 'Why healing is paused, for everybody who reads the report.', examples: ['incident 4711'] })
  )
}

const resources = (description: string) =>
  optional(
    list(
      checked(
        text({
          description:
            'Objects: Kind, Kind.group, Kind/name or Kind/namespace/name; of infrastructure: an address. * and ? are wildcards.',
          examples: ['Deployment', 'ConfigMap/shop/*', 'aws_instance.web']
        }),
        (value) => (namesResources(value) ? undefined : `"${value}" must be ${RESOURCES_MUST}.`)
      ),
      { description, itemName: 'resources' }
    )
  )

const check: NonNullable<Parameters<typeof object>[1]['check']> = (keys, _node, reader, path) => {
  if (keys.has('reason') && !keys.has('pausedUntil'))
    reader.errorAt([...path, 'reason'], 'says why healing is paused, but not until when: add "pausedUntil".')
}

const environmentKeys = object(
  {
    heal: withDefault(choice(HEAL, 'Whether drift is put back by itself or only reported.', 'off'), 'off'),
    maxChanges: withDefault(
      count(
        'When more objects of a target drifted than this, none of them is healed without a person: all are reported.',
        100
      ),
      100
    ),
    foreignFields: withDefault(
      choice(FOREIGN_FIELDS, 'What becomes of fields that somebody added inside our objects.', 'report'),
      'report'
    ),
    unmanaged: withDefault(
      choice(
        UNMANAGED,
        'What becomes of objects that nobody declared, in namespaces that a target declares, or that it has for itself.',
        'report'
      ),
      'report'
    ),
    only: resources('Healing puts back nothing but these; the rest is reported. Default: everything.'),
    except: resources('Healing leaves these; they are reported. It comes before "only".'),
    ...pause
  },
  { description: 'What the drift check does here.', check }
)

/** The key `drift` of an environment. */
export const driftPolicy: Shape<DriftPolicy> = transformed(
  environmentKeys,
  (keys: Infer<typeof environmentKeys>): DriftPolicy => keys
)

/** The key `drift` of a target. */
export const targetPause: Shape<PauseDeclaration> = object(pause, {
  description: 'What the drift check does with this target, beside what the environment says.',
  check
})
