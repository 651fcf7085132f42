import type { GivenValue } from '../targets/setup.ts'
import { givenValues } from './given.ts'
import { boolean, type Infer, list, object, optional, required, text, withDefault } from './shape.ts'
import { name } from './values.ts'

export const helm = object(
  {
    chart: required(
      text({
        description: 'Directory or .tgz archive of the chart, relative to the repository, or an oci:// reference.',
        examples: ['charts/web', 'oci://ghcr.io/acme/charts/web']
      })
    ),
    version: optional(text({ description: 'Version of a chart that is an oci:// reference.', examples: ['1.4.2'] })),
    release: optional(name("Name of the release. Default: the target's name.")),
    values: withDefault(
      list(text({ description: 'A values file, relative to the repository.' }), {
        description: 'Values files; later ones win.',
        itemName: 'values files'
      }),
      []
    ),
    set: withDefault(
      givenValues({
        description: "Single values, as with helm's --set; they win over values files.",
        value: 'The value: a text, number or boolean, or {from, output}, an output of another target.',
        key: /^[^\s=,]+$/,
        keyMust: 'a path of a value such as service.port'
      }),
      new Map<string, GivenValue>()
    ),
    includeCrds: withDefault(boolean("Whether the chart's crds/ directory is deployed too.", true), true)
  },
  {
    description:
      'A Helm chart. It is rendered, then applied like any other manifests; no Helm release is made in the cluster.'
  }
)

export type HelmDeclaration = Infer<typeof helm>
