// The numbers that a text tells of, as values: in any digits, or spelled out in English, Arabic or Persian.
import { foldDateWord } from './date-fold.ts'
import { monthOf } from './date-months.ts'
import { foldText } from './fold.ts'

const token = /\p{Nd}+(?:[.,٫٬:]\p{Nd}+)*|\p{L}[\p{L}\p{M}]*/gu
const groups = /\p{Nd}+|[.,٫٬:]/gu

/** Folded words and their values; a bar parts other forms of one number. */
const spelled: readonly (readonly [number, string])[] = [
  [2, 'two|قتيلان|شخصان|اثنان|اثنين|دو'],
  [3, 'three|ثلاثة|ثلاث|سه'],
  [4, 'four|أربعة|أربع|چهار'],
  [5, 'five|خمسة|خمس|پنج'],
  [6, 'six|ستة|ست|شش'],
  [7, 'seven|سبعة|سبع|هفت'],
  [8, 'eight|ثمانية|ثماني|هشت'],
  [9, 'nine|تسعة|تسع|نه'],
  [10, 'ten|عشرة|عشر|ده'],
  [11, 'eleven|یازده'],
  [12, 'twelve|دوازده'],
  [13, 'thirteen|سیزده'],
  [14, 'fourteen|چهارده'],
  [15, 'fifteen|پانزده'],
  [16, 'sixteen|شانزده'],
  [17, 'seventeen|هفده'],
  [18, 'eighteen|هجده|هیجده'],
  [19, 'nineteen|نوزده'],
  [20, 'twenty|عشرون|عشرين|بیست'],
  [30, 'thirty|ثلاثون|ثلاثين|سی'],
  [40, 'forty|أربعون|أربعين|چهل'],
  [50, 'fifty|خمسون|خمسين|پنجاه'],
  [60, 'sixty|ستون|ستين|شصت'],
  [70, 'seventy|سبعون|سبعين|هفتاد'],
  [80, 'eighty|ثمانون|ثمانين|هشتاد'],
  [90, 'ninety|تسعون|تسعين|نود'],
  [200, 'مئتان|مئتين|مائتان|مائتين|دویست'],
  [2_000, 'ألفان|ألفين|ألفي'],
]
const scales: readonly (readonly [number, string])[] = [
  [1e3, 'thousand|ألف|ألفا|آلاف|هزار'],
  [1e6, 'million|millions|mn|مليون|مليونا|ملايين|میلیون'],
  [1e9, 'billion|billions|bn|milliard|مليار|مليارا|مليارات|میلیارد'],
  [1e12, 'trillion|trillions|tn|تريليون|تريليونا|تريليونات|تریلیون'],
]
const numberOf = tableOf(spelled)
const scaleOf = tableOf(scales)
const AND = foldText('و') // "71 thousand and 200"

function tableOf(rows: readonly (readonly [number, string])[]): ReadonlyMap<string, number> {
  return new Map(
    rows.flatMap(([value, words]) => words.split('|').map((word) => [foldText(word), value] as const)),
  )
}

type Token = { readonly word: string; readonly value?: number } // the word is '' for figures

/** Distinct values in ascending order. Years, days of a month and times of day are left out: reports of one day share them. */
export function toldNumbers(text: string): readonly number[] {
  const tokens = Array.from(text.matchAll(token), ([found]) => readToken(found))
  const values = new Set<number>()
  for (let at = 0; at < tokens.length; ) {
    const { value, next } = valueFrom(tokens, at)
    if (value !== undefined && !isOfDate(tokens, at, next, value)) values.add(value)
    at = next
  }
  return [...values].sort((a, b) => a - b)
}

function readToken(found: string): Token {
  if (!/^\p{Nd}/u.test(found)) {
    const word = foldText(found)
    const value = numberOf.get(word)
    return value === undefined ? { word } : { word, value }
  }
  const value = found.includes(':') ? undefined : writtenValue(found)
  return value === undefined ? { word: '' } : { word: '', value }
}

/** Three digits behind a comma are thousands; behind a point only where there are two points. */
function writtenValue(figure: string): number {
  const parts = Array.from(figure.matchAll(groups), ([part]) => part)
  const [whole = '', sign, ...rest] = parts.map((part) => (/\p{Nd}/u.test(part) ? foldText(part) : part))
  const numbers = rest.filter((_, index) => index % 2 === 0)
  if (sign === undefined) return Number(whole)
  const isGrouped =
    numbers.every(({ length }) => length === 3) && (sign === ',' || sign === '٬' || numbers.length > 1)
  return isGrouped ? Number(whole + numbers.join('')) : Number(`${whole}.${numbers[0] ?? '0'}`)
}

/** The value that begins at a place, scaled by the words behind it: `4.5 billion`, `71 هزار و 200`. */
function valueFrom(tokens: readonly Token[], at: number): { readonly value?: number; readonly next: number } {
  const value = tokens[at]?.value
  if (value === undefined) return { next: at + 1 }
  const scale = scaleOf.get(tokens[at + 1]?.word ?? '')
  if (scale === undefined) return { value, next: at + 1 }
  const scaled = Number((value * scale).toPrecision(12))
  const rest = tokens[at + 2]?.word === AND ? tokens[at + 3]?.value : undefined
  if (rest !== undefined && rest < scale && scaleOf.get(tokens[at + 4]?.word ?? '') === undefined)
    return { value: scaled + rest, next: at + 4 }
  return { value: scaled, next: at + 2 }
}

const DAYS_MOST = 31

function isOfDate(tokens: readonly Token[], at: number, next: number, value: number): boolean {
  if (!Number.isInteger(value)) return false
  const isYear = (value >= 1_900 && value < 2_100) || (value >= 1_380 && value < 1_460)
  if (isYear && next === at + 1 && tokens[at]?.word === '') return true
  const isByMonth = [tokens[at - 1], tokens[next]].some(
    (neighbour) =>
      neighbour !== undefined && neighbour.word !== '' && monthOf(foldDateWord(neighbour.word)) !== undefined,
  )
  return value <= DAYS_MOST && isByMonth
}
