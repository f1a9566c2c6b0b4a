// Being asked to stop.

/** Resolves at the first SIGINT or SIGTERM. A second one finds no listener, so it ends the process at once. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
  })
}
