import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  DescribeEventsCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  ExecuteChangeSetCommand,
  GetStackPolicyCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListStackResourcesCommand,
  SetStackPolicyCommand,
  type StackEvent,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand
} from '@aws-sdk/client-cloudformation'
import type { CloudFormationApi } from './api.ts'
import { awsError, isMissingStack } from './aws-error.ts'

/** Throttling is common with CloudFormation: its quota is one for the whole account. */
const ATTEMPTS = 8

/**
 * CloudFormation as the SDK reaches it: credentials, region and endpoint from where the AWS tools take them.
 * @throws AwsError when there is no region
 */
export async function connect(place: { region?: string; signal?: AbortSignal }): Promise<CloudFormationApi> {
  const client = new CloudFormationClient({
    maxAttempts: ATTEMPTS,
    retryMode: 'adaptive',
    ...(place.region === undefined ? {} : { region: place.region })
  })
  const region = await call('the configuration', () => client.config.region())
  // What cleans up must reach AWS when the run is cancelled, so only what looks and waits is cut off.
  const looking = place.signal ? { abortSignal: place.signal } : {}

  return {
    region,
    describeStack: (stack) =>
      unlessMissing(async () => {
        const answer = await call('DescribeStacks', () =>
          client.send(new DescribeStacksCommand({ StackName: stack }), looking)
        )
        return answer.Stacks?.[0]
      }),
    template: (stack) =>
      unlessMissing(async () => {
        const answer = await call('GetTemplate', () =>
          client.send(new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }), looking)
        )
        return answer.TemplateBody === '' ? undefined : answer.TemplateBody
      }),
    resources: (stack) =>
      pages(async (token) => {
        const answer = await call('ListStackResources', () =>
          client.send(new ListStackResourcesCommand({ StackName: stack, ...token }), looking)
        )
        return [answer.StackResourceSummaries ?? [], answer.NextToken]
      }),
    async events(stack, until) {
      const events: StackEvent[] = []
      let next: string | undefined
      do {
        const token = next === undefined ? {} : { NextToken: next }
        const answer = await call('DescribeStackEvents', () =>
          client.send(new DescribeStackEventsCommand({ StackName: stack, ...token }), looking)
        )
        for (const event of answer.StackEvents ?? []) {
          if (until !== undefined && event.EventId === until) return events
          events.push(event)
        }
        next = answer.NextToken
      } while (next !== undefined && next !== '')
      return events
    },
    async validateTemplate(template) {
      const given = 'body' in template ? { TemplateBody: template.body } : { TemplateURL: template.url }
      await call('ValidateTemplate', () => client.send(new ValidateTemplateCommand(given), looking))
    },
    async createChangeSet(input) {
      const answer = await call('CreateChangeSet', () => client.send(new CreateChangeSetCommand(input)))
      return { id: answer.Id ?? '', stackId: answer.StackId ?? '' }
    },
    async describeChangeSet(id) {
      let whole: DescribeChangeSetOutput | undefined
      let next: string | undefined
      do {
        const token = next === undefined ? {} : { NextToken: next }
        const answer = await unlessMissing(() =>
          call('DescribeChangeSet', () =>
            client.send(
              new DescribeChangeSetCommand({ ChangeSetName: id, IncludePropertyValues: true, ...token }),
              looking
            )
          )
        )
        if (!answer) return undefined
        whole = { ...answer, Changes: [...(whole?.Changes ?? []), ...(answer.Changes ?? [])] }
        next = answer.NextToken
      } while (next !== undefined && next !== '')
      return whole
    },
    changeSetProblems: (id) =>
      pages(async (token) => {
        const answer = await call('DescribeEvents', () =>
          client.send(new DescribeEventsCommand({ ChangeSetName: id, Filters: { FailedEvents: true }, ...token }))
        )
        return [answer.OperationEvents ?? [], answer.NextToken]
      }),
    listChangeSets: (stack) =>
      pages(async (token) => {
        const answer = await call('ListChangeSets', () =>
          client.send(new ListChangeSetsCommand({ StackName: stack, ...token }))
        )
        return [answer.Summaries ?? [], answer.NextToken]
      }),
    async executeChangeSet({ id, token, disableRollback }) {
      await call('ExecuteChangeSet', () =>
        client.send(
          new ExecuteChangeSetCommand({
            ChangeSetName: id,
            ClientRequestToken: token,
            ...(disableRollback === undefined ? {} : { DisableRollback: disableRollback })
          })
        )
      )
    },
    async deleteChangeSet(id) {
      await unlessMissing(() =>
        call('DeleteChangeSet', () => client.send(new DeleteChangeSetCommand({ ChangeSetName: id })))
      )
    },
    async deleteStack(stackId) {
      await call('DeleteStack', () => client.send(new DeleteStackCommand({ StackName: stackId })))
    },
    stackPolicy: (stack) =>
      unlessMissing(async () => {
        const answer = await call('GetStackPolicy', () =>
          client.send(new GetStackPolicyCommand({ StackName: stack }), looking)
        )
        return answer.StackPolicyBody === '' ? undefined : answer.StackPolicyBody
      }),
    async setStackPolicy(stack, body) {
      await call('SetStackPolicy', () =>
        client.send(new SetStackPolicyCommand({ StackName: stack, StackPolicyBody: body }))
      )
    },
    async setTerminationProtection(stack, on) {
      await call('UpdateTerminationProtection', () =>
        client.send(new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: on }))
      )
    },
    async detectDrift(stack) {
      const answer = await call('DetectStackDrift', () =>
        client.send(new DetectStackDriftCommand({ StackName: stack }), looking)
      )
      return answer.StackDriftDetectionId ?? ''
    },
    driftDetection: (id) =>
      call('DescribeStackDriftDetectionStatus', () =>
        client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }), looking)
      ),
    resourceDrifts: (stack) =>
      pages(async (token) => {
        const answer = await call('DescribeStackResourceDrifts', () =>
          client.send(new DescribeStackResourceDriftsCommand({ StackName: stack, MaxResults: 100, ...token }), looking)
        )
        return [answer.StackResourceDrifts ?? [], answer.NextToken]
      }),
    async upload(object) {
      const { openUploads } = await import('./uploads.ts')
      return (await openUploads(region)).put(object)
    },
    async removeUpload(object) {
      const { openUploads } = await import('./uploads.ts')
      await (await openUploads(region)).remove(object)
    }
  }
}

async function call<T>(operation: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw awsError(operation, error)
  }
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const failure = awsError('', error)
    if (isMissingStack(failure) || /^ChangeSetNotFound/.test(failure.code)) return undefined
    throw error
  }
}

async function pages<T>(
  page: (token: { NextToken?: string }) => Promise<[readonly T[], string | undefined]>
): Promise<T[]> {
  const all: T[] = []
  let next: string | undefined
  do {
    const [items, following] = await page(next === undefined ? {} : { NextToken: next })
    all.push(...items)
    next = following === '' ? undefined : following
  } while (next !== undefined)
  return all
}
