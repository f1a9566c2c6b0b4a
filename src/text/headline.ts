// A headline without the marks that desks put around it: "UPDATE 2-", "CORRECTED-", "عاجل:", "LIVE:".

/** What the marks of a headline say about the report. */
export type HeadlineFlag = 'update' | 'correction' | 'breaking' | 'live'

type Mark = { readonly flag: HeadlineFlag | undefined; readonly pattern: RegExp }

// Wire desks write their marks in capitals with a hyphen, others with a colon or bar; each must be followed by one of them,
// so that "Update on talks", "خطوة عاجلة" and "زنده ماند" (survived) stay headlines.
const marks: readonly Mark[] = [
  { flag: 'update', pattern: /^(?:UPDATE|WRAPUP|ADVISORY|RECASTS?|REFILE|RPT)(?:\s*\d+)?\s*[-–—:|]\s*/ },
  { flag: 'update', pattern: /^(?:update|updated)(?:\s*\d+)?\s*[:|]\s*/i },
  { flag: 'update', pattern: /^(?:تحديث|محدث|به[‌ ]روزرسانی|تکمیلی)\s*[-–—:|/]\s*/ },
  { flag: 'correction', pattern: /^(?:CORRECTED|CORRECTION|CORRECTIVE)(?:\s*\([^)]*\))?\s*[-–—:|]\s*/ },
  { flag: 'correction', pattern: /^(?:corrected|correction)\s*[:|]\s*/i },
  { flag: 'correction', pattern: /^(?:تصحيح|تصويب|اصلاحیه|اصلاحيه|تصحیح)\s*[-–—:|/]\s*/ },
  { flag: 'breaking', pattern: /^(?:BREAKING|URGENT|ALERT|FLASH|BULLETIN)(?:\s+NEWS)?\s*[-–—:|]\s*/ },
  { flag: 'breaking', pattern: /^(?:breaking(?:\s+news)?|urgent|just in)\s*[:|]\s*/i },
  { flag: 'breaking', pattern: /^(?:خبر\s+)?(?:عاجل|فوری|فوري)(?:\s+جدا)?\s*[-–—:|/!.]+\s*/ },
  { flag: 'live', pattern: /^(?:live|live updates|live blog|watch live)\s*[-–—:|]\s*/i },
  { flag: 'live', pattern: /^(?:مباشر|بث مباشر|تغطية مباشرة|زنده|پخش زنده|لحظه به لحظه)\s*[-–—:|/]\s*/ },
  {
    flag: undefined,
    pattern: /^(?:EXCLUSIVE|ANALYSIS|FACTBOX|EXPLAINER|FEATURE|INTERVIEW|FOCUS)\s*[-–—:|]\s*/i,
  },
]
const liveInside =
  /\blive(?: updates| blog)?\s*[:|]|\s[-–—|]\s*live(?: updates| blog)?\s*$|تغطية مباشرة|(?:^|\s)زنده\s*[:|]|(?:^|\s)مباشر\s*[:|]/i

// Every mark but one ends in a separator: most headlines need no closer look.
const separator = /[-–—:|/!.]|تغطية/

type BareHeadline = { readonly text: string; readonly flags: readonly HeadlineFlag[] }

let latest: { readonly title: string; readonly bare: BareHeadline } | undefined

/**
 * The headline proper and the flags of its marks, in the order they stood. Marks may follow each other. The latest is remembered, for
 * several ask about one headline in turn.
 */
export function bareHeadline(title: string): BareHeadline {
  if (latest?.title !== title) latest = { title, bare: readHeadline(title) }
  return latest.bare
}

function readHeadline(title: string): BareHeadline {
  let text = title.trim()
  if (!separator.test(text)) return { text, flags: [] }
  const flags: HeadlineFlag[] = []
  for (let mark = markOf(text); mark !== undefined; mark = markOf(text)) {
    const rest = text.replace(mark.pattern, '')
    if (rest === '') break // a headline of nothing but its mark
    text = rest
    if (mark.flag !== undefined) flags.push(mark.flag)
  }
  if (!flags.includes('live') && liveInside.test(text)) flags.push('live')
  return { text, flags }
}

function markOf(text: string): Mark | undefined {
  return marks.find(({ pattern }) => pattern.test(text))
}
