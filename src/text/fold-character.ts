// Folding one character: what is left of it when case, accents and letter forms do not count. Rules: docs/topics.md, "Folding".

/** Letters whose folded form Unicode does not give. A value of '' deletes the letter. */
const FORMS: ReadonlyMap<string, string> = new Map([
  ...pairs('ıi øo łl đd ßss æae œoe'),
  ['й', 'й'], // the one Cyrillic letter that keeps its accent: Россий and Россия differ
  ['ς', 'σ'],
  ...pairs('ٱا ىي یي کك ةه ہه ۀه'),
  ...pairs('ךכ םמ ןנ ףפ ץצ'),
  ['ء', ''],
  ['\u0307', ''], // what lower case leaves of the dot on İ
  ['\u0640', ''], // tatweel
  ['\u02bf', ''], // ʿ
  ['\u02be', ''], // ʾ
  ['\u02bc', ''], // ʼ
  ['\u02bb', ''], // ʻ
])

function pairs(list: string): [string, string][] {
  return list.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)])
}

// Classes of Unicode stand where they are used: a pattern at the top of a file is taken apart at every start of the program, and
// these with those of letter-kinds.ts would take 2.5 ms of it. Where it stands in a function that is done once, at the first call.

function isDigit(letter: string): boolean {
  return /\p{Nd}/u.test(letter)
}

/** The value of a decimal digit of any script. Unicode keeps the ten digits of a script in a row. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && isDigit(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

/** Whether a character is a mark that never counts: an accent, a vowel sign of Arabic or Hebrew, a variation selector. */
export function isDeletedMark(character: string): boolean {
  return /(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(
    character,
  )
}

/** Whether a letter is of a script in which a mark on it never makes another word. */
function losesMarks(letter: string): boolean {
  return /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/u.test(
    letter,
  )
}

function foldLetter(letter: string): string {
  const form = FORMS.get(letter)
  if (form !== undefined) return form
  if (isDigit(letter)) return digitValue(letter)
  if (isDeletedMark(letter)) return ''
  if (!losesMarks(letter)) return letter
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '')
  return FORMS.get(bare) ?? bare
}

/**
 * Folds one character (one code point): NFKC, lower case, no accents, one form per letter, digits 0-9.
 * The result may be empty (a deleted letter) or longer than one character (ligatures).
 */
export function foldCharacter(character: string): string {
  let folded = ''
  for (const letter of character.normalize('NFKC').toLowerCase()) folded += foldLetter(letter)
  return folded
}
