// Texts that need no cleaning, told by one quick look instead of several slow ones.

const UNEVEN_OR_FOREIGN = / {2}|[^ -~]/
const UNEVEN = / {2}|[\t-\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/
const FOREIGN = /[^\t\n -~]/

/** Is this printable ASCII, so that cleaning would leave it as it is but for white space at its ends? */
export function isSettled(text: string): boolean {
  return !FOREIGN.test(text)
}

/** The same for one line whose white space is single spaces. */
export function isSettledLine(text: string): boolean {
  return !UNEVEN_OR_FOREIGN.test(text)
}

/** Makes every run of white space one space. */
export function collapseSpace(text: string): string {
  return UNEVEN.test(text) ? text.replace(/\s+/g, ' ') : text
}
