// The one error that a runner throws at its caller.

export type QueueErrorCode =
  | 'unreachable' // Redis did not answer in time
  | 'refused' // Redis answered, but not as we need it: wrong password, eviction policy, out of memory
  | 'backlog-full' // too many jobs wait already
  | 'too-large' // a job is larger than a runner carries
  | 'stopped' // the runner takes nothing new

/** `message` is one line for a reader and never holds the Redis URL. */
export class QueueError extends Error {
  readonly code: QueueErrorCode

  constructor(code: QueueErrorCode, message: string) {
    super(message)
    this.name = 'QueueError'
    this.code = code
  }
}
