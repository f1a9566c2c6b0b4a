// One spelling for what dates are written in: ASCII digits, lower case, no marks, one form of each Arabic letter.

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ي', 'ی'],
  ['ى', 'ی'],
  ['ك', 'ک'],
  ['ة', 'ه'],
  ['ı', 'i'],
  ['ς', 'σ'],
  ['،', ','],
  ['؛', ' '],
  ['٫', '.'],
  ['−', '-'],
  ['–', '-'],
  ['：', ':'],
])

/** Folds a word or a whole date text. Zero-width and bidi characters vanish; combining marks too (أ becomes ا). */
export function foldDateWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\u0640]/gu, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .normalize('NFC') // Hangul was taken apart too
    .toLowerCase()
    .replace(/[يىكةıς،؛٫−–：]/g, (letter) => LETTERS.get(letter) ?? letter)
}
