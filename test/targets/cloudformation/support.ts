import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Logger } from '../../../src/log.ts'
import { type CloudFormationTargetOptions, cloudformationTarget } from '../../../src/targets/cloudformation/index.ts'
import type { Plan } from '../../../src/targets/plan.ts'
import type { Target } from '../../../src/targets/target.ts'

/** A checkout with a template, and targets made from it. */
export class StackCheckout {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'gitops-actions-stack-'))
  readonly lines: string[] = []
  readonly secrets: string[] = []
  readonly #stack: string

  constructor(stack: string) {
    this.#stack = stack
  }

  write(file: string, text: string): void {
    const absolute = path.join(this.folder, file)
    mkdirSync(path.dirname(absolute), { recursive: true })
    writeFileSync(absolute, text)
  }

  template(text: string): void {
    this.write('stack.yaml', text)
  }

  target(options: Partial<CloudFormationTargetOptions> = {}): Promise<Target> {
    return cloudformationTarget({
      id: 'queues',
      environment: 'test',
      checkout: this.folder,
      stack: this.#stack,
      template: 'stack.yaml',
      region: 'us-east-1',
      parameters: new Map(),
      parameterFiles: [],
      tags: new Map(),
      capabilities: [],
      roleArn: undefined,
      s3Bucket: undefined,
      s3Prefix: 'gitops-actions',
      stackPolicy: undefined,
      rollbackConfiguration: { triggers: [], monitoringTime: 0 },
      notificationArns: [],
      onFailure: 'delete',
      importResources: undefined,
      importExisting: false,
      nestedStacks: true,
      terminationProtection: undefined,
      changeSetPrefix: 'gitops-actions',
      allowDestroy: false,
      timeout: 60_000,
      source: { revision: 'abc', repository: 'acme/shop', run: 'https://github.com/acme/shop/actions/runs/1' },
      secretKey: Buffer.from('key of the run'),
      log: collect(this.lines),
      onSecret: (secret) => this.secrets.push(secret),
      // Looks as often, in a tenth of the time.
      clock: QUICK,
      ...options
    })
  }
}

const QUICK: NonNullable<CloudFormationTargetOptions['clock']> = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds / 40)
      signal?.addEventListener('abort', () => {
        clearTimeout(timer)
        reject(new Error('aborted'))
      })
    }),
  random: () => 0.5
}

export function words(plan: Plan): string[] {
  return plan.changes.map((change) => `${change.action} ${change.resource.id}`)
}

function collect(lines: string[]): Logger {
  const add = (message: string) => {
    lines.push(message)
  }
  return { info: add, debug: add, warning: add, error: add, group: (_title, work) => work() }
}
