// Reports in other languages that tell of the same event, as `explain` and `stories show` list them: where, and why that is believed.
import type { StoredLanguageLink } from '../store/index.ts'
import { displayLine } from '../text/display-line.ts'

const shared: readonly (readonly [key: string, words: string])[] = [
  ['topics', 'both are about'],
  ['numbers', 'both tell'],
  ['names', 'both name'],
]

/** `other-language score=3.4 topics=iraq numbers=17` in words. */
export function linkReason(because: string): string {
  const details = new Map(
    because
      .split(' ')
      .map((part) => part.split('='))
      .map(([key = '', value = '']) => [key, value]),
  )
  const told = shared.flatMap(([key, words]) => {
    const values = details.get(key)
    return values === undefined ? [] : `${words} ${values.replaceAll(',', ', ')}`
  })
  return `${told.join('; ')} (score ${details.get('score') ?? 'unknown'})`
}

/** Two lines a link: the report with its story, and what both tell. */
export function languageLinkLines(links: readonly StoredLanguageLink[]): readonly string[] {
  return links.flatMap(({ otherId, otherStoryId, language = 'language unknown', title, because }) => [
    `  story ${otherStoryId}, article ${otherId} (${language}): ${displayLine(title)}`,
    `      ${linkReason(because)}`,
  ])
}
