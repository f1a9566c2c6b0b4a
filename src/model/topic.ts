// What we listen for. The language of topics is described in docs/topics.md.

/** A list of literal terms, or such lists by language ('*' = every language). */
export type TermList = readonly string[] | Readonly<Record<string, readonly string[]>>

export type TextField = 'title' | 'summary' | 'body' | 'author'
export type MetaField = 'lang' | 'source' | 'country' | 'kind' | 'url' | 'tag'

/** A topic as an analyst writes it in topics.yaml. All keys given must hold together. */
export type Topic = {
  readonly id: string
  readonly name: string
  readonly group?: string
  readonly color?: string
  readonly weight?: number // in the choice of top stories; 1 when absent
  readonly any?: TermList
  readonly all?: readonly (string | readonly string[])[]
  readonly none?: TermList
  readonly near?: Near
  readonly where?: Readonly<Partial<Record<MetaField, string | readonly string[]>>>
  readonly field?: TextField | 'text'
  readonly query?: string
}
export type Near = {
  readonly within: number
  readonly ordered?: boolean
  readonly of: readonly (readonly string[])[]
}

/** A named set of topics for one audience. */
export type Watchlist = { readonly id: string; readonly name: string; readonly topics: readonly string[] }

/** What a topic is tested against: text fields and metadata of one article. Missing means empty. */
export type Taggable = {
  readonly title?: string
  readonly summary?: string
  readonly body?: string
  readonly author?: string
  readonly lang?: string
  readonly source?: string
  readonly country?: string
  readonly kind?: string
  readonly url?: string
  readonly tags?: readonly string[]
}

/** A place in a text field, in UTF-16 units, and the term of the topic that matched there. */
export type Span = {
  readonly field: TextField
  readonly start: number
  readonly end: number
  readonly term: string
}

/** Evidence that an article is about a topic. */
export type Match = { readonly topicId: string; readonly spans: readonly Span[] }

/** A mistake in a topic: `offset` is the UTF-16 offset in `query` where the caret stands; absent for the YAML keys. */
export type TopicProblem = {
  readonly topicId: string
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly key: string // which key of the topic: query, any, near...
  readonly offset?: number
}
