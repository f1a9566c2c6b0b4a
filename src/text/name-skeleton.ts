// One name in the Latin and in the Arabic script: what is left when vowels are dropped and consonants are put into classes.

/** Longer spellings first: each is one class. Letters that are not listed are vowels, or silent. */
const latin: readonly (readonly [string, string])[] = [
  ['sch', 'C'],
  ['sh', 'C'],
  ['ch', 'C'],
  ['kh', 'X'],
  ['gh', 'G'],
  ['zh', 'Z'],
  ['th', 'T'],
  ['dh', 'D'],
  ['ph', 'F'],
  ['ck', 'K'],
  ...pairs('bp', 'B'),
  ...pairs('ckq', 'K'),
  ...pairs('gj', 'G'),
  ...pairs('fv', 'F'),
  ...pairs('d', 'D'),
  ...pairs('h', 'H'),
  ...pairs('l', 'L'),
  ...pairs('m', 'M'),
  ...pairs('n', 'N'),
  ...pairs('r', 'R'),
  ...pairs('s', 'S'),
  ...pairs('t', 'T'),
  ...pairs('z', 'Z'),
  ['x', 'KS'],
]
/** Folded letters. Arabic writes p as b, v as f, g as j, gh or k, and ch as t and sh; Persian has letters of its own. */
const arabic: readonly (readonly [string, string])[] = [
  ['تش', 'C'],
  ...pairs('بپ', 'B'),
  ...pairs('تثط', 'T'),
  ...pairs('جغگ', 'G'),
  ...pairs('چش', 'C'),
  ...pairs('حه', 'H'),
  ...pairs('خ', 'X'),
  ...pairs('دض', 'D'),
  ...pairs('ذزظژ', 'Z'),
  ...pairs('ر', 'R'),
  ...pairs('سص', 'S'),
  ...pairs('ف', 'F'),
  ...pairs('قكک', 'K'),
  ...pairs('ل', 'L'),
  ...pairs('م', 'M'),
  ...pairs('ن', 'N'),
]

function pairs(letters: string, sound: string): readonly (readonly [string, string])[] {
  return Array.from(letters, (letter) => [letter, sound] as const)
}

const soundOf = new Map([...latin, ...arabic])
const spellings = [...soundOf.keys()].toSorted((a, b) => b.length - a.length)
const sound = new RegExp(`${spellings.join('|')}|.`, 'gsu')

/** The classes of a folded word's consonants in order, two alike once, without an h at the end; '' for a word without any. */
export function nameSkeleton(word: string): string {
  const sounds = Array.from(word.matchAll(sound), ([letters]) => soundOf.get(letters) ?? ' ')
  return sounds
    .join('')
    .replaceAll(/(\w)\1+/g, '$1')
    .replaceAll(' ', '')
    .replace(/H$/, '')
}
