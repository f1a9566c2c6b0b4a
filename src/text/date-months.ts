// Month names that feeds write, folded; one row per language and calendar, January first.
import { foldDateWord } from './date-fold.ts'

export type Month = { readonly number: number; readonly calendar: 'gregorian' | 'jalali' }

/** Alternatives of one month are parted by `|`; `_` is a space that dates may have inside a name. */
const GREGORIAN: readonly string[] = [
  'january february march april may june july august september|sept october november december', // English
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre', // French
  'januar|jänner februar|feber märz|maerz|mrz april mai juni juli august september oktober november dezember', // German
  'enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre', // Spanish
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre', // Italian
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro', // Portuguese
  'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık', // Turkish
  'январь|января февраль|февраля март|марта апрель|апреля май|мая июнь|июня июль|июля август|августа сентябрь|сентября октябрь|октября ноябрь|ноября декабрь|декабря', // Russian
  'ιανουάριος|ιανουαρίου φεβρουάριος|φεβρουαρίου μάρτιος|μαρτίου απρίλιος|απριλίου μάιος|μαΐου ιούνιος|ιουνίου ιούλιος|ιουλίου αύγουστος|αυγούστου σεπτέμβριος|σεπτεμβρίου οκτώβριος|οκτωβρίου νοέμβριος|νοεμβρίου δεκέμβριος|δεκεμβρίου', // Greek
  'január február március április május június július augusztus szeptember október november december', // Hungarian
  'januari februari maart april mei juni juli augustus september oktober november december', // Dutch
  'يناير فبراير مارس أبريل|إبريل|نيسان مايو يونيو|يونيه يوليو|يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر', // Arabic, Egypt and the Gulf
  'كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول', // Levant, Iraq
  'جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر', // Algeria, Tunisia
  'يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر', // Morocco
  'ژانویه فوریه مارس آوریل مه|می ژوئن ژوئیه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر', // Persian, Gregorian
]

const JALALI: readonly string[] = [
  'فروردین اردیبهشت خرداد تیر مرداد|امرداد شهریور مهر آبان آذر دی بهمن اسفند',
  'farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand',
]

const MONTHS: ReadonlyMap<string, Month> = monthTable()

/** Persian may add the word for month to the name: مهرماه. */
const MONTH_WORD = foldDateWord('ماه')

/** The month a folded word names, as a whole or by its first three or more letters when these belong to one month only. */
export function monthOf(word: string): Month | undefined {
  return (
    MONTHS.get(word) ??
    (word.endsWith(MONTH_WORD) ? MONTHS.get(word.slice(0, -MONTH_WORD.length)) : undefined)
  )
}

function monthTable(): ReadonlyMap<string, Month> {
  const table = new Map<string, Month>()
  const shared = new Set<string>()
  const gregorian = GREGORIAN.flatMap((row) => namesOf(row, 'gregorian'))
  const all = [...gregorian, ...JALALI.flatMap((row) => namesOf(row, 'jalali'))]
  for (const { name, month } of all)
    for (const short of shortNames(name)) addShort(table, shared, short, month)
  for (const short of shared) table.delete(short)
  for (const { name, month } of all) if (!table.has(name)) table.set(name, month)
  return table
}

function namesOf(row: string, calendar: Month['calendar']): readonly { name: string; month: Month }[] {
  return row.split(' ').flatMap((names, index) =>
    names.split('|').map((name) => ({
      name: foldDateWord(name.replaceAll('_', '')),
      month: { number: index + 1, calendar },
    })),
  )
}

/** Arabic script does not shorten months, so only the alphabets that do get short forms. */
function shortNames(name: string): readonly string[] {
  if (/\p{Script=Arabic}/u.test(name)) return []
  return Array.from({ length: Math.max(0, name.length - 3) }, (_, index) => name.slice(0, index + 3))
}

function addShort(table: Map<string, Month>, shared: Set<string>, short: string, month: Month): void {
  const known = table.get(short)
  if (known !== undefined && (known.number !== month.number || known.calendar !== month.calendar))
    shared.add(short)
  table.set(short, month)
}
