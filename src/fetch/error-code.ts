// Errors are told apart by their codes: constants of ours, Node, OpenSSL and undici, never text from the network.

/** '' for whatever carries none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { code } = error as NodeJS.ErrnoException // any error may carry one
  return typeof code === 'string' ? code : ''
}

/** An error of ours; `failure.ts` has words for its code. */
export function errorWithCode(code: string): Error {
  return Object.assign(new Error(code), { code })
}
