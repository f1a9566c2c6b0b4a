// A store that follows one topic, and articles about it.
import type { Store } from '../../src/store/index.ts'
import { dayMs, item, keep, noon, storeWith } from './archive.ts'

/** The day before noon. */
export const window = { from: noon - dayMs, until: noon }

/** Keeps an article that is about the topic. */
export function about(store: Store, topicId: string, title: string, at: number): number {
  const articleId = keep(store, 'wire', item(title), { at })
  store.topics.addMatches(articleId, [{ topicId, spans: [{ field: 'title', start: 0, end: 1, term: 't' }] }])
  return articleId
}

/** A store that follows one topic. */
export function truce(): Store {
  const { store } = storeWith(['wire', 'cedar'])
  store.topics.register([{ id: 'truce', name: 'Truce', any: ['t'] }], noon)
  return store
}
