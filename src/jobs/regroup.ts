// Copies and stories computed anew, article by article in the order in which they came, in memory only.
import { createStoryIndex } from '../pipeline/cluster.ts'
import { decide } from '../pipeline/dedupe.ts'
import { createDuplicateIndex } from '../pipeline/dedupe-index.ts'
import type { EchoDocument } from '../pipeline/echo-document.ts'
import type { Regrouped } from '../pipeline/story-mapping.ts'
import type { KnownArticle } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { copiesMs, storiesMs } from './echo-indexes.ts'
import { expectedTexts, outletNames } from './expected-texts.ts'
import { knownDocument } from './known-document.ts'
import { placeReason } from './place-reason.ts'

/** An article with its new group, why it is in it, and the further groups it may belong to. */
export type Placement = Regrouped & { readonly because: string; readonly related: readonly number[] }

export type Regrouping = {
  /** Places the next article; with `fixedStoryId` it stays in that story, and others may join it there. */
  readonly take: (article: KnownArticle, fixedStoryId?: number) => void
  readonly placements: readonly Placement[]
}

/** Begins with nothing known. Groups are numbered from `firstGroup` on, which is above every story's id. */
export function createRegrouping(desk: Desk, firstGroup: number): Regrouping {
  const duplicates = createDuplicateIndex({ outletNames: outletNames(desk) })
  const stories = createStoryIndex({ expected: expectedTexts(desk) })
  const placements: Placement[] = []
  const groupOf = new Map<number, number>() // by article
  const groupOfStory = new Map<number, number>()
  const isStory = new Set<number>() // groups that are a story already
  let nextGroup = firstGroup

  const placeByText = (
    document: ReturnType<typeof knownDocument>,
  ): Omit<Placement, 'articleId' | 'storyId'> => {
    const nearest = duplicates.nearest(document)
    const decision = decide(document, nearest === undefined ? {} : { nearest })
    if (decision.kind !== 'new') {
      const { of, because } = decision
      duplicates.add(document, of)
      return {
        group: groupOf.get(of) ?? nextGroup++,
        because: `${because} of=${of}`,
        related: [],
        isFixed: false,
      }
    }
    const place = stories.assign(document)
    const group = place.storyId === 'new' ? nextGroup++ : place.storyId
    duplicates.add(document)
    stories.addTo(group, document)
    return { group, because: placeReason(place), related: place.related, isFixed: false }
  }

  /** A story that only comes into sight now is the group that its article belongs to, unless that group is a story already. */
  const placeFixed = (document: EchoDocument, storyId: number): Omit<Placement, 'articleId' | 'storyId'> => {
    const known = groupOfStory.get(storyId)
    const likely = known === undefined ? stories.assign(document).storyId : 'new'
    const group = known ?? (likely === 'new' || isStory.has(likely) ? nextGroup++ : likely)
    groupOfStory.set(storyId, group)
    isStory.add(group)
    duplicates.add(document)
    stories.addTo(group, document)
    return { group, because: '', related: [], isFixed: true }
  }

  const take: Regrouping['take'] = (article, fixedStoryId) => {
    const { articleId, storyId, firstSeenAt } = article
    duplicates.forgetBefore(firstSeenAt - copiesMs)
    stories.forgetBefore(firstSeenAt - storiesMs)
    const document = knownDocument(article, desk)
    const place = fixedStoryId === undefined ? placeByText(document) : placeFixed(document, fixedStoryId)
    placements.push({ articleId, storyId, ...place })
    groupOf.set(articleId, place.group)
  }
  return { take, placements }
}
