// A story as a reader sees it.
import type { AlsoLine, LeadLine, LinkedReport, StoryLine } from '../model/digest.ts'
import { displayLine } from '../text/display-line.ts'
import { displayTitle } from '../text/display-title.ts'
import { safeLink } from '../text/safe-link.ts'
import type { StoryDraft } from './compose-draft.ts'
import { hitSentence, titleMarks } from './compose-hit.ts'
import type { Appearance } from './story-appearances.ts'

/** Tells a story for one topic: the words that matched that topic are the ones marked. */
export function storyLine(draft: StoryDraft, topicId: string): StoryLine {
  const { storyId, lead, appearances, topicIds, linked } = draft
  const [first] = appearances
  const hit = hitSentence(draft, topicId)
  return {
    storyId,
    lead: leadLine(draft, topicId),
    ...(hit && { hit }),
    articles: appearances.length,
    outlets: new Set(appearances.map(({ outlet }) => outlet.sourceId)).size,
    independent: draft.voices,
    alsoIn: alsoLines(draft),
    ...(linked.length > 0 && { inOtherLanguages: linked.map(linkedLine) }),
    firstSeen: { outlet: displayLine((first ?? lead).outlet.name), at: first?.at ?? lead.firstSeenAt },
    topicIds,
  }
}

function leadLine({ lead }: StoryDraft, topicId: string): LeadLine {
  const { articleId, outlet, language, publishedAt, firstSeenAt, flags } = lead
  const marks = titleMarks(lead, topicId)
  const title = displayTitle(lead.title)
  return {
    articleId,
    title,
    ...(marks.length > 0 && { titleMarks: marks.filter(({ end }) => end <= title.length) }),
    ...link(lead.url),
    outlet,
    ...(language !== undefined && { language }),
    ...(publishedAt !== undefined && { publishedAt }),
    firstSeenAt,
    flags,
  }
}

/** One line an outlet, its first appearance; the lead's outlet has told the story already. */
function alsoLines({ lead, appearances }: StoryDraft): AlsoLine[] {
  const seen = new Set([lead.outlet.sourceId])
  const others = appearances.filter(({ outlet }) => !seen.has(outlet.sourceId) && seen.add(outlet.sourceId))
  return others.map(alsoLine)
}

function linkedLine({ title, url, ...report }: LinkedReport): LinkedReport {
  return { ...report, title: displayTitle(title), ...link(url) }
}

function alsoLine({ outlet, title, url, at, language }: Appearance): AlsoLine {
  return {
    outlet,
    ...(title !== undefined && { title: displayTitle(title) }),
    ...link(url),
    at,
    ...(language !== undefined && { language }),
  }
}

export function link(url: string | undefined): { readonly url?: string } {
  const shown = url === undefined ? undefined : safeLink(url)
  return shown === undefined ? {} : { url: shown }
}
