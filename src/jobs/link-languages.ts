// Links a report with those in other languages that tell of the same event, on desks that ask for it.
import type { Instant } from '../model/time.ts'
import type { EchoDocument } from '../pipeline/echo-document.ts'
import { expectedNames, LINK_WITHIN_MS, tellingOf } from '../pipeline/language-link.ts'
import { createLanguageLinks, type LanguageLinks } from '../pipeline/language-links.ts'
import type { Store } from '../store/index.ts'
import { primaryLanguage } from '../text/primary-language.ts'
import type { Desk } from './desk.ts'
import { expectedTexts } from './expected-texts.ts'
import { knownDocument } from './known-document.ts'

export type LanguageLinker = {
  /** Stores the links of an article that was new or revised; call it in the transaction that stored it, and behind its matches. */
  readonly link: (document: EchoDocument, topics: readonly string[]) => void
  /** Reads the recent reports again when next needed: after a failed transaction it may know reports that were never stored. */
  readonly reset: () => void
}

type Known = { readonly links: LanguageLinks; readonly expected: ReadonlySet<string>; tidiedAt: Instant }

/** Knows nothing before the first report that may be linked. */
export function createLanguageLinker(store: Store, desk: () => Desk): LanguageLinker {
  let known: Known | undefined
  return {
    link: (document, topics) => {
      if (desk().linksLanguages !== true) return
      const { seenAt = document.at } = document
      known ??= readRecent(store, desk(), seenAt)
      tidy(known, seenAt)
      for (const { articleId, otherId, because } of add(known, document, topics))
        store.languageLinks.add(articleId, otherId, because)
    },
    reset: () => {
      known = undefined
    },
  }
}

function add({ links, expected }: Known, document: EchoDocument, topics: readonly string[]) {
  const { articleId, language, at, seenAt = at, title, text } = document
  if (language === undefined || topics.length === 0) return []
  const report = { articleId, language: primaryLanguage(language), at, seenAt, topics, title, text }
  return links.add(tellingOf(report, expected))
}

function readRecent(store: Store, desk: Desk, now: Instant): Known {
  const expected = expectedNames(expectedTexts(desk))
  const known: Known = { links: createLanguageLinks(), expected, tidiedAt: now }
  const from = now - LINK_WITHIN_MS
  const topicsOf = store.languageLinks.topicsFrom(store.articles.firstIdSince(from))
  for (const article of store.articles.since(from)) {
    const topics = topicsOf.get(article.articleId)
    if (topics !== undefined) add(known, knownDocument(article, desk), topics)
  }
  return known
}

const hourMs = 3_600_000

function tidy(known: Known, now: Instant): void {
  if (now - known.tidiedAt < hourMs) return
  known.links.forget(now)
  known.tidiedAt = now
}
