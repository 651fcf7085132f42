/** GitHub: what the run is about, the drift issue, deployments, the rollback pull request. Loads no client library by itself. */
export { type ConnectOptions, connectForge } from './connect.ts'
export { type GitHubContext, githubContext, type PullRequestEvent, type PushEvent } from './context.ts'
export { type DeploymentOptions, type GitHubDeployments, githubDeployments } from './deployments.ts'
export { DRIFT_LABEL, type DriftIssueOptions, type DriftIssueResult, reportDriftIssue } from './drift-issue.ts'
export type { Forge } from './forge.ts'
export { openRollbackPullRequest, type RollbackOptions, type RollbackResult } from './rollback.ts'
