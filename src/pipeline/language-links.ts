// The reports of the last day and a half that are about a topic, and which of them tell the same in another language.
import type { Instant } from '../model/time.ts'
import { LINK_WITHIN_MS, languageLink, linkKeys, type Telling } from './language-link.ts'

/** Two reports that tell of one event; `articleId` is the one that was asked about. */
export type LanguageLink = { readonly articleId: number; readonly otherId: number; readonly because: string }

export type LanguageLinks = {
  /**
   * Adds a report, or what it tells now, and returns its links to those there were, by ascending id. Each pair is judged by itself, so
   * the order in which reports come changes no pair.
   */
  readonly add: (telling: Telling) => readonly LanguageLink[]
  /** Forgets what came too long before `now` to be linked with anything that comes. */
  readonly forget: (now: Instant) => void
}

/** No reports at all. */
export function createLanguageLinks(): LanguageLinks {
  const tellings = new Map<number, Telling>()
  const idsOf = new Map<string | number, Set<number>>()
  const drop = (known: Telling): void => {
    tellings.delete(known.articleId)
    for (const key of linkKeys(known)) {
      idsOf.get(key)?.delete(known.articleId)
      if (idsOf.get(key)?.size === 0) idsOf.delete(key)
    }
  }
  return {
    add: (telling) => {
      const { articleId } = telling
      const before = tellings.get(articleId)
      if (before !== undefined) drop(before)
      const keys = linkKeys(telling)
      const candidates = new Set(keys.flatMap((key) => [...(idsOf.get(key) ?? [])]))
      tellings.set(articleId, telling)
      for (const key of keys) idsOf.set(key, (idsOf.get(key) ?? new Set()).add(articleId))
      return [...candidates]
        .toSorted((a, b) => a - b)
        .flatMap((otherId) => {
          const other = tellings.get(otherId)
          const because = other && languageLink(telling, other)
          return because === undefined ? [] : [{ articleId, otherId, because }]
        })
    },
    forget: (now) => {
      for (const telling of tellings.values()) if (telling.seenAt < now - LINK_WITHIN_MS) drop(telling)
    },
  }
}
