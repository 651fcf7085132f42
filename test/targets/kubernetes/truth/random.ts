/** Whole numbers below a limit, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): (limit: number) => number {
  let state = seed | 0
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

/** A copy in random order. */
export function shuffled<T>(items: readonly T[], random: (limit: number) => number): T[] {
  return items
    .map((item) => ({ item, rank: random(2 ** 30) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
