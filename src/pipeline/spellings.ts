// How a name is really spelled in the archive: other romanisations, or other letters that fold alike.
import type { Taggable, Topic, TopicProblem } from '../model/topic.ts'
import { foldText } from '../text/fold.ts'
import { compileWatchlist, tagArticle } from './tag.ts'

/** One spelling: as most often written, in how many articles, and the last of them. */
export type Spelling<A extends Taggable> = {
  readonly written: string
  readonly articles: number
  readonly hasPrefix: boolean // a short word is attached, as in وبغداد; the plain term finds it
  readonly newest: A
}
export type Spellings<A extends Taggable> = {
  readonly term: string // what found them: the name, with ~ before it in Latin script
  readonly spellings: readonly Spelling<A>[] // most articles first
}

type Draft<A> = { articles: number; newest: A; readonly forms: Map<string, number> }

/** Folded words without the gaps between them: hyphens, ZWNJ and spaces are not what tells two spellings apart. */
const closed = (text: string): string => foldText(text).replaceAll(' ', '')

const isLatin = (name: string): boolean => /^[a-z ]+$/.test(foldText(name))

/**
 * Looks a name up in articles, the oldest first, of which `articlesOf` gives at least those that match a topic. In Latin script each folded form is a spelling, whatever its case; in other
 * scripts each run of letters is one, for there the letters differ that fold alike. Gives the problem when the name is no term.
 */
export function findSpellings<A extends Taggable>(
  name: string,
  articlesOf: (topic: Topic) => Iterable<A>,
): Spellings<A> | TopicProblem {
  const latin = isLatin(name)
  const term = latin ? `~${name}` : name
  const topic: Topic = { id: 'name', name, any: [term] }
  const { watchlist, problems } = compileWatchlist([topic])
  if (problems[0] !== undefined) return problems[0]
  const drafts = new Map<string, Draft<A>>()
  for (const article of articlesOf(topic)) {
    const spans = tagArticle(watchlist, article)[0]?.spans ?? []
    const written = spans.map(({ field, start, end }) => (article[field] ?? '').slice(start, end))
    const keys = new Map(
      written.map((text) => [latin ? foldText(text) : text.normalize('NFC'), text.replace(/\s+/g, ' ')]),
    )
    for (const [key, form] of keys) countSpelling(drafts, key, form, article)
  }
  const spellings = [...drafts.values()].map((draft) => spellingOf(draft, name, latin))
  return { term, spellings: spellings.toSorted((a, b) => b.articles - a.articles) }
}

function countSpelling<A>(drafts: Map<string, Draft<A>>, key: string, form: string, article: A): void {
  const draft = drafts.get(key) ?? { articles: 0, newest: article, forms: new Map() }
  draft.articles++
  draft.newest = article
  draft.forms.set(form, (draft.forms.get(form) ?? 0) + 1)
  drafts.set(key, draft)
}

function spellingOf<A extends Taggable>(
  { forms, articles, newest }: Draft<A>,
  name: string,
  latin: boolean,
): Spelling<A> {
  const [[written] = ['']] = [...forms].toSorted((a, b) => b[1] - a[1])
  return { written, articles, hasPrefix: !latin && closed(written) !== closed(name), newest }
}
