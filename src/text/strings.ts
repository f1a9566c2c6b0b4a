// Every word of ours in an edition: the shape of the tables `strings-en.ts`, `strings-ar.ts` and `strings-fa.ts`.
import type { FeedCoverage } from '../model/digest.ts'
import type { SourceKind } from '../model/source.ts'
import type { Direction } from './bidi.ts'
import type { Plural } from './plural.ts'

/** Phrases hold `{name}` where a value goes. */
export type Strings = {
  readonly direction: Direction
  readonly digits: string // the ten digits, zero first
  readonly thousands: string
  readonly decimal: string
  readonly signMark: string // stands before + and − so that they are shown on the side that CLDR gives the language
  readonly comma: string // between the members of a list
  readonly semicolon: string // between clauses
  readonly weekdays: readonly string[] // Sunday first
  readonly months: readonly string[]
  readonly solarMonths: readonly string[] // empty when editions of this language do not show the Solar Hijri date
  readonly longDate: string // {weekday} {day} {month} {year}
  readonly shortDate: string // {day} {month}
  readonly solarDate: string // {date} {day} {month} {year} of the Solar Hijri calendar
  readonly moment: string // {date} {time}; a word parts the year from the hour where both would run together
  readonly edition: string // {number}
  readonly window: string // {from} {until} {zone}
  readonly heard: string // {heard} {of}
  readonly feeds: Readonly<Record<FeedCoverage['state'], Plural>>
  readonly states: Readonly<Record<FeedCoverage['state'], string>>
  readonly since: string // {when}
  readonly againstUsual: Plural // of the items that a silent feed usually has
  readonly volume: string // {articles} {duplicates}
  readonly newArticles: Plural
  readonly duplicates: Plural
  readonly belowGrade: Plural
  readonly topStories: string
  readonly nothingSignificant: string
  readonly nothingHeard: string
  readonly allWithinBaseline: string
  readonly aboveBaseline: string // {topics}
  readonly atAGlance: string
  readonly glanceTopic: string
  readonly glanceCount: string
  readonly glanceChange: string
  readonly glanceDays: string
  readonly glanceLanguages: string
  readonly usual: string // {usual}
  readonly usualUnknown: string
  readonly grade: string // {grade}
  readonly kinds: Readonly<Partial<Record<SourceKind, string>>> // the owners that are worth a label
  readonly undated: string
  readonly articles: Plural
  readonly independent: Plural
  readonly firstSeen: string // {when} {outlet}
  readonly alsoIn: string // {outlets}
  readonly alsoInLanguage: string // {language} {headline} {outlet}
  readonly quoted: string // {text}: a sentence of somebody else's
  readonly andMore: Plural // outlets, links
  readonly moreStories: Plural
  readonly toldIn: string // {headline} {topic}
  readonly developing: string
  readonly newOutlets: Plural
  readonly newLanguages: string // {languages}
  readonly headlineChanged: string
  readonly repeats: Plural
  readonly corrections: string
  readonly changed: string // {old} {new}
  readonly figuresNow: string // {headline} {change}
  readonly figuresChanged: string // {headline}
  readonly withdrawn: string // {headline}
  readonly appendix: string
  readonly links: string
  readonly troubled: string
  readonly rules: string
  readonly ruleVersion: string // {topic} {version}
  readonly configuration: string // {hash}
  readonly manifest: string // {hash}
  readonly unsubscribe: string
  readonly fullCopy: string
  readonly alertIssue: string // {number}
  readonly spike: string // {topic} {count} {span} {usual}: far more articles than usual
  readonly hours: Plural // a span of time, as it stands after "in"
}
