// Wildcards in linear space and bounded time, which a regular expression with several `.*` is not.

/** Whether `text` as a whole fits `pattern`: `star` stands for any run of characters, `any` for exactly one. Takes at most the product of both lengths. */
export function fitsGlob(pattern: string, text: string, star: string, any = ''): boolean {
  let at = 0
  let inPattern = 0
  let afterStar = -1
  let resume = 0
  while (at < text.length) {
    const sign = pattern.charAt(inPattern)
    if (sign === star) {
      afterStar = ++inPattern
      resume = at
    } else if (sign !== '' && sign === any) {
      at += isPairAt(text, at) ? 2 : 1
      inPattern++
    } else if (sign !== '' && sign === text.charAt(at)) {
      at++
      inPattern++
    } else if (afterStar >= 0) {
      inPattern = afterStar
      at = ++resume
    } else {
      return false
    }
  }
  while (inPattern < pattern.length && pattern.charAt(inPattern) === star) inPattern++
  return inPattern === pattern.length
}

/** Whether a character outside the basic plane, which is two units, stands at `at`. */
function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff
}
