import {
  CAPABILITIES,
  type CloudFormationDeclaration as CloudFormationValues,
  ON_FAILURE
} from '../targets/cloudformation/options.ts'
import type { GivenValue } from '../targets/setup.ts'
import { givenValues } from './given.ts'
import {
  boolean,
  choice,
  list,
  mapping,
  object,
  optional,
  required,
  type Shape,
  scalarText,
  text,
  transformed,
  withDefault
} from './shape.ts'
import { duration } from './values.ts'

/** A stack, as it is declared. Files are relative to the checkout. */
export type CloudFormationDeclaration = Omit<CloudFormationValues, 'parameters'> & {
  readonly parameters: ReadonlyMap<string, GivenValue>
}

export const cloudformation: Shape<CloudFormationDeclaration> = transformed(
  object(
    {
      stack: required(
        text({
          description: 'Name of the stack.',
          pattern: /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
          must: 'the name of a stack: letters, digits and dashes, a letter first',
          examples: ['acme-queues']
        })
      ),
      template: required(
        text({
          description: 'The template, relative to the repository.',
          examples: ['infrastructure/cloudformation/queues.yaml']
        })
      ),
      region: optional(text({ description: 'Region of the stack. Default: that of the job (AWS_REGION).' })),
      parameters: withDefault(
        givenValues({
          description: 'Parameters of the template; they win over parameter files.',
          value: 'The value: a text, number or boolean, or {from, output}, an output of another target.',
          key: /^[A-Za-z0-9]+$/,
          keyMust: 'the name of a parameter (letters and digits)'
        }),
        new Map<string, GivenValue>()
      ),
      parameterFiles: withDefault(
        list(text({ description: 'A file of parameters, relative to the repository.' }), {
          description: 'Files of parameters; later ones win.',
          itemName: 'files of parameters'
        }),
        []
      ),
      tags: withDefault(
        mapping(scalarText('The value.'), {
          description: 'Tags of the stack, which CloudFormation hands on to its resources.',
          key: /^.{1,128}$/,
          keyMust: 'the name of a tag'
        }),
        new Map<string, string>()
      ),
      capabilities: withDefault(
        list(choice(CAPABILITIES, 'A capability.'), {
          description: 'What the template may do beside plain resources.',
          itemName: 'capabilities'
        }),
        []
      ),
      roleArn: optional(
        text({
          description:
            'Role that CloudFormation works with. Default: the one that the stack has, or the credentials of the job.'
        })
      ),
      s3Bucket: optional(text({ description: 'Bucket for templates that are too large to be sent (51,200 bytes).' })),
      s3Prefix: withDefault(text({ description: 'Beginning of their names in the bucket.' }), 'gitops-actions'),
      stackPolicy: optional(
        text({
          description: 'File with the stack policy, relative to the repository. Default: it is not looked after.'
        })
      ),
      rollbackTriggers: withDefault(
        list(text({ description: 'ARN of an alarm.' }), {
          description: 'Alarms that undo an update.',
          itemName: 'ARNs'
        }),
        []
      ),
      rollbackMonitoringTime: withDefault(
        duration('How long the alarms are watched after an update, in whole minutes.', '0m'),
        0
      ),
      notificationArns: withDefault(
        list(text({ description: 'ARN of a topic.' }), {
          description: 'Topics that are told the events of the stack.',
          itemName: 'ARNs'
        }),
        []
      ),
      onFailure: withDefault(
        choice(
          ON_FAILURE,
          'What becomes of a deploy that fails: `delete` undoes an update and deletes a stack that could not be made, `rollback` leaves the empty shell of the latter, `do-nothing` leaves everything as it is.',
          'delete'
        ),
        'delete'
      ),
      importResources: optional(
        text({
          description:
            'File that lists resources which exist and are to be taken into the stack, relative to the repository.'
        })
      ),
      importExisting: withDefault(
        boolean('Whether resources are taken over that exist under the names which the template gives them.', false),
        false
      ),
      nestedStacks: withDefault(boolean('Whether plans look into nested stacks.', true), true),
      terminationProtection: optional(
        boolean('Whether the stack is protected from deletion. Default: it is not looked after.')
      ),
      changeSetPrefix: withDefault(
        text({ description: 'Beginning of the names of the change sets.' }),
        'gitops-actions'
      ),
      allowDestroy: withDefault(
        boolean(
          'Whether resources may be deleted, also to be replaced. Without it a plan that does so is shown, and nothing of it is applied.',
          false
        ),
        false
      ),
      timeout: withDefault(duration('How long a plan, and how long applying it, may take.', '1h'), 3_600_000)
    },
    {
      description:
        'A stack of CloudFormation. Its outputs can be values of other targets: {from: <target>, output: <name>}.'
    }
  ),
  ({ rollbackTriggers, rollbackMonitoringTime, ...rest }): CloudFormationDeclaration => ({
    ...rest,
    rollbackConfiguration: { triggers: rollbackTriggers, monitoringTime: rollbackMonitoringTime }
  })
)
