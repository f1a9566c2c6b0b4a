// The one gate for links: what leaves the house starts with http, https or mailto, and carries neither passwords nor trackers.

// Parameters that name a campaign, never a page. The article keeps its link as published; only the shown copy loses them.
const TRACKERS = /^(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|mc_cid|mc_eid|igshid)$/i
const LENGTH_MAX = 8_000 // longer than any server must accept (RFC 9110, section 4.1)
const UNUSUAL = /[\s\u0000-\u001f\u007f\\]/u

/** `url` as it may be shown; undefined when it is no link of an allowed scheme. Unchanged byte for byte unless something must go. */
export function safeLink(url: string): string | undefined {
  const trimmed = url.trim()
  if (trimmed.length > LENGTH_MAX) return undefined
  if (!/^(?:https?:\/\/|mailto:)/i.test(trimmed) || UNUSUAL.test(trimmed)) return undefined
  if (!URL.canParse(trimmed)) return undefined
  return withoutTrackers(withoutCredentials(trimmed))
}

function withoutCredentials(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1')
}

/** Edits the text of the query itself, since URLSearchParams would re-encode the parameters that stay. */
function withoutTrackers(url: string): string {
  const [, path = '', query, fragment = ''] = /^([^?#]*)\?([^#]*)(#.*)?$/s.exec(url) ?? []
  if (query === undefined) return url
  const parameters = query.split('&')
  const kept = parameters.filter((parameter) => !TRACKERS.test(parameter.split('=', 1)[0] ?? ''))
  if (kept.length === parameters.length) return url
  return `${path}${kept.length > 0 ? `?${kept.join('&')}` : ''}${fragment}`
}
