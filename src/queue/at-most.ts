// A promise with a limit to the waiting.

/**
 * Settles as `promise` does, or resolves to `'late'` after `limitMs`, whichever comes first. Leaves no timer behind. Waits one turn
 * longer, because after our own thread was held up timers come before the answers that have arrived meanwhile.
 */
export function atMost<T>(limitMs: number, promise: Promise<T>): Promise<T | 'late'> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => setImmediate(() => late.resolve('late')), limitMs)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}
