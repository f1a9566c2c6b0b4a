// One edition in every format that is frozen.
import type { Digest, Edition, EditionBodies } from '../model/digest.ts'
import type { EditionTemplate } from '../pipeline/edition-template.ts'
import { outline } from '../pipeline/outline.ts'
import type { Outline } from '../pipeline/outline-block.ts'
import { type HtmlOptions, renderHtml } from '../pipeline/render-html.ts'
import { renderJson } from '../pipeline/render-json.ts'
import { renderMail } from '../pipeline/render-mail.ts'
import { renderMarkdown } from '../pipeline/render-markdown.ts'
import { renderText } from '../pipeline/render-text.ts'

/** Where template modules come from, and who is told when one fails. */
export type Templates = {
  readonly load: (path: string) => EditionTemplate
  readonly onFailure?: (problem: string) => void // without it the error is thrown
}

/** `html` is the full copy; `mail` is there only when a mail program would clip that. */
export function renderEdition(edition: Edition, digest: Digest, templates?: Templates): EditionBodies {
  const shown = outline(edition) // the wording is the same in every format, so it is found once
  const { html, mail } = htmlCopies(edition, shown, digest, templates)
  return {
    md: renderMarkdown(edition, shown),
    html,
    text: renderText(edition, shown),
    json: renderJson(edition),
    ...(mail !== html && { mail }),
  }
}

type Copies = { readonly html: string; readonly mail: string }

/** A briefing in our own clothes at eight is better than none: a template that fails is reported, and ours is used. */
function htmlCopies(edition: Edition, shown: Outline, digest: Digest, templates?: Templates): Copies {
  const { template: path, look } = digest
  const options = { shown, ...(look && { look }) }
  if (path === undefined || templates === undefined) return copies(edition, options)
  try {
    return copies(edition, { ...options, template: templates.load(path) })
  } catch (error) {
    if (templates.onFailure === undefined) throw error
    templates.onFailure(
      `the template ${path} of digest ${digest.id} failed, so the built-in page is used: ${String(error)}`,
    )
    return copies(edition, options)
  }
}

function copies(edition: Edition, options: HtmlOptions): Copies {
  const html = renderHtml(edition, options)
  return { html, mail: renderMail(edition, html, options) }
}
