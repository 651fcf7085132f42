/**
 * Maps with at most `limit` calls under way; results are in the order of `items`. The first rejection rejects the
 * whole, after which no further call is started.
 */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>
): Promise<R[]> {
  let next = 0
  return mapPicked(items, limit, work, () => (next < items.length ? { index: next++, done() {} } : undefined))
}

/**
 * As `mapConcurrent`, with the places shared out among kinds of work: the next to start is always of the kind that
 * has the fewest under way. So what is slow (the API server creates Services one by one, because each gets an address)
 * does not take every place while what is fast waits behind it.
 */
export async function mapFairly<T, R>(
  items: readonly T[],
  limit: number,
  kindOf: (item: T) => string,
  work: (item: T) => Promise<R>
): Promise<R[]> {
  const kinds = new Map<string, { readonly waiting: number[]; next: number; active: number }>()
  for (const [index, item] of items.entries()) {
    const kind = kinds.get(kindOf(item))
    if (kind) kind.waiting.push(index)
    else kinds.set(kindOf(item), { waiting: [index], next: 0, active: 0 })
  }
  const shares = [...kinds.values()]
  return mapPicked(items, limit, work, () => {
    let least: (typeof shares)[number] | undefined
    for (const share of shares)
      if (share.next < share.waiting.length && (!least || share.active < least.active)) least = share
    const index = least?.waiting[least.next]
    if (!least || index === undefined) return undefined
    const share = least
    share.next++
    share.active++
    return {
      index,
      done() {
        share.active--
      }
    }
  })
}

interface Picked {
  readonly index: number
  done(): void
}

/** The workers of both: each asks `pick` for what to do next until there is nothing. */
async function mapPicked<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
  pick: () => Picked | undefined
): Promise<R[]> {
  const results = new Array<R>(items.length)
  let failed = false
  async function worker(): Promise<void> {
    for (let picked = pick(); picked && !failed; picked = pick()) {
      try {
        results[picked.index] = await work(items[picked.index] as T, picked.index)
        picked.done()
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
