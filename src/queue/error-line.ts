// An error as one line of an event.

const lengthMax = 300

/** The message of whatever was thrown: one line, at most 300 characters, without the password of a URL. */
export function errorLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  const line = text.replace(/\s+/g, ' ').trim()
  return line.replace(/\/\/[^/\s]*@/g, '//***@').slice(0, lengthMax)
}
