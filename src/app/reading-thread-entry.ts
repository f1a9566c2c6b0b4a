// Where the reading thread begins: bodies in, feeds out; articles in, what they say out. It knows neither the database nor the web.
import { type Body, type BodyReading, readBody } from '../fetch/index.ts'
import type { Topic } from '../model/topic.ts'
import { analyseEntry } from '../pipeline/entry-analysis.ts'
import { type PackedAnalyses, packAnalyses } from '../pipeline/packed-analyses.ts'
import { type PackedArticles, unpackArticles } from '../pipeline/packed-articles.ts'
import { type CompiledWatchlist, compileWatchlist } from '../pipeline/tag.ts'
import { withoutMarkup } from '../pipeline/without-markup.ts'
import { doTasks } from './do-tasks.ts'
import type { ReadingResult, ReadingTask, SharedRules } from './reading-task.ts'

/** Leaves out what nobody on the other side needs. */
async function readPlain(body: Body): Promise<BodyReading> {
  const reading = await readBody(body)
  if (reading.ok) return { ok: true, feed: withoutMarkup(reading.feed) }
  const { text: _, ...failed } = reading
  return failed
}

let known: { readonly version: number; readonly watchlist: CompiledWatchlist } | undefined

function watchlistOf({ version, json }: SharedRules): CompiledWatchlist {
  if (known?.version !== version) {
    const topics: readonly Topic[] = JSON.parse(Buffer.from(json).toString()) // as the configuration was checked
    known = { version, watchlist: compileWatchlist(topics).watchlist }
  }
  return known.watchlist
}

function analyse(articles: PackedArticles, rules: SharedRules): PackedAnalyses {
  const watchlist = watchlistOf(rules)
  return packAnalyses(unpackArticles(articles).map((article) => analyseEntry(article, watchlist)))
}

doTasks<ReadingTask, ReadingResult>(async (task) => {
  if ('body' in task) return { content: { reading: await readPlain(task.body) }, transfer: [] }
  const analyses = analyse(task.articles, task.rules)
  return { content: { analyses }, transfer: [analyses.prints.buffer, analyses.texts.buffer] }
})
