/**
 * The cache of providers that the targets of a process share. Terraform's own is made for one user at a time: an `init`
 * may overwrite a provider that another one is just filling in, or that a plan beside it is running. So inits go one
 * after the other, what uses providers waits for those that are queued, and an init that comes while providers are in use
 * is given a folder of its own.
 */
export class ProviderCache {
  #inits = 0
  #users = 0
  #queue: Promise<unknown> = Promise.resolve()

  /** Runs an `init`, telling it whether it may use the shared folder. */
  init<T>(work: (shared: boolean) => Promise<T>): Promise<T> {
    this.#inits += 1
    const turn = this.#queue.then(() => work(this.#users === 0))
    this.#queue = turn
      .catch(() => {})
      .then(() => {
        this.#inits -= 1
      })
    return turn
  }

  /** Runs what uses providers. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    while (this.#inits > 0) await this.#queue
    this.#users += 1
    try {
      return await work()
    } finally {
      this.#users -= 1
    }
  }
}

/** That of this process. */
export const providerCache = new ProviderCache()
