import { parseDuration } from '../duration.ts'
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
  converted,
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

const OURS = 'gitops-actions'

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
        arn('Role that CloudFormation works with. Default: the one that the stack has, or the credentials of the job.')
      ),
      s3Bucket: optional(
        text({
          description:
            'Bucket for templates that are too large to be sent (51,200 bytes). The template passes through it and is removed again.'
        })
      ),
      s3Prefix: withDefault(text({ description: 'Folder in that bucket.', fallback: OURS }), OURS),
      stackPolicy: optional(
        text({
          description:
            'File with the stack policy (JSON), relative to the repository. It is set after an update has succeeded. Default: the policy is not looked after.'
        })
      ),
      terminationProtection: optional(
        boolean('Whether the stack is protected against deletion. Default: that is not looked after.')
      ),
      rollbackTriggers: withDefault(
        list(arn('ARN of a CloudWatch alarm.'), {
          description: 'ARNs of CloudWatch alarms that undo an update.',
          itemName: 'ARNs'
        }),
        []
      ),
      rollbackMonitoringTime: withDefault(
        converted(minutes, {
          schema: {
            type: 'string',
            pattern: '^(\\d+(ms|s|m|h))+$',
            description: 'How long the alarms are watched after an update, in whole minutes.',
            default: '0m',
            examples: ['10m']
          },
          must: 'a duration of whole minutes, at most 3h, such as 10m'
        }),
        0
      ),
      notificationArns: withDefault(
        list(arn('ARN of a SNS topic.'), {
          description: 'ARNs of SNS topics that are told the events of the stack.',
          itemName: 'ARNs'
        }),
        []
      ),
      onFailure: withDefault(
        choice(
          ON_FAILURE,
          'What becomes of a deploy that fails. delete undoes an update, and deletes a stack that could not be made; rollback undoes an update, and leaves the empty shell of a stack that could not be made; do-nothing leaves everything as it is then.',
          'delete'
        ),
        'delete'
      ),
      importResources: optional(
        text({
          description:
            'File that lists resources which exist and are to be taken into the stack, relative to the repository: a list of ResourceType, LogicalResourceId and ResourceIdentifier.'
        })
      ),
      importExisting: withDefault(
        boolean(
          'Whether resources are taken over that exist already under the names which the template gives them.',
          false
        ),
        false
      ),
      includeNestedStacks: withDefault(boolean('Whether plans look into nested stacks.', true), true),
      changeSetPrefix: withDefault(
        text({
          description: 'Beginning of the names of the change sets.',
          pattern: /^[A-Za-z][A-Za-z0-9-]{0,99}$/,
          must: 'letters, digits and dashes, a letter first, 100 at most',
          fallback: OURS
        }),
        OURS
      ),
      allowDestroy: withDefault(
        boolean(
          'Whether resources may be deleted, also to be replaced. Without it, a plan that does so, or may do so, is shown, and nothing of it is applied.',
          false
        ),
        false
      ),
      timeout: withDefault(
        duration(
          'How long planning, and how long applying, may take. An update that takes longer goes on in AWS; the next run waits for it.',
          '1h'
        ),
        3_600_000
      )
    },
    {
      description:
        'A stack of CloudFormation. Its outputs can be values of other targets: {from: <target>, output: <name>}.'
    }
  ),
  ({ rollbackTriggers, rollbackMonitoringTime, includeNestedStacks, ...rest }): CloudFormationDeclaration => ({
    ...rest,
    nestedStacks: includeNestedStacks,
    rollbackConfiguration: { triggers: rollbackTriggers, monitoringTime: rollbackMonitoringTime }
  })
)

function arn(description: string): Shape<string> {
  return text({
    description,
    pattern: /^arn:[\w-]+:[\w-]+:\S+$/,
    must: 'an ARN, such as arn:aws:iam::123456789012:role/deploy'
  })
}

/** Whole minutes as milliseconds; CloudFormation watches for three hours at most. */
function minutes(value: string | number): number | undefined {
  const time = typeof value === 'string' ? parseDuration(value) : undefined
  return time !== undefined && time % 60_000 === 0 && time <= 10_800_000 ? time : undefined
}
