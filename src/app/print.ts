// Prints without the stream of standard output: making that stream takes Node half as long as a search, for a pipe most of all.
import { writeSync } from 'node:fs'
import { endWhenNobodyReads } from './closed-pipe.ts'

const STANDARD_OUTPUT = 1
let isStreaming = false

/** Prints a text. Ends the program quietly when nobody reads any more. */
export function print(text: string): void {
  const rest = isStreaming ? Buffer.from(text) : unwritten(Buffer.from(text))
  if (rest.length > 0) process.stdout.write(rest)
}

/** Writes what can be written at once; what is left is for the stream. */
function unwritten(bytes: Buffer): Buffer {
  let at = 0
  try {
    while (at < bytes.length) at += writeSync(STANDARD_OUTPUT, bytes, at)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EPIPE') process.exit()
    if (code !== 'EAGAIN') throw error
    isStreaming = true // the pipe is full, and shared with a program that does not want to wait: the stream waits, and keeps the order
    endWhenNobodyReads()
  }
  return bytes.subarray(at)
}
