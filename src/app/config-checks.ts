// What is wrong across the configuration files although each fits its schema.

import type { Topic, TopicProblem } from '../model/topic.ts'
import { showProblem } from '../pipeline/topic-problem.ts'
import type { ConfigMistake } from './config-error.ts'
import type { Parsed } from './config-schema.ts'
import { suggestion } from './nearest-word.ts'
import type { YamlFile } from './yaml-file.ts'

/** Ids that occur a second time in `list`. */
export function duplicates(
  file: YamlFile<unknown>,
  list: string,
  ids: readonly string[],
): readonly ConfigMistake[] {
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    if (first === index) return []
    const { line } = file.mistake([list, first, 'id'], '')
    const hint = `line ${line} has it first; choose another id, or put both together`
    return [file.mistake([list, index, 'id'], `the id "${id}" is used twice`, hint)]
  })
}

/** What the schema cannot see in sources.yaml. */
export function sourceMistakes(file: YamlFile<Parsed<'sources'>>): readonly ConfigMistake[] {
  const { sources } = file.value
  const seen = new Map<string, string>()
  const mistakes: ConfigMistake[] = [
    ...duplicates(
      file,
      'sources',
      sources.map((source) => source.id),
    ),
  ]
  for (const [index, source] of sources.entries()) {
    if ((source.url === undefined) === (source.feeds === undefined)) {
      mistakes.push(
        file.mistake(
          ['sources', index],
          `the source "${source.id}" needs either url or feeds`,
          'url: for one feed; feeds: with a list of - url: for several',
        ),
      )
    }
    for (const [feedIndex, feed] of (source.feeds ?? []).entries()) {
      if (feed.customFields !== undefined && feed.engine !== 'rss-parser')
        mistakes.push(
          file.mistake(
            ['sources', index, 'feeds', feedIndex, 'customFields'],
            'customFields need engine: rss-parser',
          ),
        )
    }
    for (const [feedIndex, { url }] of (source.feeds ?? [{ url: source.url ?? '' }]).entries()) {
      const path = source.feeds ? ['sources', index, 'feeds', feedIndex, 'url'] : ['sources', index, 'url']
      const owner = seen.get(url)
      if (owner !== undefined)
        mistakes.push(file.mistake(path, `this feed is listed twice: ${owner} has it already`))
      seen.set(url, source.id)
    }
  }
  return mistakes
}

/** Unknown topics, double ids, and every problem the compiler found. */
export function topicMistakes(
  file: YamlFile<Parsed<'topics'>>,
  topics: readonly Topic[],
  problems: readonly TopicProblem[],
): readonly ConfigMistake[] {
  const { watchlists } = file.value
  const ids = topics.map((topic) => topic.id)
  const unknown = watchlists.flatMap((watchlist, index) =>
    watchlist.topics === 'all'
      ? []
      : watchlist.topics.flatMap((id, at) =>
          ids.includes(id) ? [] : [{ id, path: ['watchlists', index, 'topics', at] }],
        ),
  )
  return [
    ...duplicates(file, 'topics', ids),
    ...duplicates(
      file,
      'watchlists',
      watchlists.map((watchlist) => watchlist.id),
    ),
    ...unknown.map(({ id, path }) => file.mistake(path, `there is no topic "${id}"`, suggestion(id, ids))),
    ...problems.map((problem) => topicMistake(file, topics, problem)),
  ]
}

/** The problem at its place in the file, with the query, a caret and the hint below. */
function topicMistake(
  file: YamlFile<Parsed<'topics'>>,
  topics: readonly Topic[],
  problem: TopicProblem,
): ConfigMistake {
  const index = topics.findIndex((topic) => topic.id === problem.topicId)
  const topic = topics[index]
  const [, ...below] = topic === undefined ? [] : showProblem(topic, problem).split('\n') // the first line repeats the message
  return file.mistake(['topics', index, problem.key], problem.message, below.join('\n    '))
}
