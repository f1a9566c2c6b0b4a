// Which agency a report says it comes from. Fourteen copies of one wire are one voice, however many outlets print them.

/** `spellings`: the ways a name is credited, each as it stands in a text. */
export type Agency = { readonly name: string; readonly spellings: readonly string[] }

// Short Latin names only in capitals.
const agencies: readonly Agency[] = [
  { name: 'Reuters', spellings: ['Reuters', 'REUTERS', 'رويترز', 'رویترز'] },
  {
    name: 'AFP',
    spellings: [
      'AFP',
      'Agence France-Presse',
      'Agence France Presse',
      'فرانس برس',
      'ا ف ب',
      'أ ف ب',
      'خبرگزاری فرانسه',
      'فرانسپرس',
      'فرانس پرس',
    ],
  },
  {
    name: 'AP',
    spellings: [
      'AP',
      'Associated Press',
      'أسوشيتد برس',
      'اسوشيتد برس',
      'أسوشييتد برس',
      'آسوشیتدپرس',
      'آسوشیتد پرس',
      'اسوشیتدپرس',
    ],
  },
  { name: 'dpa', spellings: ['dpa', 'DPA', 'د ب أ', 'وكالة الأنباء الألمانية'] },
  { name: 'Xinhua', spellings: ['Xinhua', 'XINHUA', 'شينخوا', 'شینهوا'] },
  { name: 'TASS', spellings: ['TASS', 'Tass', 'تاس'] },
  { name: 'RIA Novosti', spellings: ['RIA Novosti', 'RIA', 'نوفوستي', 'ریانووستی'] },
  { name: 'Anadolu', spellings: ['Anadolu', 'AA', 'الأناضول', 'آناتولی'] },
  { name: 'IRNA', spellings: ['IRNA', 'ایرنا', 'إرنا', 'ارنا'] },
  { name: 'ISNA', spellings: ['ISNA', 'ایسنا', 'إسنا'] },
  { name: 'Fars', spellings: ['Fars', 'FARS', 'فارس'] },
  { name: 'Tasnim', spellings: ['Tasnim', 'TASNIM', 'تسنیم', 'تسنيم'] },
  { name: 'Mehr', spellings: ['Mehr', 'MEHR', 'مهر'] },
  { name: 'INA', spellings: ['INA', 'واع'] },
  { name: 'Shafaq', spellings: ['Shafaq News', 'شفق نيوز'] },
  { name: 'SANA', spellings: ['SANA', 'سانا'] },
  { name: 'SPA', spellings: ['SPA', 'واس'] },
  { name: 'WAM', spellings: ['WAM', 'وام'] },
  { name: 'MENA', spellings: ['MENA'] },
  { name: 'Bloomberg', spellings: ['Bloomberg', 'بلومبرغ', 'بلومبيرغ', 'بلومبرگ'] },
]

const HEAD_UNITS = 400
const TAIL_UNITS = 160

// A name alone is no credit ("Reuters building"); it needs brackets, a dateline, or a phrase of attribution.
function creditPattern(spellings: readonly string[]): RegExp {
  const written = spellings.map((spelling) => spelling.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const ways = [
    `[([](?:[^()[\\]]{0,40}[/,،:|]\\s*|Reporting by )?(?:خبرگزاری |وكالة )?(?:${written})(?: staff)?\\s*[)\\]/,،|]`, // (Reuters), (AFP/Getty)
    `^[^\\n.!?؟]{0,40}?(?<![\\p{L}\\p{M}])(?:${written})\\s*(?:--|[-–—:])\\s`, // LONDON, Reuters -
    `(?:Source|according to|reported by|via|Copyright(?: \\d+)?(?: The)?)\\s*:?\\s+(?:the\\s+)?(?:${written})(?![\\p{L}\\p{M}])`,
    `به گزارش (?:خبرنگار )?(?:خبرگزاری |پایگاه خبری )?(?:[«"“]\\s*)?(?:${written})(?![\\p{L}\\p{M}])`,
    `به نقل از (?:خبرگزاری )?(?:[«"“]\\s*)?(?:${written})(?![\\p{L}\\p{M}])`,
    `(?:نقلا عن|نقلاً عن|بحسب|وفقا ل|وفقاً ل|المصدر\\s*:)\\s*(?:وكالة\\s+(?:أنباء\\s+|الأنباء\\s+)?)?(?:[«"“]\\s*)?(?:${written})(?![\\p{L}\\p{M}])`,
    `(?:وكالة (?:أنباء )?|لوكالة )(?:[«"“]\\s*)?(?:${written})(?![\\p{L}\\p{M}])`,
  ]
  return new RegExp(ways.join('|'), 'u')
}

const patterns = new Map<string, RegExp>()

/** Made when a text first has the name: each takes milliseconds to compile. */
function patternOf({ spellings }: Agency): RegExp {
  const key = spellings.join('|')
  const known = patterns.get(key) ?? creditPattern(spellings)
  patterns.set(key, known)
  return known
}

function creditedAt(text: string, agency: Agency): number {
  const isNamed = agency.spellings.some((spelling) => text.includes(spelling))
  return isNamed ? text.search(patternOf(agency)) : -1
}

/**
 * The agency that a report credits at its head or foot: "(Reuters)", "(رويترز)", "به گزارش ایرنا". The first credited one where there are
 * several; undefined where none is. `text` is plain text; `own` are further agencies, such as those a desk has among its sources.
 */
export function wireCredit(text: string, own: readonly Agency[] = []): string | undefined {
  const ends =
    text.length <= HEAD_UNITS + TAIL_UNITS ? text : `${text.slice(0, HEAD_UNITS)}\n${text.slice(-TAIL_UNITS)}`
  const found = [...own, ...agencies].flatMap((agency) => {
    const at = creditedAt(ends, agency)
    return at < 0 ? [] : [{ name: agency.name, at }]
  })
  return found.toSorted((a, b) => a.at - b.at)[0]?.name
}
