/** How long trouble may last, or how often it may occur, before it is called a failure. */
export interface Patience {
  /** Ends of a container with an error, within the rollout, until it counts as a crash loop. */
  readonly crashes: number
  /** The same while other objects of the wait are still starting, one of which may be what the container lacks. */
  readonly crashesBesideOthers: number
  /**
   * Whether a pod that crashed before the wait began gets one more try: what was deployed may have removed the cause
   * (a Secret, a database). Pointless when nothing was changed.
   */
  readonly secondChance: boolean
  /** For an image that cannot be pulled: the kubelet's second try comes after 10 s. */
  readonly imageMs: number
  /** For a ConfigMap or Secret that a container needs and that another controller may be about to make. */
  readonly configMs: number
  /** For a pod that no node takes: autoscalers need a moment. */
  readonly schedulingMs: number
  /** For pods that quota or admission refuse: old pods that go may make room. */
  readonly refusalMs: number
  /** For an object that was deleted while it was waited for: its owner may make it anew. */
  readonly missingMs: number
  /** For a new custom resource without any status: its controller should get to it in that time, if there is one. */
  readonly statusMs: number
  /** How long a rollout of containers without a readiness probe must stay healthy: nothing else tells a crash at start. */
  readonly steadyMs: number
  /** For what calls itself failed and runs no pods of its own, such as a custom resource: controllers try again. */
  readonly degradedMs: number
  /** Between two progress lines. */
  readonly progressMs: number
}

export const PATIENCE: Patience = {
  crashes: 3,
  crashesBesideOthers: 5,
  secondChance: true,
  imageMs: 10_000,
  configMs: 15_000,
  schedulingMs: 30_000,
  refusalMs: 10_000,
  missingMs: 10_000,
  statusMs: 3_000,
  steadyMs: 3_000,
  degradedMs: 30_000,
  progressMs: 10_000
}
