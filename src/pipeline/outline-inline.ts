// Small pieces of a line: our words, their words, and phrases that hold both.
import type { Outlet } from '../model/digest.ts'
import { displayMarkedLine } from '../text/display-line.ts'
import { phraseParts } from '../text/phrase.ts'
import { languageName } from '../text/place-names.ts'
import { safeLink } from '../text/safe-link.ts'
import type { EditionWords, Inline } from './outline-block.ts'

type Foreign = Extract<Inline, { kind: 'foreign' }>
type Details = Pick<Foreign, 'marks' | 'language'> & { readonly url?: string | undefined }

export function own(text: string): Inline {
  return { kind: 'own', text }
}

/** Text of a publisher or an analyst: one safe line, with a link only where the link is safe. */
export function foreign(text: string, { marks = [], language, url }: Details = {}): Inline {
  const shown = displayMarkedLine(text, marks)
  const link = url === undefined ? undefined : safeLink(url)
  return {
    kind: 'foreign',
    text: shown.text,
    ...(shown.marks.length > 0 && { marks: shown.marks }),
    ...(language !== undefined && { language }),
    ...(link !== undefined && { url: link }),
  }
}

export function outletName({ name }: Outlet, url?: string): Inline {
  return foreign(name, { url })
}

/** The names of languages as one list; tags that name none are left out. */
export function languageNames(tags: readonly string[], { language, strings }: EditionWords): string {
  const names = tags.map((tag) => languageName(language, tag)).filter((name) => name !== '')
  return [...new Set(names)].join(strings.comma)
}

/** A phrase of ours with values in its places: strings are ours, inlines stay what they are. */
export function sentence(
  phrase: string,
  values: Readonly<Record<string, string | Inline | readonly Inline[]>>,
): readonly Inline[] {
  return phraseParts<string | Inline | readonly Inline[]>(phrase, values).flatMap((part) =>
    typeof part === 'string' ? [own(part)] : part,
  )
}

/** Lines of inlines side by side, with a separator of ours between; empty ones are left out. */
export function joined(parts: readonly (readonly Inline[])[], separator: string): readonly Inline[] {
  const filled = parts.filter((part) => part.length > 0)
  return filled.flatMap((part, index) => (index === 0 ? part : [own(separator), ...part]))
}
