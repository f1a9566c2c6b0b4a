// Which language a text is in: first by letters and short words that only one language uses, then by statistics.

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
function oneOf(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${words.replaceAll(' ', '|')})(?![\\p{L}\\p{M}])`, 'iu')
}

/** Sure signs, tried in order. Letters are measured on headlines; a longer text of another language may quote a name with them. */
const MARKS: readonly Mark[] = [
  { language: 'ckb', tests: [/[ڕڵۆێە]/u, /^[^ټډړږښځڅېۍ]*$/su] },
  { language: 'ps', tests: [/[ټډړږښځڅېۍ]/u] },
  { language: 'ur', tests: [/[ٹڈڑںےہ]/u] },
  { language: 'ku', tests: [/[êîû]/iu, oneOf('li ji bo di û xwe kir dike hatin yên ên bûn navbera')] },
]

/** Letters by which Persian and Arabic differ, for when the detector is not loaded or cannot tell. */
const WEAK_MARKS: readonly Mark[] = [
  { language: 'fa', tests: [/[پچژگ]|ک|ی(?=[\p{L}\u200c])/u, /^[^ةأإىيك]*$/su] },
  { language: 'ar', tests: [/[ةأإىيك]|(?<!\p{L})[وبف]?ال\p{L}{3}/u, /^[^پچژگکی]*$/su] },
  { language: 'he', tests: [/\p{Script=Hebrew}/u] },
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
  const guess = detector?.(start) ?? ''
  if (guess !== '') return byScript(guess, start)
  return declaredOr(declared, marked(WEAK_MARKS, start) ?? 'und')
}

const READ_MAX = 400

function marked(marks: readonly Mark[], text: string): string | undefined {
  return marks.find(({ tests }) => tests.every((test) => test.test(text)))?.language
}

/** The detector says ku for both Kurdish languages; in Arabic script it is Sorani. */
function byScript(guess: string, text: string): string {
  return guess === 'ku' && /\p{Script=Arabic}/u.test(text) ? 'ckb' : guess
}

function declaredOr(declared: string | undefined, otherwise: string): string {
  const primary = declared?.split(/[-_]/)[0]?.toLowerCase() ?? ''
  return primary === '' || primary === 'und' ? otherwise : primary
}
