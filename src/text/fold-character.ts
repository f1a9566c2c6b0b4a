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

/** Scripts in which a mark on a letter never makes another word. */
const LOSES_MARKS = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/u
const MARK = /\p{M}/gu
const DIGIT = /\p{Nd}/u

/** The value of a decimal digit of any script. Unicode keeps the ten digits of a script in a row. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

const DELETED_MARK =
  /(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u

/** Whether a character is a mark that never counts: an accent, a vowel sign of Arabic or Hebrew, a variation selector. */
export function isDeletedMark(character: string): boolean {
  return DELETED_MARK.test(character)
}

function foldLetter(letter: string): string {
  const form = FORMS.get(letter)
  if (form !== undefined) return form
  if (DIGIT.test(letter)) return digitValue(letter)
  if (isDeletedMark(letter)) return ''
  if (!LOSES_MARKS.test(letter)) return letter
  const bare = letter.normalize('NFD').replace(MARK, '')
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
