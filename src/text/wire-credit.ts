// Which agency a report says it comes from. Fourteen copies of one wire are one voice, however many outlets print them.

/** `written`: the ways a name is credited, as alternatives of a regular expression. */
export type Agency = { readonly name: string; readonly written: string }

// Short Latin names only in capitals.
const agencies: readonly Agency[] = [
  { name: 'Reuters', written: 'Reuters|REUTERS|رويترز|رویترز' },
  {
    name: 'AFP',
    written: 'AFP|Agence France[- ]Presse|فرانس برس|ا ف ب|أ ف ب|خبرگزاری فرانسه|فرانسپرس|فرانس پرس',
  },
  {
    name: 'AP',
    written: 'AP|Associated Press|أسوشيتد برس|اسوشيتد برس|أسوشييتد برس|آسوشیتدپرس|آسوشیتد پرس|اسوشیتدپرس',
  },
  { name: 'dpa', written: 'dpa|DPA|د ب أ|وكالة الأنباء الألمانية' },
  { name: 'Xinhua', written: 'Xinhua|XINHUA|شينخوا|شینهوا' },
  { name: 'TASS', written: 'TASS|Tass|تاس' },
  { name: 'RIA Novosti', written: 'RIA Novosti|RIA|نوفوستي|ریانووستی' },
  { name: 'Anadolu', written: 'Anadolu|AA|الأناضول|آناتولی|آناتولی' },
  { name: 'IRNA', written: 'IRNA|ایرنا|إرنا|ارنا' },
  { name: 'ISNA', written: 'ISNA|ایسنا|إسنا' },
  { name: 'Fars', written: 'Fars|FARS|فارس' },
  { name: 'Tasnim', written: 'Tasnim|TASNIM|تسنیم|تسنيم' },
  { name: 'Mehr', written: 'Mehr|MEHR|مهر' },
  { name: 'INA', written: 'INA|واع' },
  { name: 'Shafaq', written: 'Shafaq News|شفق نيوز' },
  { name: 'SANA', written: 'SANA|سانا' },
  { name: 'SPA', written: 'SPA|واس' },
  { name: 'WAM', written: 'WAM|وام' },
  { name: 'MENA', written: 'MENA' },
  { name: 'Bloomberg', written: 'Bloomberg|بلومبرغ|بلومبيرغ|بلومبرگ' },
]

const HEAD_UNITS = 400
const TAIL_UNITS = 160

// A name alone is no credit ("Reuters building"); it needs brackets, a dateline, or a phrase of attribution.
function creditPattern(written: string): RegExp {
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

const patterns = new Map(agencies.map(({ written }) => [written, creditPattern(written)]))

function patternOf(written: string): RegExp {
  const known = patterns.get(written) ?? creditPattern(written)
  patterns.set(written, known)
  return known
}

/**
 * The agency that a report credits at its head or foot: "(Reuters)", "(رويترز)", "به گزارش ایرنا". The first credited one where there are
 * several; undefined where none is. `text` is plain text; `own` are further agencies, such as those a desk has among its sources.
 */
export function wireCredit(text: string, own: readonly Agency[] = []): string | undefined {
  const ends =
    text.length <= HEAD_UNITS + TAIL_UNITS ? text : `${text.slice(0, HEAD_UNITS)}\n${text.slice(-TAIL_UNITS)}`
  const found = [...own, ...agencies].flatMap(({ name, written }) => {
    const at = ends.search(patternOf(written))
    return at < 0 ? [] : [{ name, at }]
  })
  return found.toSorted((a, b) => a.at - b.at)[0]?.name
}
