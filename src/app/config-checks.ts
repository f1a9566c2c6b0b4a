// What is wrong across the configuration files although each fits its schema.

import type { Topic, TopicProblem } from '../model/topic.ts'
import { parseCron } from '../pipeline/cron.ts'
import { showProblem } from '../pipeline/topic-problem.ts'
import { isMailAddress } from '../text/mail-address.ts'
import type { ConfigMistake } from './config-error.ts'
import type { Parsed } from './config-schema.ts'
import { nearestWord } from './nearest-word.ts'
import type { YamlFile } from './yaml-file.ts'

function duplicates(file: YamlFile<unknown>, list: string, ids: readonly string[]): readonly ConfigMistake[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [file.mistake([list, index, 'id'], `the id "${id}" is used twice`)] : [],
  )
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
      mistakes.push(file.mistake(['sources', index], `the source "${source.id}" needs either url or feeds`))
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

function suggestion(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known)
  return nearest === undefined ? `known: ${known.join(', ') || 'none'}` : `did you mean "${nearest}"?`
}

/** Schedules and watchlists: what a digest needs from elsewhere. */
export function digestMistakes(
  file: YamlFile<Parsed<'digests'>>,
  watchlists: readonly string[],
): readonly ConfigMistake[] {
  const { digests } = file.value
  const badSchedules = digests.flatMap(({ schedule }, index) => {
    const cron = parseCron(schedule)
    const remedy = 'every day at seven is "0 7 * * *"'
    return cron.ok ? [] : [file.mistake(['digests', index, 'schedule'], cron.message, remedy)]
  })
  const unknown = digests.flatMap(({ watchlist }, index) => {
    if (watchlists.includes(watchlist)) return []
    const message = `there is no watchlist "${watchlist}"`
    return [file.mistake(['digests', index, 'watchlist'], message, suggestion(watchlist, watchlists))]
  })
  const ids = digests.map(({ id }) => id)
  return [...duplicates(file, 'digests', ids), ...badSchedules, ...unknown]
}

/** Alerts are issued as editions are, so an alert and a digest may not share an id. */
export function alertMistakes(
  file: YamlFile<Parsed<'digests'>>,
  topics: readonly string[],
): readonly ConfigMistake[] {
  const { alerts, digests } = file.value
  const taken = new Set(digests.map(({ id }) => id))
  const shared = alerts.flatMap(({ id }, index) =>
    taken.has(id) ? [file.mistake(['alerts', index, 'id'], `the digest "${id}" has this id already`)] : [],
  )
  const unknown = alerts.flatMap((alert, index) =>
    alert.topics.flatMap((id, at) => {
      if (topics.includes(id)) return []
      const path = ['alerts', index, 'topics', at]
      return [file.mistake(path, `there is no topic "${id}"`, suggestion(id, topics))]
    }),
  )
  const ids = alerts.map(({ id }) => id)
  return [...duplicates(file, 'alerts', ids), ...shared, ...unknown]
}

/** Recipients, of digests and alerts alike. */
export function channelMistakes(
  file: YamlFile<Parsed<'digests'>>,
  hasMail: boolean,
): readonly ConfigMistake[] {
  return (['digests', 'alerts'] as const).flatMap((list) =>
    file.value[list].flatMap(({ channels }, index) =>
      channels.flatMap((channel, at) =>
        'email' in channel ? mailMistakes(file, [list, index, 'channels', at], channel.email, hasMail) : [],
      ),
    ),
  )
}

function mailMistakes(
  file: YamlFile<Parsed<'digests'>>,
  path: readonly (string | number)[],
  addresses: readonly string[],
  hasMail: boolean,
): readonly ConfigMistake[] {
  const noMail = hasMail ? [] : [file.mistake(path, 'e-mail needs the mail section of presslark.yaml')]
  const wrong = addresses.flatMap((address, position) =>
    isMailAddress(address)
      ? []
      : [file.mistake([...path, 'email', position], `${JSON.stringify(address)} is not a mail address`)],
  )
  return [...noMail, ...wrong]
}
