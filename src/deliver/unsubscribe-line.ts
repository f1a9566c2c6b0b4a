// The last line of a mail: how to stop it, for readers whose mail program shows no button of its own.
import type { EditionLanguage } from '../model/digest.ts'
import { type Html, html } from '../text/html-template.ts'
import { stringsOf } from '../text/strings-of.ts'

type MailBodies = { readonly html: string; readonly text: string }

/** Both bodies of a mail with the line at their end; `link` is https or mailto. */
export function withUnsubscribeLine(
  bodies: MailBodies,
  link: string,
  language: EditionLanguage = 'en',
): MailBodies {
  const { unsubscribe } = stringsOf(language)
  return {
    html: beforeEnd(bodies.html, line(link, language)),
    text: `${bodies.text.trimEnd()}\n\n${unsubscribe}: ${link}\n`,
  }
}

function line(link: string, language: EditionLanguage): Html {
  const { direction, unsubscribe } = stringsOf(language)
  return html`<p class="m" lang="${language}" dir="${direction}" style="margin:16px 0;font:13px sans-serif;color:#5f5b53;text-align:center"><a href="${link}" style="color:#5f5b53">${unsubscribe}</a></p>\n`
}

/** Inside the body where the page has one: a template of one's own may have left it out. */
function beforeEnd(page: string, { html: last }: Html): string {
  const end = page.lastIndexOf('</body>')
  return end < 0 ? `${page}${last}` : `${page.slice(0, end)}${last}${page.slice(end)}`
}
