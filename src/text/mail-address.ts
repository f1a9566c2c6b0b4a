// What counts as a mail address here: strict, because a mail library once read a line break in one as a second recipient.

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** A bare `local@domain` of ASCII dot-atoms (RFC 5321, section 4.1.2, without quoted strings and address literals), at most 254 long. */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > 64 || text.length > 254) return false
  const domain = text.slice(at + 1)
  return LOCAL.test(text.slice(0, at)) && domain.split('.').every((label) => LABEL.test(label))
}
