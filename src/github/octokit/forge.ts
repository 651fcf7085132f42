import type { ConnectOptions } from '../connect.ts'
import type { DeploymentOperations, Forge, GitOperations, IssueOperations, PullOperations } from '../forge.ts'
import { Client } from './client.ts'
import { deploymentOperations } from './deployments.ts'
import { gitOperations } from './git.ts'
import { issueOperations } from './issues.ts'
import { pullOperations } from './pulls.ts'

/** The real Forge: GitHub's REST API by octokit. Loaded only through `connectForge`. */
export class OctokitForge implements Forge {
  readonly repository: string
  readonly issues: IssueOperations
  readonly deployments: DeploymentOperations
  readonly git: GitOperations
  readonly pulls: PullOperations

  constructor(options: ConnectOptions) {
    const client = new Client(options)
    this.repository = options.repository
    this.issues = issueOperations(client)
    this.deployments = deploymentOperations(client)
    this.git = gitOperations(client)
    this.pulls = pullOperations(client, options.serverUrl ?? 'https://github.com')
  }
}
