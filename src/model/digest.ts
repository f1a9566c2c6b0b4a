// A standing order and one issue of it.
import type { Look } from './look.ts'
import type { Grade, SourceKind } from './source.ts'
import type { Instant } from './time.ts'
import type { Span } from './topic.ts'

export type EditionFormat = 'md' | 'html' | 'text' | 'json'
export type EditionLanguage = 'en' | 'ar' | 'fa'
/** What an edition was frozen as. `mail` is the HTML cut to the size that mail programs show; absent when `html` fits. */
export type EditionBodies = Readonly<Record<EditionFormat, string>> & { readonly mail?: string }
/** `executive` is one page: header, top stories, at a glance, one line a story. */
export type DetailLevel = 'executive' | 'full'

/** Where editions go. Secrets never stand here: `${NAME}` in a chat channel is filled in from the environment when it sends. */
export type Channel =
  | { readonly kind: 'file'; readonly path: string; readonly format: EditionFormat } // path may hold {date} {digest} {number}
  | { readonly kind: 'email'; readonly to: readonly string[] }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'stdout'; readonly format: EditionFormat }
  | ChatChannel

/** Where the short form goes. `allowPrivate`: the server stands in the own network. */
export type ChatChannel =
  | { readonly kind: 'slack'; readonly url: string; readonly allowPrivate?: boolean }
  | { readonly kind: 'mattermost'; readonly url: string; readonly allowPrivate?: boolean }
  | {
      readonly kind: 'telegram'
      readonly chat: string // a numeric id or @name
      readonly token: string
      readonly server: string
      readonly allowPrivate?: boolean
    }
  | { readonly kind: 'ntfy'; readonly url: string; readonly token?: string; readonly allowPrivate?: boolean }

/** A standing order: which watchlist, when, in which zone and language, to whom. */
export type Digest = {
  readonly id: string
  readonly name: string
  readonly watchlist: string
  readonly schedule: string // cron, five fields
  readonly timeZone: string // IANA
  readonly language: EditionLanguage
  readonly channels: readonly Channel[]
  readonly minimumGrade?: Grade
  readonly storiesPerSection: number
  readonly whenEmpty: 'send' | 'skip'
  readonly missed?: 'together' | 'each' // editions for times at which the desk was down; together when absent
  readonly lateAtMostMs?: number // an edition that would be later is told with the next; however late when absent
  readonly detail?: DetailLevel // full when absent
  readonly thread?: boolean // mails of all editions in one thread; each day its own when absent
  readonly intro?: string // Markdown above the edition
  readonly footer?: string // Markdown below it
  readonly look?: Look
  readonly template?: string // absolute path of a module that renders the HTML
}

/** The half-open window (from, until] by first-seen time that an edition covers. */
export type Window = { readonly from: Instant; readonly until: Instant }

/** One article as an edition needs it, with the evidence of its matches. */
export type EditionArticle = {
  readonly articleId: number
  readonly storyId: number
  readonly title: string // never empty: the display title when the item had none
  readonly url?: string
  readonly summary: string
  readonly body: string
  readonly language?: string
  readonly publishedAt?: Instant
  readonly firstSeenAt: Instant
  readonly flags: readonly string[]
  readonly outlet: Outlet
  readonly matches: readonly { readonly topicId: string; readonly spans: readonly Span[] }[]
  readonly sightings: readonly SightingLine[] // every further appearance, oldest first
  readonly revisions: readonly RevisionLine[] // changes of title or figures, oldest first
  readonly withdrawals?: readonly WithdrawalLine[] // entries that were taken out of their feeds, as far as can be told
}

