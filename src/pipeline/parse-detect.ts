// What a body is, told by a look at its beginning.

/** Does the page look like such a preview? Any other page is no feed. */
export function isTelegramPreview(text: string): boolean {
  return (
    !text.startsWith('<?xml') &&
    text.includes('tgme_widget_message') &&
    /\bdata-post="[\w-]+\/\d+"/.test(text)
  )
}

const START_LENGTH = 65_536

/** JSON, or JSON behind a comment or in the call of a function, when it says itself that it is a feed. */
export function looksLikeJson(text: string): boolean {
  const start = text.slice(0, START_LENGTH)
  return /^[\s\ufeff]*[{[]/.test(start) || (start.includes('jsonfeed.org/version') && !start.includes('<rss'))
}
