// `presslark explain 5 | head` closes the pipe before everything is said: that is an end, not an error.

/** Ends the program quietly once nobody reads its output any more. */
export function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
}