/** A source as a reader of the edition sees it. */
export type Outlet = {
  readonly sourceId: string
  readonly name: string
  readonly family: string
  readonly country?: string
  readonly kind: SourceKind
  readonly grade: Grade
}
export type SightingLine = {
  readonly outlet: Outlet
  readonly url?: string
  readonly seenAt: Instant
  readonly because: string
}
/** A change by the publisher; with the summaries when the title stayed, and something else was corrected. */
export type RevisionLine = {
  readonly seenAt: Instant
  readonly oldTitle: string
  readonly newTitle: string
  readonly oldSummary?: string
  readonly newSummary?: string
}
/** An entry that left its feed while an older and a younger one stayed: inferred, nobody announced it. */
export type WithdrawalLine = {
  readonly outlet: Outlet
  readonly title: string
  readonly url?: string
  readonly seenAt: Instant // when it was noticed
}

/** What was heard of one feed in the window. `usual` is its median number of new items in such a window; absent while unknown. */
export type FeedCoverage = {
  readonly outlet: Outlet
  readonly feedUrl: string // without credentials
  readonly state: 'ok' | 'failing' | 'silent' | 'lossy' | 'gone' | 'never-fetched'
  readonly newItems: number
  readonly usual?: number
  readonly since?: Instant // failing or silent since
  readonly detail?: string
}

/** Everything an edition is composed from; the store gathers it, `pipeline/compose.ts` orders it. */
export type EditionMaterial = {
  readonly digest: Digest
  readonly number: number // 1 for the first edition of the digest
  readonly window: Window
  readonly topics: readonly TopicHeading[] // in configured order
  readonly articles: readonly EditionArticle[] // with at least one match on a topic of the watchlist
  readonly afterArticleId?: number // articles up to this id belong to earlier editions; they come only for their correction
  readonly totalNew: number // all new articles in the window, matched or not
  readonly totalDuplicates: number
  readonly coverage: readonly FeedCoverage[]
  readonly baselines: readonly TopicBaseline[]
  readonly steadySources?: readonly string[] // whom the baselines were counted on; everybody when absent
  readonly earlierStories: readonly {
    readonly storyId: number
    readonly outlets: number
    readonly languages: readonly string[]
    readonly sourceIds?: readonly string[] // who had it when last shown; without it the count of outlets decides
  }[] // as last shown by this digest
  readonly linkedReports?: readonly LinkedReport[] // absent when the desk does not link stories across languages
  readonly ruleVersions: readonly { readonly topicId: string; readonly version: number }[]
  readonly configHash: string
}
/** A report in another language that tells of the event of a story, as far as can be told. It is in a story of its own. */
export type LinkedReport = AlsoLine & {
  readonly ofStoryId: number
  readonly storyId: number
  readonly title: string
}
export type TopicHeading = {
  readonly topicId: string
  readonly name: string
  readonly group?: string
  readonly weight: number
}
/** Counts of the same window in each of the last four weeks, oldest first, and of the last 14 days for the sparkline. */
export type TopicBaseline = {
  readonly topicId: string
  readonly sameWeekday: readonly number[]
  readonly lastDays: readonly number[]
}

/** One issue, composed: what every renderer renders. Frozen once stored. */
export type Edition = {
  readonly digestId: string
  readonly name: string
  readonly number: number
  readonly window: Window
  readonly timeZone: string
  readonly language: EditionLanguage
  readonly coverage: CoverageSummary
  readonly topStories: readonly StoryLine[]
  readonly atAGlance: readonly GlanceLine[]
  readonly sections: readonly Section[]
  readonly developing: readonly StoryLine[]
  readonly developingMore?: number // developing stories beyond the cap
  readonly repeatsSuppressed: number
  readonly belowMinimumGrade?: number // articles left out for the digest's minimum grade
  readonly corrections: readonly Correction[]
  readonly withdrawals?: readonly Withdrawal[] // absent in editions from before they were noticed
  readonly appendix: Appendix
  readonly shortened?: boolean // cut to fit; the full copy is elsewhere
  readonly alert?: AlertNotice // present when this is no edition of a digest but an alert between editions
  readonly detail?: DetailLevel
  readonly intro?: string
  readonly footer?: string
}
/** Why an alert was issued: new stories, or topics far above what they usually have. */
export type AlertNotice =
  | { readonly kind: 'immediate' }
  | { readonly kind: 'spike'; readonly hours: number; readonly topics: readonly SpikingTopic[] }
