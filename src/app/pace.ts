// How much has come lately.

/** Returns a function that counts `amount` and tells how much came within the last one to two times `withinMs`. */
export function createPace(withinMs: number, now: () => number): (amount: number) => number {
  let [since, sum, before] = [now(), 0, 0]
  return (amount) => {
    const steps = Math.floor((now() - since) / withinMs)
    if (steps > 0) {
      before = steps === 1 ? sum : 0
      sum = 0
      since += steps * withinMs
    }
    sum += amount
    return before + sum
  }
}
