// One story as lines: the headline, who says it and when, the words that matched, and who else has it.
import type { AlsoLine, LeadLine, LinkedReport, StoryLine } from '../model/digest.ts'
import { counted } from '../text/number-words.ts'
import { phrase } from '../text/phrase.ts'
import { countryName, languageName } from '../text/place-names.ts'
import type { EditionWords, Inline, StoryBlock } from './outline-block.ts'
import { foreign, joined, outletName, own, sentence } from './outline-inline.ts'

const ALSO_MAX = 8 // outlets named; the rest are counted

/** The whole story, as its section tells it. */
export function fullStory(story: StoryLine, words: EditionWords): StoryBlock {
  const hit = hitLine(story, words)
  const also = alsoLine(story.alsoIn, words)
  const linked = story.inOtherLanguages?.map((report) => linkedLine(report, words))
  return {
    ...briefStory(story, words),
    ...(hit && { hit }),
    ...(also && { also }),
    ...(linked && { linked }),
  }
}

/** Headline, byline and tally, as the top stories show it. */
export function briefStory(story: StoryLine, words: EditionWords): StoryBlock {
  const tally = tallyLine(story, words)
  return { headline: headline(story.lead), byline: byline(story.lead, words), ...(tally && { tally }) }
}

/** Headline, outlet, and how many independent voices: all that one line has room for. */
export function oneLine(story: StoryLine, { language, strings }: EditionWords): readonly Inline[] {
  const { lead, independent } = story
  const kind = strings.kinds[lead.outlet.kind]
  const voices = independent > 1 ? [own(counted(language, strings.independent, independent))] : []
  const label = kind === undefined ? [] : [own(kind)]
  return joined([[headline(lead)], [outletName(lead.outlet)], label, voices], ' · ')
}

function headline({ title, titleMarks, language, url }: LeadLine): Inline {
  return foreign(title, {
    url,
    ...(titleMarks && { marks: titleMarks }),
    ...(language !== undefined && { language }),
  })
}

/** Outlet, country, language, local time, grade, and whose voice it is where that matters. */
function byline(
  { outlet, language: tag, publishedAt, firstSeenAt, flags }: LeadLine,
  words: EditionWords,
): readonly Inline[] {
  const { language, strings, dates } = words
  const undated = publishedAt === undefined || flags.includes('undated') || flags.includes('bad-date')
  const kind = strings.kinds[outlet.kind]
  const facts = [
    outlet.country === undefined ? undefined : countryName(language, outlet.country),
    tag === undefined ? undefined : languageName(language, tag),
    dates.time(undated ? firstSeenAt : publishedAt),
    undated ? strings.undated : undefined,
    phrase(strings.grade, { grade: outlet.grade }),
  ]
  const shown = facts.filter((fact) => fact !== undefined && fact !== '').map((fact) => [own(fact ?? '')])
  const label: readonly Inline[] = kind === undefined ? [] : [{ kind: 'own', text: kind, strong: true }]
  return joined([[outletName(outlet)], ...shown, label], ' · ')
}

function hitLine({ hit, lead }: StoryLine, { strings }: EditionWords): readonly Inline[] | undefined {
  if (!hit) return undefined
  const language = hit.language ?? lead.language
  const text = foreign(hit.text, { marks: hit.marks, ...(language !== undefined && { language }) })
  const quoted = sentence(strings.quoted, { text })
  return hit.outlet === undefined ? quoted : [foreign(hit.outlet), own(': '), ...quoted]
}

/** 14 articles, 5 independent outlets, first seen 06:12 at X; nothing for a story that only one outlet has once. */
function tallyLine(
  story: StoryLine,
  { language, strings, dates }: EditionWords,
): readonly Inline[] | undefined {
  if (story.articles < 2) return undefined
  const firstSeen = sentence(strings.firstSeen, {
    when: dates.time(story.firstSeen.at),
    outlet: foreign(story.firstSeen.outlet),
  })
  const counts = [
    [own(counted(language, strings.articles, story.articles))],
    [own(counted(language, strings.independent, story.independent))],
  ]
  return joined([...counts, firstSeen], strings.comma)
}

function alsoLine(
  alsoIn: readonly AlsoLine[],
  { language, strings }: EditionWords,
): readonly Inline[] | undefined {
  if (alsoIn.length === 0) return undefined
  const named = alsoIn.slice(0, ALSO_MAX).map(({ outlet, url }) => {
    const kind = strings.kinds[outlet.kind]
    return kind === undefined ? [outletName(outlet, url)] : [outletName(outlet, url), own(` (${kind})`)]
  })
  const rest = alsoIn.length - named.length
  const more = rest > 0 ? [[own(counted(language, strings.andMore, rest))]] : []
  return sentence(strings.alsoIn, { outlets: joined([...named, ...more], strings.comma) })
}

/** Also told in Arabic: headline (outlet). A story of its own: it is linked, and counts for nothing here. */
function linkedLine(
  { title, url, language: tag, outlet }: LinkedReport,
  { language, strings }: EditionWords,
): readonly Inline[] {
  return sentence(strings.alsoInLanguage, {
    language: tag === undefined ? '' : languageName(language, tag),
    headline: foreign(title, { url, ...(tag !== undefined && { language: tag }) }),
    outlet: outletName(outlet),
  })
}
