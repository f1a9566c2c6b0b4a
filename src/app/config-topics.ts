// Topics as the analyst wrote them.
import type { Topic } from '../model/topic.ts'
import type { Parsed } from './config-schema.ts'

/** The topics of the file, without the keys that zod filled with undefined. */
export function topicsIn({ topics }: Parsed<'topics'>): readonly Topic[] {
  return topics.map((topic) => {
    const written = Object.entries(topic).filter(([, value]) => value !== undefined)
    return Object.fromEntries(written) as Topic // same keys, fewer of them: exact optional types
  })
}
