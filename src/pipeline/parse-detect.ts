// What a body is that is neither XML nor JSON, told without reading it.

/** Does the page look like such a preview? Any other page is no feed. */
export function isTelegramPreview(text: string): boolean {
  return text.includes('tgme_widget_message') && /\bdata-post="[\w-]+\/\d+"/.test(text)
}
