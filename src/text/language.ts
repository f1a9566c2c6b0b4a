// Which language a text is in: first by letters and short words that only one language uses, then by statistics.

import { readsLikeEnglish } from './english-words.ts'

/** Guesses a language by statistics: a code of ISO 639-1, or '' when it cannot tell. */
export type LanguageDetector = (text: string) => string

/**
 * Loads the statistical detector (eld, some megabytes and up to a second). It is not needed for Pashto, Urdu, Sorani and
 * Kurmanji, which it does not know apart, but for nearly everything else.
 */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/small')
  return (text) => {
    const result = eld.detect(text)
    const score = result.getScores()[result.language] ?? 0
    return result.isReliable() && score >= SCORE_MIN ? result.language : ''
  }
}

/** Titles it got right scored 0.73 and more; those it got wrong, and names in no language at all, less than 0.6. */
const SCORE_MIN = 0.6

/** What a language's own letters and words look like. All tests of an entry must hold. */
type Mark = { readonly language: string; readonly tests: readonly RegExp[] }

// A word of a language must stand alone: \b knows no letters beyond ASCII.
function alone(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${pattern})(?![\\p{L}\\p{M}])`, 'iu')
}

function oneOf(words: string): RegExp {
  return alone(words.replaceAll(' ', '|'))
}

function either(one: RegExp, other: RegExp): RegExp {
  return new RegExp(`${one.source}|${other.source}`, 'iu')
}

const KURMANJI_LETTERS = /^[\p{ASCII}çêîşûÇÊÎŞÛ‘’“”«»–—…]*$/u
// Words of four letters and more that end as Kurmanji ones do, without those of Portuguese.
const KURMANJI_ENDING = alone('(?!(?:você|bebê|porquê)(?!\\p{L}))\\p{L}{2,}(?:ê|ên|î|în|û|yê|iyan|anê)')
const KURMANJI_WORDS = oneOf(
  'li ji bo di û xwe kir dike dikin dibin diçin hat hatin hate yên ên bûn navbera çû çûn nû danîn ye re jî dê wê vê piştî dijî ket dibe',
)

/** Sure signs, tried in order. Letters are measured on headlines; a longer text of another language may quote a name with them. */
const MARKS: readonly Mark[] = [
  { language: 'ckb', tests: [/[ڕڵۆێە]/u, /^[^ټډړږښځڅېۍڼګ]*$/su] },
  { language: 'ps', tests: [/[ټډړږښځڅېۍڼګ]/u] },
  { language: 'ur', tests: [/[ٹڈڑںےہ]/u] },
  { language: 'ur', tests: [oneOf('کا کو سے اور تھا تھی')] },
  // Nearly every Pashto headline has the word of; in Arabic ones it is a doctor, mostly with a dot.
  {
    language: 'ps',
    tests: [alone('د(?=\\s+\\p{L})'), /[یک]|(?<!\p{L})(?:په|ته|سره|شو|شوه)(?!\p{L})|[او]نو(?!\p{L})/u],
  },
  { language: 'ps', tests: [oneOf('وايي وویل ووایل کوي')] },
  { language: 'ku', tests: [/[êîû]/iu, oneOf('li ji bo di û xwe kir dike hatin yên ên bûn navbera')] },
  // Kurmanji writes no other letters than these.
  { language: 'ku', tests: [KURMANJI_LETTERS, /[êîû]/iu, either(KURMANJI_ENDING, KURMANJI_WORDS)] },
  {
    language: 'ku',
    tests: [KURMANJI_LETTERS, either(oneOf('hatin xwe dikin dixwazin'), /^li (?=.*[çş])/iu)],
  },
  // Turkish parts a name from its ending: Irak’ta, Tahran’dan, Erdoğan’ın.
  { language: 'tr', tests: [/\p{Lu}\p{L}{2,}['’](?:[td][ae]n?|y[aeıiuü]|n?[ıiuü]n)(?!\p{L})/u] },
]

/** Letters by which Persian and Arabic differ, for when the detector is not loaded or cannot tell. */
const WEAK_MARKS: readonly Mark[] = [
  { language: 'fa', tests: [/[پچژگ]|ک|ی(?=[\p{L}\u200c])/u, /^[^ةأإىيك]*$/su] },
  { language: 'ar', tests: [/[ةأإىيك]|(?<!\p{L})[وبف]?ال\p{L}{3}/u, /^[^پچژگکی]*$/su] },
  { language: 'he', tests: [/\p{Script=Hebrew}/u] },
  { language: 'tr', tests: [/[ğışİ]/u, /^[^əșțăâêû]*$/su] },
  { language: 'en', tests: [/^[\p{ASCII}’‘“”–—…]*$/u, oneOf('the and with says after from')] },
]

/**
 * The language of a text as a code of BCP 47, 'und' when unsure. A title is enough; the first few hundred letters are read.
 * `declared` is what the feed says: it decides where letters and statistics cannot.
 */
export function detectLanguage(text: string, detector?: LanguageDetector, declared?: string): string {
  const start = text.slice(0, READ_MAX)
  if (!/\p{L}{2}/u.test(start)) return declaredOr(declared, 'und')
  const sure = marked(MARKS, start)
  if (sure !== undefined) return sure
  const guess = believed(detector?.(start) ?? '', start, declared)
  if (!CERTAIN.has(guess) && readsLikeEnglish(start)) return 'en'
  return guess === '' ? declaredOr(declared, marked(WEAK_MARKS, start) ?? 'und') : guess
}

/** Languages of much news in Latin letters, which share words with English. */
const CERTAIN: ReadonlySet<string> = new Set('en fr de es it tr'.split(' '))

const READ_MAX = 400

function marked(marks: readonly Mark[], text: string): string | undefined {
  return marks.find(({ tests }) => tests.every((test) => test.test(text)))?.language
}

/** Letters that a headline in one of these languages hardly ever lacks, and the language it is in when it does. */
const NEEDED: Readonly<Record<string, readonly [letters: RegExp, otherwise: string]>> = {
  sr: [/[a-zјљњћђџ]/iu, 'ru'],
  mk: [/[ѓќѕјљњџ]/iu, 'ru'],
  uk: [/[іїєґ]/iu, 'ru'],
  bg: [either(/ъ/iu, oneOf('се са ще със към след беше бяха ги му най')), 'ru'],
  az: [/[əqx]/iu, 'tr'],
  fa: [/[پچژگکی]|^[^ةأإىيك]*$|(?<!\p{L})(?:در|از|به|با|را|است|شد|که|بر|این|آن|و)(?!\p{L})/su, 'ar'],
  ur: [/[ٹڈڑںےہ]|(?<!\p{L})(?:کی|کر|پر)(?!\p{L})/u, 'fa'],
  ku: [/[a-z]/iu, 'ckb'], // the detector says ku for both Kurdish languages
}

function believed(guess: string, text: string, declared?: string): string {
  const [letters, otherwise] = declaredOr(declared, '') === guess ? [] : (NEEDED[guess] ?? [])
  return letters === undefined || otherwise === undefined || letters.test(text) ? guess : otherwise
}

function declaredOr(declared: string | undefined, otherwise: string): string {
  const primary = declared?.split(/[-_]/)[0]?.toLowerCase() ?? ''
  return primary === '' || primary === 'und' ? otherwise : primary
}
