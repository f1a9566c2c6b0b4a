// What people see in a terminal: safe text, times, JSON.
import { print } from './print.ts'

/** Text of feeds may hold control characters; none reaches the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ')
}

/** `2020-01-24 05:00 UTC`; a dash for nothing. */
export function shortTime(at: number | undefined): string {
  return at === undefined ? '-' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Prints a value as JSON, indented, for `--json`. */
export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, null, 2)}\n`)
}
