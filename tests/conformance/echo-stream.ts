// A stream of items through de-duplication and stories, as the ingest writer runs them, with maps in place of the store.

import { createStoryIndex } from '../../src/pipeline/cluster.ts'
import { type ComparedArticle, decide } from '../../src/pipeline/dedupe.ts'
import { createDuplicateIndex } from '../../src/pipeline/dedupe-index.ts'
import type { EchoDocument } from '../../src/pipeline/echo-document.ts'
import { urlKey } from '../../src/text/url.ts'

export type StreamItem = {
  readonly id: string
  readonly url?: string
  readonly title: string
  readonly text: string
  readonly published: string
  readonly source: string
}
export type StreamOutput = {
  readonly id: string
  readonly kind: 'unchanged' | 'revision' | 'duplicate' | 'new'
  readonly duplicateOf: string | null
  readonly p: number
  readonly story: number
  readonly because: string
  readonly corrected: boolean
}

const DAY_MS = 86_400_000
const LEAD_UNITS = 300 // what feeds carry

/** Takes items in published order, one at a time, and says of each what it is. */
export function echoStream(): (item: StreamItem) => StreamOutput {
  const duplicates = createDuplicateIndex()
  const stories = createStoryIndex()
  const articles: { readonly id: string; readonly article: ComparedArticle; readonly story: number }[] = []
  const byUrl = new Map<string, ComparedArticle>()

  return (item) => {
    const document = documentOf(item, articles.length)
    duplicates.forgetBefore(document.at - 3 * DAY_MS)
    stories.forgetBefore(document.at - 5 * DAY_MS)
    const key = urlKey(document.url ?? '') ?? ''
    const sameUrl = byUrl.get(key)
    const nearest = duplicates.nearest(document)
    const decision = decide(document, { ...(sameUrl && { sameUrl }), ...(nearest && { nearest }) })
    const { kind, because } = decision
    if (decision.kind === 'new') {
      const { storyId } = stories.assign(document)
      const story = storyId === 'new' ? articles.length + 1 : storyId
      articles.push({ id: item.id, article: document, story })
      if (key !== '' && sameUrl === undefined) byUrl.set(key, document)
      duplicates.add(document)
      stories.addTo(story, document)
      return { id: item.id, kind, duplicateOf: null, p: 0, story, because, corrected: false }
    }
    duplicates.add(document, decision.of)
    const known = articles[decision.of]
    const corrected = decision.kind !== 'unchanged' && decision.corrected
    const [duplicateOf, story] = [known?.id ?? null, known?.story ?? 0]
    return { id: item.id, kind, duplicateOf, p: nearest?.p ?? 1, story, because, corrected }
  }
}

function documentOf(item: StreamItem, articleId: number): EchoDocument {
  const { source, title, url } = item
  const text = item.text.slice(0, LEAD_UNITS)
  const at = Date.parse(item.published)
  return { articleId, sourceId: source, family: source, title, text, at, ...(url !== undefined && { url }) }
}
