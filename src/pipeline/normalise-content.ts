// Summary and content of an item: markup kept raw for a sanitiser, text beside it.
import { escapeHtml } from '../text/entities.ts'
import { readHtml } from '../text/html-read.ts'
import { capText, cleanText } from './normalise-text.ts'
import type { Markup } from './parse-document.ts'

export type Content = {
  readonly html: string // addresses absolute, otherwise as the feed wrote it
  readonly text: string
  readonly image?: string // of the first <img>, absolute or as written
  readonly cut: boolean
}

/** The first of several markups that has characters. */
export function contentOf(markups: readonly Markup[], lengthMax: number): Content | undefined {
  for (const { text, plain, base } of markups) {
    const raw = capText(text, lengthMax)
    const clean = cleanText(raw.text)
    if (clean !== '') return { ...(plain ? readPlain(clean) : readMarkup(clean, base)), cut: raw.cut }
  }
  return undefined
}

function readPlain(text: string): Omit<Content, 'cut'> {
  return { html: escapeHtml(text), text: text.replace(/[^\S\n]+/g, ' ') }
}

function readMarkup(markup: string, base: string): Omit<Content, 'cut'> {
  if (!markup.includes('<') && !markup.includes('&'))
    return { html: markup, text: markup.replace(/\s+/g, ' ') }
  const { html, text, image } = readHtml(markup, base)
  return { html, text: cleanText(text), ...(image === undefined ? {} : { image }) }
}
