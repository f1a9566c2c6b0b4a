// What `presslark explain` says of an article's story: why it is there, who put it there, and what may belong to it.

import type { Dossier } from '../store/index.ts'
import { displayLine } from '../text/display-line.ts'
import { changeLine } from './change-line.ts'
import { languageLinkLines } from './language-link-lines.ts'
import { numberOf } from './number-of.ts'
import { storyReason } from './story-reason.ts'
import { shortTime } from './terminal.ts'

const membersShown = 10

function companyOf(others: number): string {
  return others === 0 ? 'alone' : `with ${numberOf(others, 'other article')}`
}

function changeLines({ storyChanges }: Dossier): readonly string[] {
  if (storyChanges.length === 0) return []
  return [
    '  changes that concern this article:',
    ...storyChanges.map((change) => {
      const { fromStoryId, toStoryId } = change
      const where =
        fromStoryId === toStoryId ? `held in story ${toStoryId}` : `from story ${fromStoryId} to ${toStoryId}`
      return `    ${changeLine(change)} (${where})`
    }),
  ]
}

/** The story, why the article is in it, its other articles, and every change that moved or held it. */
export function storyLines(dossier: Dossier): readonly string[] {
  const { article, facts, story, related, otherLanguages } = dossier
  const others = story.filter(({ articleId }) => articleId !== article.articleId)
  const shown = others.slice(0, membersShown).map((member) => {
    return `  ${member.articleId}  ${shortTime(member.firstSeenAt)}  ${member.sourceName}: ${displayLine(member.title)}`
  })
  const more = others.length > membersShown ? [`  and ${others.length - membersShown} more`] : []
  return [
    '',
    `Story ${facts.storyId}, ${companyOf(others.length)}: ${storyReason(facts.storyBecause)}`,
    ...shown,
    ...more,
    ...(related.length > 0 ? [`  may also belong to story ${related.join(', ')}`] : []),
    ...changeLines(dossier),
    ...(otherLanguages.length > 0 ? ['', 'Probably the same event in other languages'] : []),
    ...languageLinkLines(otherLanguages),
  ]
}
