// The HTML of an edition as a mail program shows it whole: Gmail clips a mail at 102 kB.
import type { Edition } from '../model/digest.ts'
import { type HtmlOptions, renderHtml } from './render-html.ts'
import { shortenedEdition } from './shorten.ts'

const BYTES_MAX = 90_000 // in UTF-8, without pictures

/**
 * `full`, the page of the whole edition, when it fits. Else the edition is shortened and rendered again (first the links of
 * the appendix go, then stories, counted as "and N more"), so a tag is never cut.
 */
export function renderMail(
  edition: Edition,
  full: string,
  { look, template }: Pick<HtmlOptions, 'look' | 'template'> = {},
  bytesMax = BYTES_MAX,
): string {
  const options = { ...(look && { look }), ...(template && { template }) }
  const fits = (text: string): boolean => byteLength(withoutPictures(text)) <= bytesMax
  if (fits(full)) return full
  const short = shortenedEdition(edition, (candidate) => fits(renderHtml(candidate, options)))
  return renderHtml(short, options)
}

/** Pictures travel as attachments of their own. */
function withoutPictures(text: string): string {
  return text.replace(/data:image\/[a-z]+;base64,[A-Za-z0-9+/=]+/g, '')
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
