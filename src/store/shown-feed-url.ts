// A feed's address as it may be shown.

/** Without credentials, query and fragment, which may hold a token. What is no address is shown as it is. */
export function shownFeedUrl(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? url : `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}
