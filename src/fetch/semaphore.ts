// So many at a time, first come first served.

/** Resolves when a seat is free; the caller gives it back exactly once. */
export type Semaphore = { readonly take: () => Promise<() => void> }

export function semaphore(seats: number): Semaphore {
  let free = seats
  const waiting: (() => void)[] = []
  const giveBack = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return {
    take: async () => {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      return giveBack
    },
  }
}
