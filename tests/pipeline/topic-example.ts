// One example of a rule of the topic language, and what a test makes of it.
import type { Taggable, Topic } from '../../src/model/topic.ts'

/** The keys of a topic; a string is its query. */
export type Keys = string | Omit<Topic, 'id' | 'name'>

/** Why, a topic, an article (a string is its body), and the matched words as written; undefined when it does not match. */
export type Example = readonly [
  why: string,
  keys: Keys,
  article: string | Taggable,
  spans: string | undefined,
]

export function topicOf(keys: Keys): Topic {
  return { id: 't', name: 'T', ...(typeof keys === 'string' ? { query: keys } : keys) }
}

export function articleOf(article: string | Taggable): Taggable {
  return typeof article === 'string' ? { body: article } : article
}
