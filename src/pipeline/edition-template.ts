// What a template module of one's own is given and gives back. docs/templates.md has an example.
import type { Edition } from '../model/digest.ts'
import { type Html, html } from '../text/html-template.ts'
import { sanitise } from '../text/sanitise.ts'
import { outline } from './outline.ts'
import type { Outline } from './outline-block.ts'

/** `html` escapes what is put into it; `sanitise` makes foreign HTML harmless; `outline` is the edition in words and blocks. */
export type TemplateKit = {
  readonly html: typeof html
  readonly sanitise: (foreignHtml: string) => Html
  readonly outline: (edition: Edition) => Outline
}

/** Returns a whole HTML document. Called again with ever fewer stories when the result is too large for a mail. */
export type EditionTemplate = (edition: Edition, kit: TemplateKit) => string

export const templateKit: TemplateKit = {
  html,
  sanitise: (foreignHtml) => ({ html: sanitise(foreignHtml) }),
  outline,
}