/** `count` articles in the alert's window against the median of the same hours one to four weeks ago. */
export type SpikingTopic = { readonly topic: TopicHeading; readonly count: number; readonly usual: number }
export type CoverageSummary = {
  readonly heard: number // sources
  readonly of: number
  readonly articles: number
  readonly duplicates: number
  readonly troubled: readonly FeedCoverage[] // every feed that is not ok
}
export type GlanceLine = {
  readonly topic: TopicHeading
  readonly stories: number
  readonly articles: number
  readonly usual?: number // median of the baseline
  readonly compared?: number // articles of the sources that the baseline was counted on, when not all are
  readonly aboveBaseline?: boolean // far more than on any of the baseline's days
  readonly lastDays: readonly number[]
  readonly languages: readonly string[]
}
export type Section = {
  readonly topic: TopicHeading
  readonly stories: readonly StoryLine[]
  readonly elsewhere?: readonly StoryReference[] // stories of this topic that another section tells
  readonly more: number // stories of this topic that this section does not show
}
/** One line for a story that is told in full in the section of another topic. */
export type StoryReference = {
  readonly storyId: number
  readonly title: string
  readonly url?: string
  readonly language?: string
  readonly toldIn: string // topic id
}
/** A story as a reader sees it: its lead, the sentence that matched, and who else reported it. */
export type StoryLine = {
  readonly storyId: number
  readonly lead: LeadLine
  readonly hit?: HitSentence
  readonly articles: number
  readonly outlets: number
  readonly independent: number // owner families
  readonly alsoIn: readonly AlsoLine[] // first seen first, without the lead
  readonly inOtherLanguages?: readonly LinkedReport[] // the first in each language; linked with the story, no part of it
  readonly firstSeen: { readonly outlet: string; readonly at: Instant }
  readonly topicIds: readonly string[]
  readonly added?: AddedNews // since it was last shown
}
/** What is new of a story that was told before; `headline`: its publisher changed it. */
export type AddedNews = {
  readonly outlets: number
  readonly languages: readonly string[]
  readonly headline?: boolean
}
/** A UTF-16 range in the text it stands beside. */
export type TextRange = { readonly start: number; readonly end: number }
export type LeadLine = {
  readonly articleId: number
  readonly title: string
  readonly titleMarks?: readonly TextRange[] // the matched words of the title
  readonly url?: string
  readonly outlet: Outlet
  readonly language?: string
  readonly publishedAt?: Instant
  readonly firstSeenAt: Instant
  readonly flags: readonly string[]
}
/** A sentence with the matched words: `marks` are ranges in `text`. */
export type HitSentence = {
  readonly text: string
  readonly marks: readonly TextRange[]
  readonly language?: string
  readonly outlet?: string // whose sentence it is, when it is not the lead's
}
export type AlsoLine = {
  readonly outlet: Outlet
  readonly title?: string
  readonly url?: string
  readonly at: Instant
  readonly language?: string
}
export type Correction = {
  readonly articleId: number
  readonly outlet: Outlet
  readonly url?: string
  readonly oldTitle: string
  readonly newTitle: string // the same, when only figures changed
  readonly figures?: { readonly old: readonly string[]; readonly new: readonly string[] } // as written; those that went, those that came
  readonly seenAt: Instant
}
/** An article that its outlet probably withdrew. */
export type Withdrawal = WithdrawalLine & { readonly articleId: number }
export type Appendix = {
  readonly links: readonly {
    readonly outlet: Outlet
    readonly links: readonly { readonly title: string; readonly url?: string }[]
  }[]
  readonly ruleVersions: readonly { readonly topicId: string; readonly version: number }[]
  readonly configHash: string
  readonly manifest?: string // SHA-256 in hexadecimal of the edition's JSON without this field
}
/** An edition ready to be frozen: its manifest stands in its appendix. */
export type SealedEdition = Edition & { readonly appendix: { readonly manifest: string } }
