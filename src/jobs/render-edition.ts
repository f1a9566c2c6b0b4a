// One edition in every format that is frozen.
import type { Digest, Edition, EditionBodies } from '../model/digest.ts'
import type { EditionTemplate } from '../pipeline/edition-template.ts'
import { renderHtml } from '../pipeline/render-html.ts'
import { renderJson } from '../pipeline/render-json.ts'
import { renderMarkdown } from '../pipeline/render-markdown.ts'
import { renderText } from '../pipeline/render-text.ts'

/** Where template modules come from, and who is told when one fails. */
export type Templates = {
  readonly load: (path: string) => EditionTemplate
  readonly onFailure?: (problem: string) => void // without it the error is thrown
}

/** `html` is the full copy; `mail` is there only when a mail program would clip that. */
export function renderEdition(edition: Edition, digest: Digest, templates?: Templates): EditionBodies {
  const { html, mail } = htmlCopies(edition, digest, templates)
  return {
    md: renderMarkdown(edition),
    html,
    text: renderText(edition),
    json: renderJson(edition),
    ...(mail !== html && { mail }),
  }
}

type Copies = { readonly html: string; readonly mail: string }

/** A briefing in our own clothes at eight is better than none: a template that fails is reported, and ours is used. */
function htmlCopies(edition: Edition, digest: Digest, templates?: Templates): Copies {
  const { template: path, look } = digest
  if (path === undefined || templates === undefined) return copies(edition, look)
  try {
    return copies(edition, look, templates.load(path))
  } catch (error) {
    if (templates.onFailure === undefined) throw error
    templates.onFailure(
      `the template ${path} of digest ${digest.id} failed, so the built-in page is used: ${String(error)}`,
    )
    return copies(edition, look)
  }
}

function copies(edition: Edition, look: Digest['look'], template?: EditionTemplate): Copies {
  const options = { ...(look && { look }), ...(template && { template }) }
  return {
    html: renderHtml(edition, { ...options, bytesMax: Number.POSITIVE_INFINITY }),
    mail: renderHtml(edition, options),
  }
}
