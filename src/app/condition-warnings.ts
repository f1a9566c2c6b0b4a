// Conditions of topics that no source of sources.yaml can meet: such a topic is silent for ever, and nobody wonders why.
import type { Source } from '../model/source.ts'
import type { Topic } from '../model/topic.ts'
import type { Config } from './config.ts'
import { nearestWord } from './nearest-word.ts'

type Warning = { readonly topicId: string; readonly message: string; readonly hint: string }

/** Of what there is a list to compare with; a language need not be that of a source, since articles name their own. */
const known = {
  source: ({ id }) => id,
  country: ({ country }) => country ?? '',
  kind: ({ kind }) => kind,
} as const satisfies Readonly<Record<string, (source: Source) => string>>

function warningsOf({ id, where = {} }: Topic, sources: readonly Source[]): readonly Warning[] {
  return (['source', 'country', 'kind'] as const).flatMap((field) => {
    const there = [...new Set(sources.map(known[field]))].filter((one) => one !== '')
    const lower = new Set(there.map((one) => one.toLowerCase()))
    return [where[field] ?? []]
      .flat()
      .filter((value) => !value.includes('*') && !lower.has(value.toLowerCase()))
      .map((value) => ({
        topicId: id,
        message: `where: no source in sources.yaml has the ${field === 'source' ? 'id' : field} "${value}"`,
        hint: hintFor(value, there),
      }))
  })
}

function hintFor(value: string, there: readonly string[]): string {
  const near = value.length > 2 ? nearestWord(value, there) : undefined // any code of a country is near any other
  return near === undefined ? 'nothing can meet that condition' : `did you mean "${near}"?`
}

/** One for each value that no source has. A wildcard may wait for sources to come. */
export function conditionWarnings({
  topics,
  sources,
}: Pick<Config, 'topics' | 'sources'>): readonly Warning[] {
  return topics.flatMap((topic) => warningsOf(topic, sources))
}
