// Summary and content of an item: markup kept raw for a sanitiser, text beside it.
import { escapeHtml } from '../text/entities.ts'
import { readHtml } from '../text/html-read.ts'
import { collapseSpace } from '../text/html-settled.ts'
import { capText, cleanText } from './normalise-text.ts'
import type { Markup } from './parse-document.ts'

export type Content = {
  readonly html: string // addresses absolute, otherwise as the feed wrote it
  readonly text: string
  readonly image: string | undefined // of the first <img>, absolute or as written
  readonly cut: boolean
}

/** The first of several markups that has characters. */
export function contentOf(markups: readonly Markup[], lengthMax: number): Content | undefined {
  for (const { text, plain, base, cut: isPart = false } of markups) {
    const raw = capText(text, lengthMax)
    const clean = cleanText(raw.text)
    const cut = raw.cut || isPart
    if (clean !== '') return plain ? readPlain(clean, cut) : readMarkup(clean, base, cut)
  }
  return undefined
}

function readPlain(text: string, cut: boolean): Content {
  return { html: escapeHtml(text), text: text.replace(/[^\S\n]+/g, ' '), image: undefined, cut }
}

/** The markup is clean already, so its text is too, unless references hid something. */
function readMarkup(markup: string, base: string, cut: boolean): Content {
  if (!markup.includes('<') && !markup.includes('&'))
    return { html: markup, text: collapseSpace(markup), image: undefined, cut }
  const { html, text, image, hidesCharacters } = readHtml(markup, base)
  return { html, text: hidesCharacters ? cleanText(text) : text, image, cut }
}
